package io.penstock.dag.cluster;

import com.hazelcast.jet.core.BroadcastKey;
import com.hazelcast.jet.core.Inbox;
import com.hazelcast.jet.core.Outbox;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.Watermark;
import io.penstock.dag.host.OperatorTree;
import io.penstock.dag.operator.StateEntry;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Drives one operator tree. A call of the tree that answers false is made again in Jet's next call. */
final class SpikeTreeProcessor implements Processor {

    private enum State {
        FILL,
        LAST_WATERMARK,
        END,
        DRAIN,
        ENDED
    }

    private static final long FILL_NS_MAX = TimeUnit.MICROSECONDS.toNanos(500);

    private final OperatorTree tree;
    private final SpikeOutlet outlet;
    private final List<SpikeEdgeWriter> writers;
    private final long[] watermarksMs;
    private int[] partitions;
    private State state;
    private boolean underway;
    private boolean received;
    private long workReported;
    private Iterator<OperatorTree.StageEntry> saving;
    private OperatorTree.StageEntry unsaved;

    SpikeTreeProcessor(OperatorTree tree, SpikeOutlet outlet, List<SpikeEdgeWriter> writers, int inputCount) {
        this.tree = tree;
        this.outlet = outlet;
        this.writers = writers;
        state = inputCount == 0 ? State.FILL : State.LAST_WATERMARK;
        watermarksMs = new long[inputCount];
        Arrays.fill(watermarksMs, Long.MIN_VALUE);
    }

    @Override
    public boolean isCooperative() {
        return tree.isCooperative();
    }

    @Override
    public void init(Outbox outbox, Context context) {
        partitions = context.processorPartitions();
        outlet.open(outbox);
        writers.forEach(writer -> writer.open(context));
        tree.open();
    }

    @Override
    public boolean tryProcess() {
        outlet.beginCall();
        boolean isIdle = !received;
        received = false;
        return !isIdle || tree.flushCollected();
    }

    @Override
    public void process(int ordinal, Inbox inbox) {
        outlet.beginCall();
        received = true;
        for (Rows rows = (Rows) inbox.peek(); rows != null; rows = (Rows) inbox.peek()) {
            checkIsOwn(rows.partition());
            if (!tree.accept(ordinal, rows.batch())) {
                break;
            }
            inbox.remove();
        }
        reportWork();
    }

    /** Jet has coalesced the senders of one input; the inputs are coalesced here. */
    @Override
    public boolean tryProcessWatermark(int ordinal, Watermark watermark) {
        return acceptWatermark(ordinal, watermark.timestamp());
    }

    @Override
    public boolean tryProcessWatermark(Watermark watermark) {
        return true;
    }

    @Override
    public boolean completeEdge(int ordinal) {
        return acceptWatermark(ordinal, Long.MAX_VALUE);
    }

    private boolean acceptWatermark(int ordinal, long watermarkMs) {
        outlet.beginCall();
        watermarksMs[ordinal] = watermarkMs;
        long oldestMs = Arrays.stream(watermarksMs).min().orElseThrow();
        boolean done = oldestMs == Long.MAX_VALUE || tree.acceptWatermark(oldestMs);
        reportWork();
        return done;
    }

    @Override
    public boolean complete() {
        outlet.beginCall();
        long beganNs = System.nanoTime();
        boolean more = true;
        while (more && state != State.ENDED && System.nanoTime() - beganNs < FILL_NS_MAX) {
            more = step();
        }
        reportWork();
        return state == State.ENDED;
    }

    /** Makes a step towards the end; false if Jet is to call again. */
    private boolean step() {
        State next = switch (state) {
            case FILL -> fill();
            case LAST_WATERMARK -> tree.acceptWatermark(Long.MAX_VALUE) ? State.END : null;
            case END -> tree.acceptEnd() ? State.DRAIN : null;
            case DRAIN -> outlet.drain() ? State.ENDED : null;
            case ENDED -> throw new IllegalStateException("a processor was stepped after its end");
        };
        underway = next == null;
        state = underway ? state : next;
        return !underway;
    }

    private State fill() {
        long before = tree.work();
        if (!tree.fill()) {
            return null;
        }
        if (!tree.isSourceEnded() && tree.work() == before) {
            tree.flushCollected();
        }
        return tree.isSourceEnded() ? State.LAST_WATERMARK : State.FILL;
    }

    /** First finishes what {@link #complete} has begun, since that is in no snapshot. */
    @Override
    public boolean saveToSnapshot() {
        outlet.beginCall();
        if (saving == null) {
            if (underway && !step() || !tree.flushCollected()) {
                reportWork();
                return false;
            }
            saving = tree.snapshot();
        }
        while (unsaved != null || saving.hasNext()) {
            unsaved = unsaved != null ? unsaved : saving.next();
            SavedKey key = new SavedKey(unsaved.stage(), 0, 0, unsaved.entry().key());
            SavedValue value = new SavedValue(unsaved.entry().value());
            if (!outlet.offerToSnapshot(unsaved.keyed() ? key : BroadcastKey.broadcastKey(key), value)) {
                return false;
            }
            unsaved = null;
        }
        saving = null;
        return true;
    }

    @Override
    public void restoreFromSnapshot(Inbox inbox) {
        for (Object item = inbox.poll(); item != null; item = inbox.poll()) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) item;
            SavedKey key = (SavedKey) (entry.getKey() instanceof BroadcastKey<?> toAll ? toAll.key() : entry.getKey());
            tree.restoreSame(key.stage(), new StateEntry(key.key(), ((SavedValue) entry.getValue()).value()));
        }
    }

    @Override
    public boolean finishSnapshotRestore() {
        tree.restored();
        return true;
    }

    @Override
    public void close() {
        tree.close();
    }

    private void reportWork() {
        long work = tree.work();
        if (work != workReported) {
            workReported = work;
            outlet.reportWork();
        }
    }

    private void checkIsOwn(int partition) {
        if (Arrays.binarySearch(partitions, partition) < 0) {
            throw new IllegalStateException(
                    "rows for partition " + partition + " came to the processor of " + Arrays.toString(partitions));
        }
    }
}
