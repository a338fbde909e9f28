package io.penstock.dag.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.jet.core.test.TestOutbox;
import io.penstock.dag.operator.Batch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EdgeWriterTest {

    private static final int ROOM = 2;

    private final TestOutbox outbox = new TestOutbox(new int[] {ROOM}, 0);
    private final Outlet outlet = new Outlet();
    private final EdgeWriter writer = new EdgeWriter(outlet, 0, 3, new int[] {17}, null, event -> { });
    private final List<String> sent = new ArrayList<>();

    @BeforeEach
    void open() {
        outlet.open(outbox);
    }

    /** Jet takes what is in the outbox, and calls again. */
    private void nextCall() {
        Queue<Object> queue = outbox.queue(0);
        for (Object item = queue.poll(); item != null; item = queue.poll()) {
            sent.add(text(item));
        }
        outbox.reset();
        outlet.beginCall();
    }

    private static String text(Object item) {
        if (item instanceof Rows rows) {
            assertEquals(17, rows.partition());
            assertEquals(3, rows.sender());
            List<Object> events = new ArrayList<>();
            for (int row = 0; row < rows.batch().size(); row++) {
                events.add(rows.batch().event(row));
            }
            return events.size() > 3 ? "rows " + events.size() : "rows " + events;
        }
        TimeSignal signal = (TimeSignal) item;
        assertEquals(17, signal.partition());
        assertEquals(3, signal.sender());
        return signal.kind() + (signal.kind() == TimeSignal.Kind.WATERMARK ? " " + signal.watermarkMs() : "");
    }

    private static Batch batch(long... timesMs) {
        Batch batch = new Batch();
        for (long timeMs : timesMs) {
            batch.add(timeMs, timeMs);
        }
        return batch;
    }

    private static Batch full(long timeMs) {
        Batch batch = new Batch();
        while (!batch.isFull()) {
            batch.add(timeMs, timeMs);
        }
        return batch;
    }

    @Test
    void collectsRowsUntilABatchIsFull() {
        assertTrue(writer.accept(full(1)));
        nextCall();
        assertEquals(List.of(), sent);
        assertTrue(writer.accept(batch(2)));
        nextCall();
        assertEquals(List.of("rows 256"), sent);
        assertTrue(writer.flushCollected());
        nextCall();
        assertEquals(List.of("rows 256", "rows [2]"), sent);
    }

    @Test
    void holdsAWatermarkBackWhileRowsThatAreNotOlderFillTheBatch() {
        writer.accept(batch(1, 2));
        assertTrue(writer.acceptWatermark(2));
        assertTrue(writer.accept(batch(3)));
        assertTrue(writer.acceptWatermark(3));
        nextCall();
        assertEquals(List.of(), sent);
        assertTrue(writer.flushCollected());
        nextCall();
        assertEquals(List.of("rows [1, 2, 3]", "WATERMARK 3"), sent);
    }

    @Test
    void sendsAWatermarkBeforeRowsThatAreLateByIt() {
        writer.accept(batch(1));
        writer.acceptWatermark(5);
        assertTrue(writer.accept(batch(5, 4)));
        writer.flushCollected();
        nextCall();
        assertEquals(List.of("rows [1, 5]", "WATERMARK 5"), sent);
        writer.flushCollected();
        nextCall();
        assertEquals(List.of("rows [1, 5]", "WATERMARK 5", "rows [4]"), sent);
    }

    @Test
    void sendsAWatermarkThatWasHeldBackForLongEnough() {
        writer.acceptWatermark(5);
        writer.sendDue(System.nanoTime() - EdgeWriter.HOLD_NS_MAX);
        nextCall();
        assertEquals(List.of(), sent);
        writer.sendDue(System.nanoTime() + EdgeWriter.HOLD_NS_MAX);
        nextCall();
        assertEquals(List.of("WATERMARK 5"), sent);
    }

    @Test
    void keepsTheOrderOfAllThatIsSaidAboutTime() {
        writer.accept(batch(1));
        writer.acceptWatermark(1);
        assertTrue(call(() -> writer.acceptIdle(true)));
        assertTrue(call(() -> writer.acceptIdle(false)));
        assertTrue(writer.accept(batch(7)));
        writer.acceptWatermark(7);
        writer.acceptWatermark(Long.MAX_VALUE);
        assertTrue(call(writer::acceptEnd));
        assertTrue(call(writer::flushCollected));
        assertEquals(
                List.of("rows [1]", "WATERMARK 1", "IDLE", "ACTIVE", "rows [7]", "WATERMARK 7", "END"), sent);
    }

    private interface Step {
        boolean isDone();
    }

    /** Makes a step again and again until it is done, as a tree's driver does. */
    private boolean call(Step step) {
        for (int calls = 0; calls < 10; calls++) {
            boolean isDone = step.isDone();
            nextCall();
            if (isDone) {
                return true;
            }
        }
        return false;
    }

    @Test
    void losesAndDoublesNothingWhenTheOutboxIsFull() {
        EdgeWriter toThree = new EdgeWriter(outlet, 0, 3, new int[] {17, 17, 17}, null, event -> { });
        List<String> expected = new ArrayList<>();
        for (long i = 0; i < 10; i++) {
            Batch rows = full(i);
            long watermarkMs = i;
            assertTrue(call(() -> toThree.accept(rows)));
            assertTrue(toThree.acceptWatermark(watermarkMs));
            assertTrue(call(toThree::flushCollected));
            expected.add("rows 256");
            expected.addAll(Collections.nCopies(3, "WATERMARK " + i));
        }
        assertEquals(expected, sent);
    }

    @Test
    void finishesWhatWasSaidBeforeAnythingNew() {
        EdgeWriter toSix = new EdgeWriter(outlet, 0, 3, new int[] {17, 17, 17, 17, 17, 17}, null, event -> { });
        toSix.acceptWatermark(1);
        assertFalse(toSix.flushCollected(), "room for two of six");
        assertFalse(toSix.acceptWatermark(2));
        assertTrue(call(() -> toSix.acceptWatermark(2)));
        assertTrue(call(toSix::flushCollected));
        List<String> expected = new ArrayList<>(Collections.nCopies(6, "WATERMARK 1"));
        expected.addAll(Collections.nCopies(6, "WATERMARK 2"));
        assertEquals(expected, sent);
    }
}
