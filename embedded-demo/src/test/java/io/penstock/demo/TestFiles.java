package io.penstock.demo;

import io.penstock.demo.FlightReader.Reading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Files of flights for tests. */
final class TestFiles {

    static final String HEADER = "date,delay,distance,origin,destination";

    private TestFiles() {}

    /** The first lines of the sample, without the header. */
    static List<String> sampleLines(int count) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(InputFile.SAMPLE.open(), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).limit(count).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the header and these lines, each with a line end. */
    static InputFile plain(Path folder, List<String> lines) throws IOException {
        return text(folder, HEADER + "\n" + String.join("\n", lines) + "\n");
    }

    static InputFile text(Path folder, String text) throws IOException {
        return InputFile.of(Files.writeString(Files.createTempFile(folder, "flights", ".csv"), text));
    }

    /** The same, compressed, under a name that does not say so. */
    static InputFile compressed(Path folder, List<String> lines) throws IOException {
        Path file = Files.createTempFile(folder, "flights", ".data");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((HEADER + "\n" + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return InputFile.of(file);
    }

    static List<FlightEvent> read(InputFile file, boolean skipsBadRows) {
        List<FlightEvent> events = new ArrayList<>();
        try (FlightReader reader = new FlightReader(Reading.of(file).skippingBadRows(skipsBadRows))) {
            for (FlightEvent event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        return events;
    }
}
