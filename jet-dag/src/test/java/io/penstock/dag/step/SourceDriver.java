package io.penstock.dag.step;

import io.penstock.dag.Tag;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Emitter;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import io.penstock.dag.operator.StageCounter;
import io.penstock.dag.operator.StateEntry;
import io.penstock.grid.Grid;
import io.penstock.grid.MapChange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The only instance of a source, without a host: the test calls it and sees what it has emitted. */
final class SourceDriver implements OperatorContext, Output {

    private final Grid grid;
    private final String stage;
    private final List<Object> emitted = new ArrayList<>();
    private Emitter emitter;
    private boolean isRestored;

    SourceDriver(Grid grid, String stage) {
        this.grid = grid;
        this.stage = stage;
    }

    /** Lets the source emit, and then takes all that it hands over; returns whether it may have more. */
    boolean fill(SourceOperator source) throws Exception {
        boolean more = source.fill(this);
        Emitter rows = emitter;
        emitter = null;
        while (rows != null && rows.emitNext(this)) {
            // goes on
        }
        return more;
    }

    /** What was emitted since the last call. */
    List<Object> takeEmitted() {
        List<Object> taken = List.copyOf(emitted);
        emitted.clear();
        return taken;
    }

    List<Long> sequences() {
        return emitted.stream().map(change -> ((MapChange<?, ?>) change).sequence()).toList();
    }

    /** Gives the state of one operator to another, which has just been opened. */
    void restore(SourceOperator from, SourceOperator to) throws Exception {
        for (Iterator<StateEntry> entries = from.snapshot(); entries.hasNext();) {
            StateEntry entry = entries.next();
            to.restore(entry.key(), entry.value());
        }
        isRestored = true;
    }

    @Override
    public Grid grid() {
        return grid;
    }

    @Override
    public String job() {
        return "test";
    }

    @Override
    public String stage() {
        return stage;
    }

    @Override
    public int instance() {
        return 0;
    }

    @Override
    public int instanceCount() {
        return 1;
    }

    @Override
    public long watermarkMs() {
        return Batch.NO_TIME;
    }

    @Override
    public long restoredWatermarkMs() {
        return Batch.NO_TIME;
    }

    @Override
    public boolean isRestored() {
        return isRestored;
    }

    @Override
    public int output(Tag<?> tag) {
        throw new AssertionError("the source has no side output");
    }

    @Override
    public StageCounter counter(String name) {
        return new StageCounter();
    }

    @Override
    public Runnable wakeUp() {
        return () -> {};
    }

    @Override
    public void emit(int output, long timeMs, Object event) {
        emitted.add(event);
    }

    @Override
    public void emitFrom(Emitter rows) {
        emitter = rows;
    }

    @Override
    public void emitWatermark(long watermarkMs) {
        throw new AssertionError("the source knows no time");
    }

    @Override
    public void fail(long timeMs, Object event, Object key, String reason, Throwable cause) {
        throw new AssertionError(reason, cause);
    }

    @Override
    public void failOther(Object event, Object key, String reason, Throwable cause) {
        throw new AssertionError(reason, cause);
    }
}
