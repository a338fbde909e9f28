package io.penstock.dag.host;

import io.penstock.dag.Tag;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.StageCounter;
import io.penstock.dag.plan.StageNode;
import io.penstock.grid.Grid;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** What one instance of a stage knows, and its counters. */
public final class StageContext implements OperatorContext {

    private final Grid grid;
    private final String job;
    private final StageNode stage;
    private final int instance;
    private final int instanceCount;
    private final Map<String, StageCounter> counters = new ConcurrentSkipListMap<>();
    private final StageCounter watermark = new StageCounter();
    private boolean watermarkRestored;
    private long newestRestoredMs = Long.MIN_VALUE;
    private boolean restored;
    private int[] partitions;
    private CallProbe probe = new CallProbe();
    private Function<StackTraceElement[], StageContext> loop = stack -> this;
    private volatile Runnable waker = () -> {};

    public StageContext(Grid grid, String job, StageNode stage, int instance, int instanceCount) {
        this.grid = grid;
        this.job = job;
        this.stage = stage;
        this.instance = instance;
        this.instanceCount = instanceCount;
        watermark.add(Long.MIN_VALUE);
    }

    @Override
    public Grid grid() {
        return grid;
    }

    @Override
    public <K, V> LocalView<K, V> localView(MapRef<K, V> ref) {
        return partitions == null || !stage.isExchanged()
                ? grid.map(ref).localView()
                : grid.map(ref).localView(view -> view.partitions(partitions));
    }

    /** By the host: the partitions of a cluster of which rows come to this JVM if they are exchanged by key. */
    public void onPartitions(int[] ofMember) {
        partitions = ofMember;
    }

    @Override
    public String job() {
        return job;
    }

    @Override
    public String stage() {
        return stage.userStage();
    }

    @Override
    public int instance() {
        return instance;
    }

    @Override
    public int instanceCount() {
        return instanceCount;
    }

    @Override
    public int output(Tag<?> tag) {
        int index = stage.spec().sideOutputs().indexOf(tag);
        if (index < 0) {
            throw new IllegalArgumentException("stage '" + stage() + "' has no side output '" + tag.name()
                    + "', only " + stage.spec().sideOutputs().stream().map(Tag::name).toList());
        }
        return index + 1;
    }

    @Override
    public StageCounter counter(String name) {
        return counters.computeIfAbsent(name, ignored -> new StageCounter());
    }

    /** All counters, by name. */
    public Map<String, StageCounter> counters() {
        return counters;
    }

    StageNode node() {
        return stage;
    }

    /** By the host: where to note that the stage's operator is called. */
    public void observe(CallProbe observing) {
        probe = observing;
    }

    /** The stage of the same loop that a thread with this stack is at; this stage if it runs no loop. */
    public StageContext at(StackTraceElement[] stack) {
        return loop.apply(stack);
    }

    /** By the loop that begins with this stage: how to tell which of its stages a thread is at. */
    void beginsLoop(Function<StackTraceElement[], StageContext> stages) {
        loop = stages;
    }

    /** To be called before each call of the stage's operator. */
    void enter() {
        probe.enter(this);
    }

    void watermark(long watermarkMs) {
        watermark.add(watermarkMs - watermark.get());
    }

    @Override
    public long watermarkMs() {
        return watermark.get();
    }

    /** Of several instances' watermarks the oldest counts: any other could declare events late that are not. */
    void restoreWatermark(long watermarkMs) {
        newestRestoredMs = Math.max(newestRestoredMs, watermarkMs);
        watermark(watermarkRestored ? Math.min(watermarkMs(), watermarkMs) : watermarkMs);
        watermarkRestored = true;
    }

    @Override
    public Runnable wakeUp() {
        return () -> waker.run();
    }

    /** By the host: what {@link #wakeUp} runs. */
    public void onWakeUp(Runnable waker) {
        this.waker = waker;
    }

    @Override
    public long restoredWatermarkMs() {
        return newestRestoredMs;
    }

    @Override
    public boolean isRestored() {
        return restored;
    }

    void restored() {
        restored = true;
    }
}
