package io.penstock.dag.step;

import io.penstock.dag.Tag;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Emitter;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StageCounter;
import io.penstock.grid.Grid;
import io.penstock.grid.MapChange;
import java.util.ArrayList;
import java.util.List;

/** The only instance of a source of changes, without a host: the test calls it and sees what it has emitted. */
final class SourceDriver implements OperatorContext, Output {

    private final Grid grid;
    private final String stage;
    private final List<MapChange<?, ?>> emitted = new ArrayList<>();

    SourceDriver(Grid grid, String stage) {
        this.grid = grid;
        this.stage = stage;
    }

    void fill(MapChangesSource<?, ?> source) {
        source.fill(this);
    }

    List<Long> sequences() {
        return emitted.stream().map(MapChange::sequence).toList();
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
        return false;
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
        emitted.add((MapChange<?, ?>) event);
    }

    @Override
    public void emitFrom(Emitter emitter) {
        throw new AssertionError("there is no content to read");
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
