package io.penstock.demo;

import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.demo.FlightPipeline.Streams;
import io.penstock.grid.Grid;
import io.penstock.infer.Row;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what the pipeline fills the model's input with, and the outcomes, to a file to train from: the same stages
 * that serve the model make its training data. Arguments: a file of flights, or {@code sample}; and the file to write.
 */
final class FeatureDump {

    private FeatureDump() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("give a file of flights, or 'sample', and the file to write");
        }
        InputFile input = arguments[0].equals("sample") ? InputFile.SAMPLE : InputFile.of(Path.of(arguments[0]));
        try (Grid grid = Grid.embedded()) {
            grid.map(FlightPipeline.AIRPORTS).putAll(Airport.read(InputFile.AIRPORTS));
            Pipeline pipeline = pipeline(input, arguments[1]);
            Jobs.of(grid, options -> options.workers(1)).submit(pipeline).join();
        }
    }

    private static Pipeline pipeline(InputFile input, String output) {
        Pipeline pipeline = Pipeline.create();
        Streams flights = FlightPipeline.read(pipeline, FlightReader.source(input, false));
        FlightPipeline.features(flights)
                .groupingKey(flight -> flight.departure().id())
                .intervalJoin(flights.outcomes().groupingKey(Outcome::id), FlightRow.KNOWN_AFTER_MIN,
                        FlightRow.KNOWN_AFTER_MAX, Line::of)
                .custom("write", OperatorSpec.of("csv file", () -> new CsvFile(output)))
                .writeTo(Sinks.noop());
        pipeline.sideOutput(FlightPipeline.UNKNOWN_AIRPORT).writeTo(Sinks.logged());
        return pipeline;
    }

    /** A line of the file: id, departure and time of the outcome in ms, 1 for late or 0, and the features. */
    private record Line(String text) implements Serializable {

        static Line of(Flight flight, Outcome outcome) {
            Columns columns = new Columns();
            columns.text.append(outcome.id()).append(',').append(flight.departure().timeMs())
                    .append(',').append(outcome.timeMs()).append(',').append(outcome.isLate() ? 1 : 0);
            FlightFeatures.fill(flight, columns);
            return new Line(columns.text.append('\n').toString());
        }
    }

    /** Writes down what a model would be given, as the float32 that it would see. */
    private static final class Columns implements Row {

        private final StringBuilder text = new StringBuilder();

        @Override
        public Row put(float value) {
            text.append(',').append(value);
            return this;
        }

        @Override
        public Row put(double value) {
            return put((float) value);
        }

        @Override
        public Row put(long value) {
            return put((float) value);
        }
    }

    /** Writes lines; in one instance, as the job has one worker. */
    private static final class CsvFile implements Operator {

        private final String path;
        private BufferedWriter writer;

        CsvFile(String path) {
            this.path = path;
        }

        @Override
        public boolean isCooperative() {
            return false;
        }

        @Override
        public void open(OperatorContext context) throws IOException {
            writer = Files.newBufferedWriter(Path.of(path));
        }

        @Override
        public void process(int input, Batch batch, Output output) throws IOException {
            for (int row = 0; row < batch.size(); row++) {
                writer.write(((Line) batch.event(row)).text);
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
