package io.penstock.demo.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.demo.web.Chromium.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, with a run of known figures. */
@Timeout(180)
class PageIT {

    @TempDir
    private Path folder;

    @BeforeEach
    void needsChromium() {
        assumeTrue(Chromium.isInstalled(), "there is no chromium on the PATH; ./check installs Debian's as root");
    }

    /** Serves a run that has been sampled up to its end, or as often as told. */
    private static RunServer sampled(FakeRun run, int samplesMax) throws IOException {
        Recorder recorder = new Recorder(run);
        for (int i = 0; i < samplesMax && recorder.sample(); i++) {
            // the run's clock goes on by itself
        }
        return RunServer.open(recorder, 0);
    }

    @Test
    void showsARunThatGoesOn() throws IOException {
        try (RunServer server = sampled(new FakeRun(1_000_000), 200)) {
            Shown shown = new Chromium(folder).show(server.address());
            assertEquals(List.of(), shown.console());
            assertEquals("Running", shown.text("statusText"));
            assertEquals("Throughput", shown.text("throughputTitle"));
            assertEquals("2,000 events/s", shown.text("throughput"));
            assertEquals("120 event minutes per second", shown.text("eventTimeNote"));
            assertEquals("30 min", shown.text("lag"));
            assertFalse(shown.html().contains("NaN"), shown::html);
        }
    }

    @Test
    void escapesWhatItShowsAndListsTheTenWorst() throws IOException {
        try (RunServer server = sampled(new FakeRun(51), 51)) {
            Shown shown = new Chromium(folder).show(server.address());
            assertEquals(List.of(), shown.console());
            assertEquals("Done", shown.text("statusText"));
            assertEquals("5,000 flights of fake.csv in 5 s, on 2 threads", shown.text("lead"));
            assertEquals("Throughput of the whole run", shown.text("throughputTitle"));
            assertEquals("2,000 events/s", shown.text("throughput"));
            assertEquals(List.of("AL", "AK", "AJ", "AI", "AH", "AG", "AF", "AE", "AD", "AC"),
                    shown.all("<b>(A[A-Z])&lt;</b>"));
            assertEquals(List.of("flights", "find &lt;origin&gt;", "score", "evaluate"),
                    shown.all("<th scope=\"row\">([^<]+)</th>"));
            assertEquals("Not on the map: AA&lt;", shown.text("mapReadout"));
        }
    }

    @Test
    void marksWhereTheSecondModelTakesOver() throws IOException {
        try (RunServer server = sampled(new FakeRun(201), 201)) {
            Shown shown = new Chromium(folder).show(server.address());
            assertEquals("v2", shown.text("model"));
            assertEquals(List.of("Model v2 takes over"), shown.all("<text class=\"mark halo\"[^>]*>([^<]*)<"));
            String told = shown.first("id=\"aucPlot\"[^>]*aria-label=\"([^\"]*)\"");
            assertTrue(told.endsWith("Model v2 takes over at 1 Jan 20:00."), told);
        }
    }

    @Test
    void fitsIntoANarrowWindow() throws IOException {
        try (RunServer server = sampled(new FakeRun(201), 201)) {
            Shown shown = new Chromium(folder).show(server.address(), "--window-size=390,844");
            assertEquals(List.of(), shown.console());
            // A window of Chromium has 500 pixels at least, some of them for the scroll bar.
            int width = Integer.parseInt(shown.first("id=\"map\".*?<svg[^>]*viewBox=\"0 0 (\\d+) "));
            assertTrue(width > 400 && width < 500, () -> "the map is " + width + " pixels wide");
        }
    }
}
