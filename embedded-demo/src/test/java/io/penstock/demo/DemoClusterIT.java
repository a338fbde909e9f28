package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The demo and its members as processes of their own. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class DemoClusterIT {

    /** What may differ between a run in one process and one on several. */
    private static final List<String> OF_THE_MACHINE = List.of("members", "threads", "seconds", "flightsPerSecond");

    @TempDir
    private Path folder;

    private JsonNode summary(DemoProcess demo, int members) throws Exception {
        assertEquals(0, demo.exitCode(), demo::err);
        ObjectNode summary = (ObjectNode) new ObjectMapper().readTree(demo.out());
        assertEquals(members, summary.get("members").intValue());
        summary.remove(OF_THE_MACHINE);
        return summary;
    }

    @Test
    void printsTheSameSummaryThoughAMemberIsKilled() throws Exception {
        String input = TestFiles.compressed(folder, TestFiles.sampleLines(20_000)).name();
        JsonNode expected;
        try (DemoProcess demo = new DemoProcess(folder, List.of(), "--json", "--input", input, "--deploy-at", "15001")) {
            expected = summary(demo, 0);
        }
        try (DemoProcess demo = new DemoProcess(folder, List.of(), "--json", "--input", input, "--deploy-at", "15001",
                "--cluster", "2", "--kill-at", "5000", "--web")) {
            assertEquals(expected, summary(demo, 2));
            List<String> said = demo.messages().lines().toList();
            assertTrue(said.get(0).startsWith("demo: the page of this run is at http://127.0.0.1:"), demo::messages);
            assertTrue(said.get(1).matches(
                    "demo: member [12] of 2, which read the file, was killed at flight \\d?\\d,\\d{3}"), demo::messages);
            assertTrue(said.get(2).matches("demo: the job went on after \\d+\\.\\d s"), demo::messages);
            assertEquals(3, said.size(), demo::messages);
        }
    }

    @Test
    void stopsAtAMalformedLineAsInOneProcess() throws Exception {
        InputFile file = TestFiles.plain(folder, List.of("2001-01-01T09:00,soon,100,ATL,JFK"));
        try (DemoProcess demo = new DemoProcess(folder, List.of(), "--cluster", "1", "--input", file.name())) {
            assertEquals(1, demo.exitCode());
            assertEquals("demo: " + file + ", line 2: the delay must be a whole number, but is 'soon'",
                    demo.messages());
        }
    }

    /** At this rate the sample takes 7 minutes. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void endsOnSigintWithTheSummarySoFarAndItsMembersToo() throws Exception {
        try (DemoProcess demo = new DemoProcess(
                folder, List.of(), "--json", "--cluster", "2", "--no-kill", "--rate", "3600")) {
            demo.awaitErrorLine(line -> line.matches("[1-9][0-9,]* flights, .*"));
            List<ProcessHandle> members = demo.children();
            assertEquals(2, members.size());
            demo.interrupt();
            assertEquals(130, demo.exitCode(), demo::err);
            JsonNode summary = new ObjectMapper().readTree(demo.out());
            assertTrue(summary.get("interrupted").booleanValue());
            assertTrue(summary.get("flights").longValue() > 0, demo::out);
            assertEnd(members);
        }
    }

    @Test
    void membersEndThoughTheDemoIsKilled() throws Exception {
        List<ProcessHandle> members;
        try (DemoProcess demo = new DemoProcess(
                folder, List.of(), "--cluster", "2", "--no-kill", "--rate", "3600")) {
            demo.awaitErrorLine(line -> line.matches("[0-9,]+ flights, .*"));
            members = demo.children();
            assertEquals(2, members.size());
        }
        assertEnd(members);
    }

    private static void assertEnd(List<ProcessHandle> members) throws Exception {
        for (ProcessHandle member : members) {
            CompletableFuture<ProcessHandle> end = member.onExit();
            end.get(30, TimeUnit.SECONDS);
        }
    }
}
