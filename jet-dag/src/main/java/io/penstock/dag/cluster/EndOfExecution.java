package io.penstock.dag.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.map.IMap;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether all members of an execution have done all their work.
 *
 * <p>What a processor keeps is in no snapshot once Jet knows that it has ended, though others of its job go on. So in a
 * job with snapshots processors do not say so before all have done their work; until then each snapshot has what they
 * counted, and where their sources ended.
 *
 * <p>Thread-safe; never blocks.
 */
final class EndOfExecution {

    private static final String MAP = "penstock.jobs.ends";
    private static final long ASK_NS_MIN = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long ASK_NS_MAX = TimeUnit.MILLISECONDS.toNanos(200);
    /** What is not asked for again is forgotten. */
    private static final long KEPT_MINUTES = 10;

    private final HazelcastInstance hazelcast;
    private final long executionId;
    private final int member;
    private final int memberCount;
    private volatile boolean over;
    private CompletableFuture<Boolean> asked;
    private long askedNs;
    private long askNs = ASK_NS_MIN;

    /**
     * @param member the number of this one
     * @param memberCount how many take part in the execution
     */
    EndOfExecution(HazelcastInstance hazelcast, long executionId, int member, int memberCount) {
        this.hazelcast = hazelcast;
        this.executionId = executionId;
        this.member = member;
        this.memberCount = memberCount;
    }

    /** By a member that has done all its work, again and again, so that others learn of it: whether all have. */
    boolean isOver() {
        if (!over) {
            over = memberCount == 1 || haveAllEnded();
        }
        return over;
    }

    private synchronized boolean haveAllEnded() {
        long nowNs = System.nanoTime();
        if (asked == null) {
            if (askedNs == 0 || nowNs - askedNs >= askNs) {
                IMap<Long, BitSet> ends = hazelcast.getMap(MAP);
                asked = ends.submitToKey(executionId, new Ended(member, memberCount)).toCompletableFuture();
                askedNs = nowNs;
            }
            return false;
        }
        if (!asked.isDone()) {
            return false;
        }
        boolean all = !asked.isCompletedExceptionally() && asked.join(); // else asked again: this member may be leaving
        asked = null;
        askNs = Math.min(ASK_NS_MAX, 2 * askNs);
        return all;
    }

    /** Notes that a member has done its work; answers whether all have. */
    private record Ended(int member, int memberCount) implements EntryProcessor<Long, BitSet, Boolean> {

        @Override
        public Boolean process(Map.Entry<Long, BitSet> entry) {
            BitSet ended = entry.getValue() == null ? new BitSet() : entry.getValue();
            ended.set(member);
            ((ExtendedMapEntry<Long, BitSet>) entry).setValue(ended, KEPT_MINUTES, TimeUnit.MINUTES);
            return ended.cardinality() == memberCount;
        }
    }
}
