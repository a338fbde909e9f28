package io.penstock.dag.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.dag.compile.LoopCompiler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The executions that run on a member, kept by the member itself. Thread-safe. */
final class MemberJobs {

    private static final String KEY = "io.penstock.jobs";

    private final Map<Long, MemberExecution> executions = new HashMap<>();
    private final LoopCompiler compiler = new LoopCompiler();

    private MemberJobs() {}

    /** Those of a member in this JVM. */
    static MemberJobs of(HazelcastInstance member) {
        return (MemberJobs) member.getUserContext().computeIfAbsent(KEY, ignored -> new MemberJobs());
    }

    /** The execution of that id, to be left as often as it was entered. */
    synchronized MemberExecution enter(long executionId, Supplier<MemberExecution> maker) {
        MemberExecution execution = executions.computeIfAbsent(executionId, ignored -> maker.get());
        execution.entered();
        return execution;
    }

    synchronized void remove(MemberExecution execution) {
        executions.values().remove(execution);
    }

    synchronized int count() {
        return executions.size();
    }

    /**
     * Makes the loops of jobs whose classes are the member's own, so that a job which begins again, or is submitted
     * again, finds them compiled.
     */
    LoopCompiler compiler() {
        return compiler;
    }

    /** All executions of a job here: one, or while it begins anew two. */
    synchronized List<MemberExecution> ofJob(long jobId) {
        return executions.values().stream().filter(execution -> execution.jobId() == jobId).toList();
    }
}
