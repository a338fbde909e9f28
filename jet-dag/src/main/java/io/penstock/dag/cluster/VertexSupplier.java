package io.penstock.dag.cluster;

import com.hazelcast.jet.RestartableException;
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
    /** Guarded by this, as the next. */
    private transient boolean isOpening;
    private transient boolean isClosed;

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

    /**
     * @throws RestartableException if Jet has closed this meanwhile, as it does when a member is lost: it has thrown the
     *     job's class loaders away then, and would take it for a fault if this went on
     */
    @Override
    public void init(Context context) {
        begin();
        try {
            execution = MemberJobs.of(context.hazelcastInstance()).enter(context.executionId(), () ->
                    new MemberExecution(context, mapPrefix, member, workersPerMember, startedMs));
            processors = execution.open(vertex);
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        refuseIfClosed();
        isOpening = true;
    }

    private void end() {
        boolean leaves;
        synchronized (this) {
            isOpening = false;
            leaves = isClosed;
        }
        if (leaves) {
            leave();
            refuseIfClosed();
        }
    }

    private synchronized void refuseIfClosed() {
        if (isClosed) {
            throw new RestartableException("a member was lost while vertex '" + vertex + "' was opened on " + member);
        }
    }

    @Override
    public Collection<? extends Processor> get(int count) {
        return processors;
    }

    /** Called while another thread is in {@link #init}, which then closes what it has opened, or even before. */
    @Override
    public void close(Throwable failure) {
        synchronized (this) {
            isClosed = true;
            if (isOpening) {
                return;
            }
        }
        leave();
    }

    private void leave() {
        if (execution != null) {
            execution.leave();
        }
    }
}
