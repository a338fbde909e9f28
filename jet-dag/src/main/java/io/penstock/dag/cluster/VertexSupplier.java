package io.penstock.dag.cluster;

import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorSupplier;
import java.util.Collection;
import java.util.List;

/**
 * Makes the processors of a vertex on one member. Operators are made and opened in {@link #init}, which may block, so
 * that a job that is said to run has opened all its stages.
 */
final class VertexSupplier implements ProcessorSupplier {

    private static final long serialVersionUID = 1L;

    private final String vertex;
    private final String mapPrefix;
    private final int workersPerMember;
    private final String member;
    private final long startedMs;
    private transient MemberExecution execution;
    private transient List<Processor> processors;

    /**
     * @param member the address of the one that this is for
     * @param startedMs when the execution began, by the clock of its coordinator
     */
    VertexSupplier(String vertex, String mapPrefix, int workersPerMember, String member, long startedMs) {
        this.vertex = vertex;
        this.mapPrefix = mapPrefix;
        this.workersPerMember = workersPerMember;
        this.member = member;
        this.startedMs = startedMs;
    }

    @Override
    public void init(Context context) {
        execution = MemberJobs.of(context.hazelcastInstance()).enter(context.executionId(), () ->
                new MemberExecution(context, mapPrefix, member, workersPerMember, startedMs));
        processors = execution.open(vertex);
    }

    @Override
    public Collection<? extends Processor> get(int count) {
        return processors;
    }

    @Override
    public void close(Throwable failure) {
        if (execution != null) {
            execution.leave();
        }
    }
}
