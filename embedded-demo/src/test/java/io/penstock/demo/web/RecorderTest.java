package io.penstock.demo.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private static JsonNode after(int samples, Recorder recorder) throws IOException {
        for (int i = 0; i < samples; i++) {
            recorder.sample();
        }
        return new ObjectMapper().readTree(recorder.state());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void hasTheseKeys() throws IOException {
        JsonNode state = after(100, new Recorder(new FakeRun(1_000)));
        assertEquals(List.of(
                "input", "members", "threads", "aucOutcomesMax", "airportOutcomesMin",
                "status", "seconds", "flights", "events", "skipped", "notFound", "scored", "notScored",
                "eventsPerSecond", "sourceTimeMs", "eventTimeMs", "eventMinutesPerSecond", "lagMs",
                "outcomes", "aucRecent", "aucAll", "aucFirst", "aucLater", "precision", "recall",
                "models", "history", "airports", "stages"), names(state));
        assertEquals(List.of("version", "fromMs"), names(state.get("models").get(0)));
        assertEquals(List.of("seconds", "eventsPerSecond", "eventTimeMs", "lagMs", "outcomes", "aucRecent", "aucFirst",
                "aucLater"),
                names(state.get("history")));
        assertEquals(List.of("iata", "name", "city", "state", "latitude", "longitude", "outcomes", "lateShare"),
                names(state.get("airports").get(0)));
        assertEquals(List.of("name", "workers", "in", "out", "failed", "eventsPerSecond", "watermarkMs"),
                names(state.get("stages").get(0)));
    }

    @Test
    void ratesAreOfTheLastSecondWhileItRuns() throws IOException {
        JsonNode state = after(100, new Recorder(new FakeRun(1_000)));
        assertEquals("running", state.get("status").textValue());
        assertEquals(10.0, state.get("seconds").doubleValue());
        assertEquals(2_000, state.get("eventsPerSecond").doubleValue(), 1e-3);
        assertEquals(120, state.get("eventMinutesPerSecond").doubleValue(), 1e-3);
        assertEquals(30 * 60_000, state.get("lagMs").longValue());
        assertEquals(FakeRun.START_MS + (20 * 60 - 30) * 60_000L, state.get("eventTimeMs").longValue());
        for (JsonNode stage : state.get("stages")) {
            assertEquals(1_000, stage.get("eventsPerSecond").doubleValue(), 1e-3);
        }
    }

    @Test
    void ratesAreOfTheWholeRunWhenItHasEnded() throws IOException {
        Recorder recorder = new Recorder(new FakeRun(51));
        JsonNode state = after(50, recorder);
        assertFalse(recorder.sample());
        assertEquals(state, after(10, recorder));
        assertEquals("ended", state.get("status").textValue());
        assertEquals(2_000, state.get("eventsPerSecond").doubleValue());
        assertEquals("end", state.get("stages").get(0).get("watermarkMs").textValue());
        assertEquals(0, state.get("lagMs").longValue());
    }

    @Test
    void figuresThatAreNotKnownAreNull() throws IOException {
        JsonNode state = after(0, new Recorder(new FakeRun(51)));
        assertTrue(state.get("aucRecent").isNull());
        assertTrue(state.get("history").get("aucRecent").get(0).isNull());
        assertTrue(state.get("airports").get(0).get("latitude").isNull());
        assertEquals(0, state.get("eventsPerSecond").intValue());
    }

    @Test
    void namesTheModelsAsTheyTakeOver() throws IOException {
        Recorder recorder = new Recorder(new FakeRun(1_000));
        assertEquals(1, after(99, recorder).get("models").size());
        JsonNode second = after(1, recorder).get("models").get(1);
        assertEquals(2, second.get("version").intValue());
        assertEquals(FakeRun.START_MS + 20 * 3_600_000L, second.get("fromMs").longValue());
    }

    @Test
    void theHistoryIsBounded() throws IOException {
        JsonNode history = after(100_000, new Recorder(new FakeRun(1_000_000))).get("history");
        int size = history.get("seconds").size();
        assertTrue(size > Recorder.POINTS_MAX / 2 && size <= Recorder.POINTS_MAX, () -> "" + size);
        for (JsonNode column : history) {
            assertEquals(size, column.size());
        }
        assertEquals(10_000, history.get("seconds").get(size - 1).intValue());
        assertEquals(2_000, history.get("eventsPerSecond").get(size - 1).doubleValue(), 1e-3);
    }

    @Test
    void tellsWhereAirportsAre() {
        assertEquals("[[-100.5,40.123],[-150.0,61.0],[144.8,13.5]]", new Recorder(new FakeRun(1)).places());
    }
}
