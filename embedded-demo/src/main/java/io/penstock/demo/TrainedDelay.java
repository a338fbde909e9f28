package io.penstock.demo;

import ai.onnx.proto.OnnxMl.ModelProto;
import de.bwaldvogel.liblinear.Model;
import io.penstock.demo.DelayTrainer.Scaling;
import java.util.List;
import org.tribuo.classification.liblinear.LibLinearClassificationModel;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;

/** A model as Tribuo has trained it, with the scaling that its columns need. */
final class TrainedDelay {

    private static final int ONNX_IR_VERSION = 8;

    private final LibLinearClassificationModel model;
    private final Scaling scaling;

    TrainedDelay(LibLinearClassificationModel model, Scaling scaling) {
        this.model = model;
        this.scaling = scaling;
    }

    /** How likely the flight is late, by Tribuo itself. */
    double score(float[] features) {
        return model.predict(DelayTrainer.example(scaling, features, DelayTrainer.NOT_LATE))
                .getOutputScores().get(DelayTrainer.LATE.getLabel()).getScore();
    }

    /**
     * The model in the form in which a grid takes it: from the whole row of features, of which it may look at the first
     * ones only (the weights of the others are 0), to the probability of a late arrival. So all models have one
     * signature, and one can replace another. Scaling is folded into the weights.
     *
     * <p>The graph is put together here because Tribuo 4.3.2's own export of this kind of model gives other
     * probabilities than the model itself, the sigmoid of twice the logit (decision 0032).
     *
     * <pre>{@code
     * features float32[?, n] > Gemm > Sigmoid > probability float32[?, 1]
     * }</pre>
     */
    byte[] onnx() {
        double[] logit = logit();
        int featureCount = FlightFeatures.NAMES.size();
        ONNXContext graph = new ONNXContext();
        graph.setName(FlightModel.NAME);
        ONNXPlaceholder features = graph.floatInput("features", featureCount);
        ONNXPlaceholder probability = graph.floatOutput(FlightModel.PROBABILITY, 1);
        ONNXInitializer weights = graph.floatTensor("weights", List.of(featureCount, 1), buffer -> {
            for (int i = 0; i < featureCount; i++) {
                buffer.put(i < scaling.columnCount() ? (float) logit[i] : 0);
            }
        });
        ONNXInitializer bias = graph.array("bias", new float[] {(float) logit[scaling.columnCount()]});
        features.apply(ONNXOperators.GEMM, List.of(weights, bias))
                .apply(ONNXOperators.SIGMOID)
                .assignTo(probability);

        return ModelProto.newBuilder()
                .setIrVersion(ONNX_IR_VERSION)
                .setProducerName("penstock-demo")
                .addOpsetImport(ONNXOperators.getOpsetProto())
                .setGraph(graph.buildGraph())
                .build()
                .toByteArray();
    }

    /** The logit of being late: a weight for each column as it comes, and last the bias. */
    private double[] logit() {
        Model linear = model.getInnerModels().get(0);
        double[] trained = linear.getFeatureWeights();
        // LIBLINEAR's logit is that of the label that it has met first.
        int late = model.getOutputIDInfo().getID(DelayTrainer.LATE);
        int sign = linear.getLabels()[0] == late ? 1 : -1;
        int columnCount = scaling.columnCount();
        double[] logit = new double[columnCount + 1];
        double bias = sign * trained[columnCount];
        for (int i = 0; i < columnCount; i++) {
            logit[i] = sign * trained[i] / scaling.deviations()[i];
            bias -= logit[i] * scaling.means()[i];
        }
        logit[columnCount] = bias;
        return logit;
    }

    /** The names of the columns that it looks at. */
    List<String> columns() {
        return FlightFeatures.NAMES.subList(0, scaling.columnCount());
    }
}
