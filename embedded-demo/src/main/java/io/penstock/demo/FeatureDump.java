package io.penstock.demo;

import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.grid.Grid;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what the pipeline fills the model's input with, and the outcomes, to a file to train from: the same stages that
 * serve the model make its training data.
 */
final class FeatureDump {

    record Row(long id, long departureMs, long knownMs, boolean isLate, float[] features) implements Serializable {

        static Row of(Flight flight, Outcome outcome) {
            return new Row(flight.departure().id(), flight.departure().timeMs(), outcome.timeMs(), outcome.isLate(),
                    FlightFeatures.of(flight));
        }
    }

    private FeatureDump() {}

    public static void main(String[] arguments) throws Exception {
        InputFile input = arguments[0].equals("sample") ? InputFile.SAMPLE : InputFile.of(Path.of(arguments[0]));
        String output = arguments[1];
        try (Grid grid = Grid.embedded()) {
            grid.map(FlightPipeline.AIRPORTS).putAll(Airport.read(InputFile.AIRPORTS));
            Pipeline pipeline = Pipeline.create();
            FlightPipeline.Streams flights = FlightPipeline.read(pipeline, FlightReader.source(input, false));
            FlightPipeline.features(flights)
                    .groupingKey(flight -> flight.departure().id())
                    .intervalJoin(flights.outcomes().groupingKey(Outcome::id), FlightRow.KNOWN_AFTER_MIN,
                            FlightRow.KNOWN_AFTER_MAX, Row::of)
                    .custom("write", OperatorSpec.of("csv file", () -> new CsvFile(output)))
                    .writeTo(Sinks.noop());
            pipeline.sideOutput(FlightPipeline.UNKNOWN_AIRPORT).writeTo(Sinks.logged());
            Jobs.of(grid, options -> options.workers(1)).submit(pipeline).join();
        }
    }

    /** Writes rows; one instance, as the job has one worker. */
    private static final class CsvFile implements Operator {

        private final String path;
        private BufferedWriter writer;

        CsvFile(String path) {
            this.path = path;
        }

        @Override
        public void open(OperatorContext context) throws IOException {
            writer = Files.newBufferedWriter(Path.of(path));
        }

        @Override
        public void process(int input, Batch batch, Output output) throws IOException {
            for (int i = 0; i < batch.size(); i++) {
                Row row = (Row) batch.event(i);
                writer.write(row.id + "," + row.departureMs + "," + row.knownMs + "," + (row.isLate ? 1 : 0));
                for (float feature : row.features) {
                    writer.write("," + feature);
                }
                writer.write('\n');
            }
        }

        @Override
        public void close() throws IOException {
            if (writer != null) {
                writer.close();
            }
        }
    }
}
