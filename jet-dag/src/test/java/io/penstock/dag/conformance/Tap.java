package io.penstock.dag.conformance;

import io.penstock.dag.Source;
import io.penstock.dag.TestSources;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import io.penstock.dag.operator.StateEntry;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A source of the numbers 0, 1, 2, ... as far as a test allows, which goes on where a snapshot was taken. One instance;
 * one job at a time in each JVM.
 */
final class Tap implements SourceOperator {

    private static final AtomicInteger OPENED = new AtomicInteger();
    private static volatile long allowed;
    private static volatile long end;
    private static volatile boolean opens;

    private long next;

    static void reset() {
        OPENED.set(0);
        allowed = 0;
        end = Long.MAX_VALUE;
        opens = true;
    }

    static Source<Long> source() {
        return TestSources.of("tap", 1, Tap::new);
    }

    /** Lets so many numbers come, all in all. */
    static void allow(long numbers) {
        allowed = numbers;
    }

    /** Lets so many numbers come, and then the end. */
    static void endAt(long numbers) {
        allowed = Math.max(allowed, numbers);
        end = numbers;
    }

    /** Lets it fail whenever it is opened from now on. */
    static void refuseToOpen() {
        opens = false;
    }

    /** How often it was opened. */
    static int opened() {
        return OPENED.get();
    }

    @Override
    public void open(OperatorContext context) {
        OPENED.incrementAndGet();
        if (!opens) {
            throw new IllegalStateException("the tap is closed");
        }
    }

    @Override
    public boolean fill(Output output) {
        long limit = Math.min(allowed, end);
        for (int rows = 0; rows < Batch.CAPACITY && next < limit; rows++) {
            output.emit(Batch.NO_TIME, next++);
        }
        return next < end;
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        return List.of(new StateEntry("next", next)).iterator();
    }

    @Override
    public void restore(Object key, Object value) {
        next = (long) value;
    }
}
