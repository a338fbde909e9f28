package io.penstock.dag.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.OperationTimeoutException;
import io.penstock.dag.StageMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Collects what the stages of a job have done from all members. Thread-safe. */
final class JobFigures {

    private static final String EXECUTOR = "penstock.jobs";

    private final HazelcastInstance hazelcast;
    private final Duration waitMax;

    JobFigures(HazelcastInstance hazelcast, Duration waitMax) {
        this.hazelcast = hazelcast;
        this.waitMax = waitMax;
    }

    /** Of the last execution: what members say that run it, and what was kept of those that have ended it. */
    List<StageMetrics> of(long jobId) {
        List<MemberFigures> known = new ArrayList<>(kept(jobId));
        known.addAll(asked(jobId));
        long last = known.stream()
                .max(Comparator.comparingLong(MemberFigures::startedMs))
                .map(MemberFigures::executionId)
                .orElse(0L);
        Map<Integer, MemberFigures> byMember = new HashMap<>();
        known.stream()
                .filter(figures -> figures.executionId() == last)
                .forEach(figures -> byMember.put(figures.member(), figures));
        return byMember.values().stream().flatMap(figures -> figures.stages().stream()).toList();
    }

    private List<MemberFigures> kept(long jobId) {
        try {
            return new KeptFigures(hazelcast).of(jobId);
        } catch (OperationTimeoutException e) { // a member hangs: better the others' figures than none
            return List.of();
        }
    }

    /** A member that leaves meanwhile, or does not answer in time, is left out. */
    private List<MemberFigures> asked(long jobId) {
        Map<Member, Future<ArrayList<MemberFigures>>> answers =
                hazelcast.getExecutorService(EXECUTOR).submitToAllMembers(new FiguresTask(jobId));
        List<MemberFigures> figures = new ArrayList<>();
        long endNs = System.nanoTime() + waitMax.toNanos();
        for (Future<ArrayList<MemberFigures>> answer : answers.values()) {
            try {
                figures.addAll(answer.get(Math.max(0, endNs - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (ExecutionException | TimeoutException e) {
                answer.cancel(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return figures;
            }
        }
        return figures;
    }
}
