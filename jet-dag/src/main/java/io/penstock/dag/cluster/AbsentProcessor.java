package io.penstock.dag.cluster;

import com.hazelcast.jet.core.Inbox;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.Watermark;

/** A processor that Jet wants, but no instance of the plan: ends at once. */
final class AbsentProcessor implements Processor {

    @Override
    public void process(int ordinal, Inbox inbox) {
        throw new IllegalStateException("something was sent to a processor without an instance: members disagree about"
                + " where instances are");
    }

    /** Entries for all processors come here, too. */
    @Override
    public void restoreFromSnapshot(Inbox inbox) {
        inbox.clear();
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
