package io.penstock.dag.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.map.IMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the members had done in the last execution of each job when they ended it, for those who ask later. */
final class KeptFigures {

    private static final String MAP = "penstock.jobs.figures";
    /** For so long they are kept, as Jet keeps the results of jobs. */
    private static final long KEPT_DAYS = 7;

    private final IMap<Long, ArrayList<MemberFigures>> byJob;

    KeptFigures(HazelcastInstance hazelcast) {
        byJob = hazelcast.getMap(MAP);
    }

    /** Blocks until the cluster has them. */
    void keep(long jobId, MemberFigures figures) {
        byJob.executeOnKey(jobId, new Keep(figures));
    }

    /** Those of the last execution that has ended on some member; empty if there was none. */
    List<MemberFigures> of(long jobId) {
        List<MemberFigures> kept = byJob.get(jobId);
        return kept == null ? List.of() : kept;
    }

    /** Adds to the figures of the same execution, and takes the place of those of an earlier one. */
    private record Keep(MemberFigures figures) implements EntryProcessor<Long, ArrayList<MemberFigures>, Void> {

        @Override
        public Void process(Map.Entry<Long, ArrayList<MemberFigures>> entry) {
            ArrayList<MemberFigures> kept = entry.getValue() == null ? new ArrayList<>() : entry.getValue();
            boolean isLast = kept.stream().allMatch(other ->
                    other.executionId() == figures.executionId() || other.startedMs() < figures.startedMs());
            if (!isLast) {
                return null;
            }
            kept.removeIf(other ->
                    other.executionId() != figures.executionId() || other.member() == figures.member());
            kept.add(figures);
            ((ExtendedMapEntry<Long, ArrayList<MemberFigures>>) entry).setValue(kept, KEPT_DAYS, TimeUnit.DAYS);
            return null;
        }
    }
}
