package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.demo.web.Chromium;
import io.penstock.demo.web.Chromium.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The demo with its page, as a process of its own. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class DemoPageIT {

    private static final int FLIGHTS = 60_000;

    @TempDir
    private Path folder;

    private String input() throws IOException {
        return TestFiles.compressed(folder, TestFiles.sampleLines(FLIGHTS)).name();
    }

    /** Where the page of a demo is that has come to its end, and shows it until it is stopped. */
    private static URI pageOf(DemoProcess demo) throws IOException {
        demo.awaitErrorLine(line -> line.endsWith(" stays until Ctrl-C"));
        String line = demo.messages().lines().findFirst().orElseThrow();
        assertTrue(line.matches("demo: the page of this run is at http://127\\.0\\.0\\.1:\\d+/"), line);
        return URI.create(line.substring(line.indexOf("http")));
    }

    @Test
    void stateIsThatOfTheRunUntilItIsStopped() throws IOException {
        try (DemoProcess demo = new DemoProcess(folder, List.of(), "--web", "--input", input())) {
            JsonNode state = stateAt(pageOf(demo));
            assertEquals("ended", state.get("status").textValue());
            assertEquals(FLIGHTS, state.get("flights").longValue());
            assertEquals(FLIGHTS, state.get("outcomes").longValue());
            assertEquals(1, state.get("models").get(0).get("version").intValue());
            assertEquals(FLIGHTS, stage(state, "score").get("in").longValue());
            assertEquals(2L * FLIGHTS, stage(state, "flights").get("out").longValue());
            assertTrue(state.get("airports").size() > 10);
            assertEquals(0, state.get("lagMs").longValue());
            assertTrue(demo.out().contains("flights         60,000 in "), demo::out);
            demo.interrupt();
            assertEquals(130, demo.exitCode(), demo::err);
        }
    }

    private static JsonNode stateAt(URI page) throws IOException {
        URL address = page.resolve("/api/state").toURL();
        try (InputStream in = address.openConnection(Proxy.NO_PROXY).getInputStream()) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static JsonNode stage(JsonNode state, String name) {
        for (JsonNode stage : state.get("stages")) {
            if (stage.get("name").textValue().equals(name)) {
                return stage;
            }
        }
        throw new IllegalArgumentException(name + " is none of " + state.get("stages"));
    }

    @Test
    void aBrowserShowsTheRun() throws IOException {
        assumeTrue(Chromium.isInstalled(), "there is no chromium on the PATH; ./check installs Debian's as root");
        try (DemoProcess demo =
                new DemoProcess(folder, List.of(), "--web", "--deploy-at", "30001", "--input", input())) {
            URI page = pageOf(demo);
            Chromium chromium = new Chromium(folder);
            Shown shown = chromium.show(page);
            assertEquals(List.of(), shown.console());
            assertEquals("Done", shown.text("statusText"));
            assertTrue(shown.text("lead").startsWith("60,000 flights of "), () -> shown.text("lead"));
            assertTrue(shown.text("auc").matches("0\\.\\d{4}"), () -> shown.text("auc"));
            assertEquals("v2", shown.text("model"));
            assertEquals(List.of("Model v2 takes over"), shown.all("<text class=\"mark halo\"[^>]*>([^<]*)<"));
            String line = shown.first("id=\"aucPlot\".*?<path class=\"line first\" d=\"([^\"]*)\"");
            assertTrue(line.split("L").length >= 3, line);
            assertEquals(10, shown.all("<b>([A-Z]{3})</b>").size());
            assertEquals(10, shown.all("<text class=\"label halo\"[^>]*>([A-Z]{3})<").size());
            List<String> stages = shown.all("<th scope=\"row\">([^<]+)</th>");
            assertTrue(stages.containsAll(explained()), () -> stages + " instead of " + explained());
            shootAll(chromium, page);
        }
    }

    /** The names of all stages, as explain() has them. */
    private static List<String> explained() {
        List<String> names = new ArrayList<>();
        try (FlightJob job = new FlightJob(FlightReader.source(InputFile.SAMPLE, false), 1)) {
            job.job().explain().lines().map(String::strip).filter(line -> line.matches(".*  (compiled|interpreted).*"))
                    .forEach(line -> names.add(line.replaceFirst("( \\(.*|  ).*", "")));
        }
        assertTrue(names.size() > 15, names::toString);
        return names;
    }

    /** For people to look at. */
    private static void shootAll(Chromium chromium, URI page) throws IOException {
        Path shots = Files.createDirectories(Path.of("target", "page").toAbsolutePath());
        chromium.shoot(page, shots.resolve("desktop.png"), 1400, 1000);
        chromium.shoot(page, shots.resolve("dark.png"), 1400, 1000, "--blink-settings=preferredColorScheme=0");
        chromium.shoot(page, shots.resolve("phone.png"), 390, 844);
        for (String shot : List.of("desktop.png", "dark.png", "phone.png")) {
            assertTrue(Files.size(shots.resolve(shot)) > 10_000, shot);
        }
    }

    @Test
    void printsOnlyJsonOnStandardOutputAndEnds() throws IOException {
        try (DemoProcess demo = new DemoProcess(folder, List.of(), "--json", "--web", "--input", input())) {
            assertEquals(0, demo.exitCode(), demo::err);
            assertEquals(FLIGHTS, new ObjectMapper().readTree(demo.out()).get("flights").longValue());
            assertTrue(demo.messages().matches("demo: the page of this run is at http://127\\.0\\.0\\.1:\\d+/"),
                    demo::messages);
        }
    }

    @Test
    void namesThePortThatIsInUse() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                DemoProcess demo = new DemoProcess(folder, List.of(), "--web=" + other.getLocalPort())) {
            assertEquals(1, demo.exitCode());
            assertEquals("demo: port " + other.getLocalPort() + " of 127.0.0.1 is in use; name another with --web=PORT,"
                    + " or none for any free one", demo.messages());
            assertEquals("", demo.out());
        }
    }
}
