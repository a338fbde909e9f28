package io.penstock.dag.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.SourceBuffer;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.StageException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BuiltSourceTest {

    private static final int EVENTS = 3_000;
    /** More than a batch holds. */
    private static final int EVENTS_PER_FILL = 1_000;

    private final SourceDriver driver = new SourceDriver(null, "numbers");

    /** Counts up; its place is the next number. */
    private static final class Counter {

        private int next;
        private boolean isClosed;

        void fill(SourceBuffer<Object> buffer) {
            for (int i = 0; i < EVENTS_PER_FILL && next < EVENTS; i++) {
                buffer.add(next++);
            }
            if (next == EVENTS) {
                buffer.close();
            }
        }
    }

    private BuiltSource<Counter, Object> replayable() throws Exception {
        return opened(new BuiltSource<>(Counter::new, Counter::fill, counter -> counter.isClosed = true,
                counter -> counter.next, (counter, places) -> counter.next = (Integer) places.get(0)));
    }

    private BuiltSource<Counter, Object> opened(BuiltSource<Counter, Object> source) throws Exception {
        source.open(driver);
        return source;
    }

    private static List<Object> numbers(int from, int to) {
        return IntStream.range(from, to).<Object>mapToObj(i -> i).toList();
    }

    @Test
    void givesOutAllOfAFillBeforeASnapshot() throws Exception {
        assertTrue(EVENTS_PER_FILL > Batch.CAPACITY);
        BuiltSource<Counter, Object> source = replayable();
        assertTrue(driver.fill(source));
        assertEquals(numbers(0, EVENTS_PER_FILL), driver.takeEmitted());
        BuiltSource<Counter, Object> other = replayable();
        driver.restore(source, other);
        assertTrue(driver.fill(other));
        assertFalse(driver.fill(other));
        assertEquals(numbers(EVENTS_PER_FILL, EVENTS), driver.takeEmitted());
    }

    @Test
    void handsOnWhatWasRestoredBeforeTheFirstFill() throws Exception {
        BuiltSource<Counter, Object> source = replayable();
        driver.fill(source);
        driver.takeEmitted();
        BuiltSource<Counter, Object> second = replayable();
        driver.restore(source, second);
        BuiltSource<Counter, Object> third = replayable();
        driver.restore(second, third);
        driver.fill(third);
        assertEquals(EVENTS_PER_FILL, driver.takeEmitted().get(0));
    }

    @Test
    void hasEndedWhenItHadEnded() throws Exception {
        BuiltSource<Counter, Object> source = replayable();
        while (driver.fill(source)) {
            // goes on
        }
        assertEquals(EVENTS, driver.takeEmitted().size());
        BuiltSource<Counter, Object> other = replayable();
        driver.restore(source, other);
        assertFalse(driver.fill(other));
        assertEquals(List.of(), driver.takeEmitted());
    }

    @Test
    void beginsAnewIfItIsNotReplayable() throws Exception {
        List<Counter> opened = new ArrayList<>();
        BuiltSource<Counter, Object> source = opened(new BuiltSource<>(() -> {
            opened.add(new Counter());
            return opened.get(opened.size() - 1);
        }, Counter::fill, counter -> counter.isClosed = true, null, null));
        driver.fill(source);
        driver.takeEmitted();
        driver.restore(source, source);
        BuiltSource<Counter, Object> other =
                opened(new BuiltSource<>(Counter::new, Counter::fill, counter -> {}, null, null));
        driver.fill(other);
        assertEquals(0, driver.takeEmitted().get(0));
        source.close();
        source.close();
        assertTrue(opened.get(0).isClosed);
    }

    @Test
    void refusesToKeepNothing() throws Exception {
        BuiltSource<Counter, Object> source = opened(new BuiltSource<>(
                Counter::new, Counter::fill, counter -> {}, counter -> null, (counter, places) -> {}));
        StageException refused = assertThrows(StageException.class, source::snapshot);
        assertTrue(refused.getMessage().startsWith("stage 'numbers': createSnapshotFn has returned null"),
                refused.getMessage());
    }

    @Test
    void namesTheStageThatCannotBeSaved() throws Exception {
        BuiltSource<Counter, Object> source = opened(new BuiltSource<>(Counter::new, Counter::fill, counter -> {},
                counter -> {
                    throw new IllegalStateException("gone");
                }, (counter, places) -> {}));
        StageException refused = assertThrows(StageException.class, source::snapshot);
        assertEquals("stage 'numbers': cannot be saved: IllegalStateException: gone", refused.getMessage());
    }
}
