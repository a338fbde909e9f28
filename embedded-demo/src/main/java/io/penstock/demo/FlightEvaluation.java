package io.penstock.demo;

import io.penstock.dag.Jobs;
import io.penstock.demo.FlightReader.Reading;
import io.penstock.grid.Grid;
import io.penstock.infer.Models;
import java.util.ArrayList;
import java.util.List;

/** Scores all of the flights that no model was trained with, by each model, and compares with their outcomes. */
final class FlightEvaluation {

    /** The first flights are those that the models are trained with. */
    static final long TRAINING_FLIGHTS = 150_000;

    /** Up to this flight they are scored. */
    static final long LAST_FLIGHT = 300_000;

    private FlightEvaluation() {}

    /**
     * A model to be compared.
     *
     * @param threshold from which probability on a flight counts as predicted to be late
     */
    record Candidate(int version, byte[] onnx, double threshold) {

        static Candidate shipped(int version) {
            return new Candidate(
                    version, FlightModel.shippedOnnx(version), FlightModel.shipped(version).threshold());
        }

        private String name() {
            return "v" + version;
        }
    }

    /** Runs one job over the flights that come with the demo; returns a report for each model. */
    static List<ModelReport> run(List<Candidate> candidates, int threads) throws InterruptedException {
        List<String> models = candidates.stream().map(Candidate::name).toList();
        try (Grid grid = Grid.embedded(config -> models.forEach(model -> config.map(
                FlightPipeline.evaluatedBy(model), map -> map.maxEntries((int) (LAST_FLIGHT - TRAINING_FLIGHTS)))))) {
            grid.map(FlightPipeline.AIRPORTS).putAll(Airport.read(InputFile.AIRPORTS));
            candidates.forEach(candidate -> Models.of(grid).deploy(candidate.name(), candidate.onnx));
            Reading flights = Reading.of(InputFile.SAMPLE).first(LAST_FLIGHT);
            Jobs.of(grid, options -> options.workers(threads))
                    .submit(FlightPipeline.evaluate(FlightReader.source(flights), models, TRAINING_FLIGHTS))
                    .join();
            List<ModelReport> reports = new ArrayList<>();
            for (Candidate candidate : candidates) {
                reports.add(ModelReport.of(candidate.version, candidate.threshold,
                        grid.map(FlightPipeline.evaluatedBy(candidate.name())).values()));
            }
            return reports;
        }
    }
}
