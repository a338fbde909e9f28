package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.SourceBuffer;
import io.penstock.demo.FlightReader.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In virtual time. */
class PaceTest {

    private static final long NS_PER_SECOND = 1_000_000_000;
    private static final long MS_PER_HOUR = 3_600_000;

    @TempDir
    private Path folder;

    private long nowNs = -5;

    private static final class Buffer implements SourceBuffer<FlightEvent> {

        private final List<FlightEvent> events = new ArrayList<>();
        private boolean isClosed;

        @Override
        public void add(FlightEvent event) {
            events.add(event);
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private Pace.Rate rate(double timesRealTime) {
        return new Pace.Rate(timesRealTime, () -> nowNs);
    }

    @Test
    void anHourIsASecondAtARateOf3600() {
        Pace pace = new Pace(rate(3_600));
        long startMs = 20 * MS_PER_HOUR;
        assertTrue(pace.isDue(startMs));
        nowNs += NS_PER_SECOND - 1;
        assertFalse(pace.isDue(startMs + MS_PER_HOUR));
        nowNs += 1;
        assertTrue(pace.isDue(startMs + MS_PER_HOUR));
        assertFalse(pace.isDue(startMs + MS_PER_HOUR + 1));
    }

    @Test
    void theSlowestIsSlowerThanRealTime() {
        Pace pace = new Pace(rate(0.5));
        assertTrue(pace.isDue(0));
        nowNs += NS_PER_SECOND;
        assertTrue(pace.isDue(500));
        assertFalse(pace.isDue(501));
    }

    /** A day in steps of a second at 60 times real time, by a source that is asked again and again. */
    @Test
    void theSourceGivesWhatIsDueAndNeverWaits() throws IOException {
        InputFile file = TestFiles.plain(folder, TestFiles.sampleLines(3_000));
        List<FlightEvent> all = TestFiles.read(file, false);
        Buffer buffer = new Buffer();
        try (FlightReader reader = new FlightReader(Reading.of(file).at(rate(60)))) {
            long startMs = all.get(0).timeMs();
            for (long seconds = 0; !buffer.isClosed; seconds++) {
                int before;
                do {
                    before = buffer.events.size();
                    reader.fill(buffer);
                } while (buffer.events.size() > before);
                long untilMs = startMs + seconds * 60_000;
                long due = all.stream().filter(event -> event.timeMs() <= untilMs).count();
                assertEquals(due, buffer.events.size(), "after " + seconds + " s");
                nowNs += NS_PER_SECOND;
            }
        }
        assertEquals(all, buffer.events);
    }

    @Test
    void withoutARateEverythingIsDueAtOnce() {
        Pace pace = new Pace(rate(Double.POSITIVE_INFINITY));
        assertTrue(pace.isDue(0));
        assertTrue(pace.isDue(Long.MAX_VALUE));
    }
}
