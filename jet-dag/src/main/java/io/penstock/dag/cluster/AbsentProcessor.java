package io.penstock.dag.cluster;

import com.hazelcast.jet.core.BroadcastKey;
import com.hazelcast.jet.core.Inbox;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.Watermark;
import java.util.Map;

/** A processor that Jet wants, but no instance of the plan: ends at once. */
final class AbsentProcessor implements Processor {

    private final MemberExecution execution;
    private final SavedInstances restored = new SavedInstances();

    AbsentProcessor(MemberExecution execution) {
        this.execution = execution;
    }

    @Override
    public void process(int ordinal, Inbox inbox) {
        throw new IllegalStateException("something was sent to a processor without an instance: members disagree about"
                + " where instances are");
    }

    /** Entries for all processors come here, too. */
    @Override
    public void restoreFromSnapshot(Inbox inbox) {
        for (Object item = inbox.poll(); item != null; item = inbox.poll()) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) item;
            if (entry.getKey() instanceof BroadcastKey<?> toAll) {
                restored.restore((SavedKey) toAll.key(), ((SavedValue) entry.getValue()).value());
            }
        }
    }

    @Override
    public boolean finishSnapshotRestore() {
        if (restored.isIncomplete()) {
            execution.nothingLeft();
        }
        return true;
    }

    /** Nobody sends any. */
    @Override
    public boolean tryProcessWatermark(Watermark watermark) {
        return true;
    }

    @Override
    public boolean closeIsCooperative() {
        return true;
    }
}
