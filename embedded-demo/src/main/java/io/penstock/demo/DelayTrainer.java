package io.penstock.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.liblinear.LibLinearClassificationModel;
import org.tribuo.classification.liblinear.LibLinearClassificationTrainer;
import org.tribuo.classification.liblinear.LinearClassificationType;
import org.tribuo.classification.liblinear.LinearClassificationType.LinearType;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Trains a logistic regression with Tribuo: LIBLINEAR's Newton method, which comes to the one best solution without any
 * chance in it, on standardized columns, without which it would take long to get there.
 */
final class DelayTrainer {

    static final Label LATE = new Label("late");
    static final Label NOT_LATE = new Label("not-late");

    /** The weak ridge that LIBLINEAR has by default. */
    private static final double COST = 1;
    private static final int ITERATIONS_MAX = 1_000;

    /** How much smaller the gradient must become; small enough that a better solution has the same decimals. */
    private static final double TOLERANCE = 1e-6;

    private static final long SEED = 1;

    /** Tribuo orders columns by their names. */
    private static final String[] NAMES = IntStream.range(0, FlightFeatures.NAMES.size())
            .mapToObj(column -> String.format(Locale.ROOT, "%03d", column))
            .toArray(String[]::new);

    private DelayTrainer() {}

    /**
     * @param rows in an order that is always the same, for sums of floating point depend on it
     * @param columnCount how many columns, the first ones, the model looks at
     */
    static TrainedDelay train(List<TrainingRow> rows, int columnCount) {
        Scaling scaling = Scaling.of(rows, columnCount);
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> examples =
                new MutableDataset<>(new SimpleDataSourceProvenance("flights", labels), labels);
        for (TrainingRow row : rows) {
            examples.add(example(scaling, row.features(), row.isLate() ? LATE : NOT_LATE));
        }
        LibLinearClassificationTrainer trainer = new LibLinearClassificationTrainer(
                new LinearClassificationType(LinearType.L2R_LR), COST, ITERATIONS_MAX, TOLERANCE, SEED);
        return new TrainedDelay((LibLinearClassificationModel) trainer.train(examples), scaling);
    }

    /** A row for Tribuo. */
    static Example<Label> example(Scaling scaling, float[] features, Label label) {
        return new ArrayExample<>(label, Arrays.copyOf(NAMES, scaling.columnCount()), scaling.scaled(features));
    }

    /** Mean and standard deviation of each column, which standardize it. */
    record Scaling(double[] means, double[] deviations) {

        static Scaling of(List<TrainingRow> rows, int columnCount) {
            double[] means = new double[columnCount];
            double[] deviations = new double[columnCount];
            for (int column = 0; column < columnCount; column++) {
                int at = column;
                double mean = rows.stream().mapToDouble(row -> row.features()[at]).sum() / rows.size();
                double variance = rows.stream().mapToDouble(row -> row.features()[at] - mean)
                        .map(difference -> difference * difference).sum() / rows.size();
                means[column] = mean;
                deviations[column] = variance > 0 ? Math.sqrt(variance) : 1;
            }
            return new Scaling(means, deviations);
        }

        int columnCount() {
            return means.length;
        }

        double[] scaled(float[] features) {
            double[] scaled = new double[means.length];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = (features[i] - means[i]) / deviations[i];
            }
            return scaled;
        }
    }
}
