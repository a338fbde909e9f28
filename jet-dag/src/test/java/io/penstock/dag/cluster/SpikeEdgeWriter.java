package io.penstock.dag.cluster;

import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.Watermark;
import io.penstock.dag.host.Receiver;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.plan.Exchange;
import io.penstock.grid.cluster.KeyPartitions;

/** The end of an operator tree: scatters rows over the processors of the vertex that reads them. */
final class SpikeEdgeWriter implements Receiver {

    private final SpikeOutlet outlet;
    private final int ordinal;
    private final Exchange exchange;
    private final Batch[] collected;
    private KeyPartitions partitions;
    private int[] ofMember;
    private int[] targetOfPartition;
    private int forwardTarget;
    private int row;

    SpikeEdgeWriter(SpikeOutlet outlet, int ordinal, Exchange exchange) {
        this.outlet = outlet;
        this.ordinal = ordinal;
        this.exchange = exchange;
        collected = new Batch[exchange.target().parallelism()];
        for (int i = 0; i < collected.length; i++) {
            collected[i] = new Batch();
        }
    }

    void open(Processor.Context context) {
        partitions = new KeyPartitions(context.hazelcastInstance());
        ofMember = context.memberPartitions();
        targetOfPartition = new int[context.hazelcastInstance().getPartitionService().getPartitions().size()];
        // As Jet does: see Processor.Context.processorPartitions(), against which the reader checks what it gets.
        for (int i = 0; i < ofMember.length; i++) {
            targetOfPartition[ofMember[i]] = i % collected.length;
        }
        forwardTarget = context.localProcessorIndex() % collected.length;
    }

    @Override
    public boolean accept(Batch batch) {
        for (; row < batch.size(); row++) {
            int target = exchange.input().isExchanged() ? ownerOf(batch.event(row)) : forwardTarget;
            if (collected[target].isFull() && !send(target)) {
                return false;
            }
            collected[target].add(batch.timeMs(row), batch.event(row));
        }
        row = 0;
        return true;
    }

    /** Where the key lives; a row without one goes to processor 0, whose operator gives it up as its stage says. */
    private int ownerOf(Object event) {
        try {
            Object key = exchange.input().keyFn().applyEx(event);
            return key == null ? 0 : targetOfPartition[partitions.of(key)];
        } catch (Exception e) {
            return 0;
        }
    }

    private boolean send(int target) {
        if (!outlet.offer(ordinal, new Rows(ofMember[target], 0, collected[target]))) {
            return false;
        }
        collected[target] = new Batch();
        return true;
    }

    private boolean sendCollected() {
        for (int target = 0; target < collected.length; target++) {
            if (!collected[target].isEmpty() && !send(target)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Each edge has watermarks of its own kind: within one kind Jet wants them to grow over all edges. The last one
     * stays here: Jet takes its number for "idle", and readers know the end by themselves.
     */
    @Override
    public boolean acceptWatermark(long watermarkMs) {
        return sendCollected()
                && (watermarkMs == Long.MAX_VALUE || outlet.offer(ordinal, new Watermark(watermarkMs, (byte) ordinal)));
    }

    /** Not done here: Jet has a message of its own for it, which the real host is to use. */
    @Override
    public boolean acceptIdle(boolean isIdle) {
        return true;
    }

    @Override
    public boolean acceptEnd() {
        return sendCollected();
    }

    @Override
    public boolean flushCollected() {
        return sendCollected() && outlet.drain();
    }
}
