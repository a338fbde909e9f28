package io.penstock.demo;

import io.penstock.dag.Jobs;
import io.penstock.demo.FlightEvaluation.Candidate;
import io.penstock.demo.FlightReader.Reading;
import io.penstock.grid.Grid;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Makes both models out of the flights that come with the demo, always the same ones. */
final class FlightTraining {

    /**
     * A trained model.
     *
     * @param aucTrained on the rows that it was trained with
     */
    record Result(int version, TrainedDelay model, double threshold, double aucTrained) {

        Candidate candidate() {
            return new Candidate(version, model.onnx(), threshold);
        }
    }

    private FlightTraining() {}

    /**
     * Runs the pipeline over the first flights, collecting instead of scoring.
     *
     * @return the rows of all of them, in the order of the file
     */
    static List<TrainingRow> collect(int threads) throws InterruptedException {
        try (Grid grid = Grid.embedded(config -> config.map(FlightPipeline.TRAINING_ROWS,
                map -> map.maxEntries((int) FlightEvaluation.TRAINING_FLIGHTS)))) {
            grid.map(FlightPipeline.AIRPORTS).putAll(Airport.read(InputFile.AIRPORTS));
            Reading flights = Reading.of(InputFile.SAMPLE).first(FlightEvaluation.TRAINING_FLIGHTS);
            Jobs.of(grid, options -> options.workers(threads))
                    .submit(FlightPipeline.collect(FlightReader.source(flights)))
                    .join();
            return grid.map(FlightPipeline.TRAINING_ROWS).values().stream()
                    .sorted(Comparator.comparingLong(TrainingRow::id))
                    .toList();
        }
    }

    /** Those whose outcome was known at the cut-off, when the last of them departed: no other may train. */
    static List<TrainingRow> knownAtTheEnd(List<TrainingRow> rows) {
        long cutOffMs = rows.get(rows.size() - 1).departureMs();
        return rows.stream().filter(row -> row.knownMs() <= cutOffMs).toList();
    }

    /** Trains a model that knows hour, weekday and distance, or, as version 2, all columns. */
    static Result train(int version, List<TrainingRow> rows) {
        int columnCount = version == 1 ? FlightFeatures.TIMETABLE_COLUMNS : FlightFeatures.NAMES.size();
        TrainedDelay model = DelayTrainer.train(rows, columnCount);
        List<Evaluated> scored = new ArrayList<>();
        for (TrainingRow row : rows) {
            scored.add(new Evaluated(row.id(), (float) model.score(row.features()), row.isLate(), version));
        }
        double threshold = bestThreshold(scored);
        return new Result(version, model, threshold, ModelReport.of(version, threshold, scored).figures().auc());
    }

    /** The score from which on an alarm gives the largest F1, to four decimals. */
    private static double bestThreshold(List<Evaluated> scored) {
        List<Evaluated> byScore = new ArrayList<>(scored);
        byScore.sort(Comparator.comparingDouble(Evaluated::probability).reversed());
        long late = scored.stream().filter(Evaluated::isLate).count();
        long caught = 0;
        double best = 0;
        double threshold = 0;
        for (int i = 0; i < byScore.size(); i++) {
            caught += byScore.get(i).isLate() ? 1 : 0;
            double f1 = 2.0 * caught / (i + 1 + late);
            if (f1 > best) {
                best = f1;
                threshold = byScore.get(i).probability();
            }
        }
        return Math.round(threshold * 1e4) / 1e4;
    }

    /** Writes a model and what is known of it. */
    static void write(Path folder, Result result, int rowCount, ModelReport report) throws IOException {
        Files.write(folder.resolve(FlightModel.fileName(result.version, "onnx")), result.model.onnx());
        Files.writeString(folder.resolve(FlightModel.fileName(result.version, "properties")), String.format(Locale.ROOT,
                """
                # Made by ./demo train together with %s.
                threshold=%.4f
                rows-trained=%d
                auc-trained=%.6f
                # On flights 150,001 to 300,000, none of which it was trained with:
                auc-evaluated=%.6f
                precision-evaluated=%.6f
                recall-evaluated=%.6f
                columns=%s
                """,
                FlightModel.fileName(result.version, "onnx"), result.threshold, rowCount, result.aucTrained,
                report.figures().auc(), report.figures().precision(), report.figures().recall(),
                String.join(",", result.model.columns())));
    }

    /** Writes rows as CSV, with a header. */
    static void writeRows(Path file, List<TrainingRow> rows) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("id,departure-ms,known-ms,late," + String.join(",", FlightFeatures.NAMES) + "\n");
            for (TrainingRow row : rows) {
                writer.write(row.id() + "," + row.departureMs() + "," + row.knownMs() + "," + (row.isLate() ? 1 : 0));
                for (float value : row.features()) {
                    writer.write("," + value);
                }
                writer.write("\n");
            }
        }
    }
}
