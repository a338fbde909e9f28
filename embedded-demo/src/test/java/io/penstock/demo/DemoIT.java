package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process of its own. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class DemoIT {

    /** Refuses text behind the object. */
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    private Path folder;

    @Test
    void runsTheSampleInASmallHeapAndPrintsOneJsonObject() throws IOException {
        try (DemoProcess demo = new DemoProcess(folder, List.of("-Xmx256m"), "--json", "--threads", "2")) {
            assertEquals(0, demo.exitCode(), demo::err);
            JsonNode summary = JSON.readTree(demo.out());
            assertEquals(300_000, summary.get("flights").longValue());
            assertEquals(300_000, summary.get("scored").longValue());
            assertEquals(300_000, summary.get("evaluated").longValue());
            assertEquals(0, summary.get("notFound").longValue());
            assertEquals(2, summary.get("threads").intValue());
            assertEquals(summary.get("flights").doubleValue() / summary.get("seconds").doubleValue(),
                    summary.get("flightsPerSecond").doubleValue(), 1e-6);
            assertEquals(0.6945, summary.get("auc").doubleValue(), 1e-3);
            assertEquals(0.6519, summary.get("aucAll").doubleValue(), 1e-3);
            assertEquals(0.6214, summary.get("aucEvaluatedV1").doubleValue(), 1e-3);
            assertEquals(0.7289, summary.get("aucEvaluatedV2").doubleValue(), 1e-3);
            assertEquals("2001-01-14 18:16", summary.get("deployedFrom").textValue());
            assertEquals(0.6364, summary.get("aucLiveBefore").doubleValue(), 1e-3);
            assertEquals(0.6851, summary.get("aucLiveAfter").doubleValue(), 1e-3);
            assertEquals(300_000, summary.get("evaluatedLiveBefore").longValue()
                    + summary.get("evaluatedLiveAfter").longValue());
            assertEquals("XNA", summary.get("lateAirports").get(0).get("iata").textValue());
            assertEquals(10, summary.get("lateAirports").size());
        }
    }

    @Test
    void printsASummaryForPeople() throws IOException {
        InputFile file = TestFiles.compressed(folder, TestFiles.sampleLines(20_000));
        try (DemoProcess demo = new DemoProcess(folder, List.of(), "--input", file.name())) {
            assertEquals(0, demo.exitCode(), demo::err);
            assertTrue(demo.out().startsWith("input           " + file.name() + "\nflights         20,000 in "),
                    demo::out);
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void endsOnSigintWithTheSummarySoFar() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        // Open for both, so that neither end waits for the other; and the demo waits for more at the end.
        try (FileChannel writer = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
                DemoProcess demo = new DemoProcess(folder, List.of(), "--json", "--input", pipe.toString())) {
            String text = TestFiles.HEADER + "\n" + String.join("\n", TestFiles.sampleLines(20_000)) + "\n";
            writer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            demo.awaitErrorLine(line -> line.matches("1[0-9],[0-9]{3} flights, 0 events/s, .*"));
            demo.interrupt();
            assertEquals(130, demo.exitCode(), demo::err);
            JsonNode summary = JSON.readTree(demo.out());
            assertTrue(summary.get("interrupted").booleanValue());
            assertTrue(summary.get("flights").longValue() > 10_000, demo::out);
            assertTrue(summary.get("evaluated").longValue() > 10_000, demo::out);
        }
    }

    /** At this rate the sample takes 19 days. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void replaysAtARateAndCanBeStoppedMeanwhile() throws Exception {
        try (DemoProcess demo = new DemoProcess(folder, List.of(), "--json", "--rate", "1")) {
            demo.awaitErrorLine(line -> line.matches("[0-9]+ flights, .*"));
            demo.interrupt();
            assertEquals(130, demo.exitCode(), demo::err);
            JsonNode summary = JSON.readTree(demo.out());
            assertTrue(summary.get("interrupted").booleanValue());
            assertTrue(summary.get("flights").longValue() > 0, demo::out);
            assertTrue(summary.get("flights").longValue() < 1_000, demo::out);
        }
    }

    @Test
    void evaluatesBothModels() throws IOException {
        try (DemoProcess demo = new DemoProcess(folder, List.of(), "evaluate")) {
            assertEquals(0, demo.exitCode(), demo::err);
            assertTrue(demo.out().contains("v1: hour, weekday and distance\n  flights    150,000\n  AUC        0.621"),
                    demo::out);
            assertTrue(demo.out().contains("v2: also what the stream knows\n  flights    150,000\n  AUC        0.72"),
                    demo::out);
        }
    }

    @Test
    void stopsAtAMalformedLineWithItsNumberAndTheReason() throws IOException {
        List<String> lines = new ArrayList<>(TestFiles.sampleLines(1_000));
        lines.add(700, "2001-01-01T09:00,soon,100,ATL,JFK");
        InputFile file = TestFiles.plain(folder, lines);
        try (DemoProcess demo = new DemoProcess(folder, List.of(), "--json", "--input", file.name())) {
            assertEquals(1, demo.exitCode());
            assertEquals(
                    "demo: " + file + ", line 702: the delay must be a whole number, but is 'soon'", demo.messages());
            assertEquals("", demo.out());
        }
        try (DemoProcess demo = new DemoProcess(folder, List.of(), "--json", "--skip-bad", "--input", file.name())) {
            assertEquals(0, demo.exitCode(), demo::err);
            JsonNode summary = JSON.readTree(demo.out());
            assertEquals("demo: skipped line 702: the delay must be a whole number, but is 'soon'", demo.messages());
            assertEquals(1, summary.get("skipped").longValue());
            assertEquals(1_000, summary.get("flights").longValue());
        }
    }

    @Test
    void saysThatAFileIsMissing() throws IOException {
        Path missing = folder.resolve("missing.csv");
        try (DemoProcess demo = new DemoProcess(folder, List.of(), "--input", missing.toString())) {
            assertEquals(1, demo.exitCode());
            assertEquals("demo: cannot read " + missing + ": there is no such file", demo.messages());
        }
    }
}
