package io.penstock.dag.cluster;

import com.hazelcast.jet.core.BroadcastKey;
import com.hazelcast.jet.core.Inbox;
import com.hazelcast.jet.core.Outbox;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.Watermark;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.penstock.dag.host.OperatorTree;
import io.penstock.dag.operator.StageException;
import io.penstock.dag.operator.StateEntry;
import io.penstock.grid.GridException;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Drives one operator tree. A call of the tree that answers false is made again in Jet's next call.
 *
 * <p><b>Progress.</b> Jet parks a thread whose processors seem to do nothing; so one that has worked says so.
 */
abstract sealed class TreeProcessor implements Processor permits SourceProcessor, ReaderProcessor {

    /** A call takes nothing new after this time. */
    private static final long CALL_NS_MAX = TimeUnit.MICROSECONDS.toNanos(300);

    final OperatorTree tree;
    final Outlet outlet;
    private final TreePart part;
    private long tickNs;
    private long lastTickNs;
    private boolean ticking;
    private long beganNs;
    private long nowNs;
    private long workReported;
    private final SavedInstances restored = new SavedInstances();
    private Iterator<OperatorTree.StageEntry> saving;
    /** What Jet has not taken yet; null for nothing. */
    private Object unsavedKey;
    private SavedValue unsavedValue;
    private String unsavedStage;
    private long savedCount;

    TreeProcessor(TreePart part) {
        this.part = part;
        tree = part.tree();
        outlet = part.outlet();
    }

    @Override
    public final boolean isCooperative() {
        return tree.isCooperative();
    }

    @Override
    public final void init(Outbox outbox, Context context) {
        call(() -> {
            outlet.open(outbox);
            tickNs = TimeUnit.MILLISECONDS.toNanos(tree.tickMs());
            lastTickNs = System.nanoTime() - tickNs; // the first tick tells operators what time it is
            part.execution().checkPartitions(context);
            return true;
        });
    }

    // ---- calls

    /** Makes a call of Jet's: says afterwards whether something was done, and turns failures into what can travel. */
    final boolean call(BooleanSupplier body) {
        try {
            outlet.beginCall();
            beganNs = System.nanoTime();
            nowNs = beganNs;
            boolean answer = body.getAsBoolean();
            reportWork();
            return answer;
        } catch (Throwable e) {
            throw part.execution().failure(e, part.probe().stage());
        } finally {
            part.probe().exit();
        }
    }

    private void reportWork() {
        long work = tree.work();
        if (work != workReported) {
            workReported = work;
            outlet.reportWork();
        }
    }

    final long nowNs() {
        return nowNs;
    }

    /** Between two items: whether the call has taken its time. */
    final boolean isTimeUp() {
        nowNs = System.nanoTime();
        return nowNs - beganNs >= CALL_NS_MAX;
    }

    /** What is due because of the time; false if it could not be finished, so that nothing else may begin. */
    final boolean doTimely() {
        for (EdgeWriter writer : part.writers()) {
            writer.sendDue(nowNs);
        }
        if (!ticking && tickNs > 0 && nowNs - lastTickNs >= tickNs) {
            ticking = true;
        }
        return finishTick();
    }

    private boolean finishTick() {
        if (ticking && tree.tick(TimeUnit.NANOSECONDS.toMillis(nowNs))) {
            ticking = false;
            lastTickNs = nowNs;
        }
        return !ticking;
    }

    /** Finishes what was begun, since that is in no snapshot; false if it could not. */
    abstract boolean finishBegun();


    /** Jet's own watermarks are not used. */
    @Override
    public final boolean tryProcessWatermark(Watermark watermark) {
        return true;
    }

    // ---- snapshots

    @Override
    public final boolean saveToSnapshot() {
        return call(this::save);
    }

    private boolean save() {
        if (saving == null) {
            if (!finishTick() || !finishBegun() || !tree.flushCollected()) {
                return false;
            }
            saving = tree.snapshot();
            savedCount = 0;
            unsavedStage = part.vertex();
            unsavedKey = SavedInstances.key(part.vertex(), part.instance());
            unsavedValue = new SavedValue(part.instanceCount());
        }
        while (unsavedKey != null || saving.hasNext()) {
            if (unsavedKey == null) {
                next(saving.next());
            }
            if (!offerToSnapshot()) {
                return false;
            }
            unsavedKey = null;
        }
        saving = null;
        return true;
    }

    private boolean offerToSnapshot() {
        try {
            return outlet.offerToSnapshot(unsavedKey, unsavedValue);
        } catch (HazelcastSerializationException | GridException e) {
            String reason = e.getCause() instanceof GridException known ? known.getMessage() : e.getMessage();
            throw new StageException(unsavedStage, "its state cannot be saved: " + reason, e);
        }
    }

    private void next(OperatorTree.StageEntry entry) {
        unsavedStage = entry.userStage();
        SavedKey key = new SavedKey(entry.stage(), part.instance(), savedCount++, entry.entry().key());
        unsavedKey = entry.keyed() ? key : BroadcastKey.broadcastKey(key);
        unsavedValue = new SavedValue(entry.entry().value());
    }

    @Override
    public final void restoreFromSnapshot(Inbox inbox) {
        call(() -> {
            for (Object item = inbox.poll(); item != null; item = inbox.poll()) {
                Map.Entry<?, ?> entry = (Map.Entry<?, ?>) item;
                Object own = entry.getKey() instanceof BroadcastKey<?> toAll ? toAll.key() : entry.getKey();
                SavedKey key = (SavedKey) own;
                Object value = ((SavedValue) entry.getValue()).value();
                if (!restored.restore(key, value)) {
                    tree.restoreSame(key.stage(), new StateEntry(key.key(), value));
                }
            }
            return true;
        });
    }

    @Override
    public final boolean finishSnapshotRestore() {
        return call(() -> {
            tree.restored();
            if (restored.isIncomplete()) {
                part.execution().nothingLeft();
                nothingLeft();
            }
            return true;
        });
    }

    /** The job has done all its work before. */
    abstract void nothingLeft();

    // ---- the end

    /** Closes the tree when all is done; what it throws then fails the job. */
    final boolean closed() {
        if (!part.execution().mayEnd()) {
            return false;
        }
        part.execution().close(part);
        return true;
    }

    @Override
    public final void close() {
        part.execution().close(part);
    }
}
