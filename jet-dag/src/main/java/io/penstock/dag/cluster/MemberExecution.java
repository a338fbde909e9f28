package io.penstock.dag.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.RestartableException;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorSupplier;
import io.penstock.dag.host.JobMeters;
import io.penstock.dag.host.StageContext;
import io.penstock.grid.Grid;
import io.penstock.grid.GridException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution of a job, as a member has it: shared by its vertices, each of which enters it, opens, and leaves it.
 *
 * <p>Thread-safe.
 */
final class MemberExecution {

    private static final Logger LOG = LoggerFactory.getLogger(MemberExecution.class);

    private final ProcessorSupplier.Context context;
    private final HazelcastInstance hazelcast;
    private final String mapPrefix;
    private final String member;
    private final int workersPerMember;
    private final long startedMs;
    private final List<TreePart> open = new ArrayList<>();
    private final List<StageContext> stages = new ArrayList<>();
    private final AtomicInteger entered = new AtomicInteger();
    private final Object planning = new Object();
    private int openedVertices;
    /** Null until the first vertex opens. */
    private volatile MemberPlan plan;
    private volatile EndOfExecution end;
    private volatile boolean hadEnded;
    /** How many trees here have work to do. */
    private final AtomicInteger working = new AtomicInteger();
    /** Null until the last vertex has opened; guarded by this. */
    private JobMeters meters;

    /**
     * @param member the address of this one
     * @param startedMs when the execution began, by the clock of its coordinator
     */
    MemberExecution(
            ProcessorSupplier.Context context, String mapPrefix, String member, int workersPerMember, long startedMs) {
        this.context = context;
        hazelcast = context.hazelcastInstance();
        this.mapPrefix = mapPrefix;
        this.member = member;
        this.workersPerMember = workersPerMember;
        this.startedMs = startedMs;
    }

    long jobId() {
        return context.jobId();
    }

    void entered() {
        entered.incrementAndGet();
    }

    /** Makes and opens the instances of a vertex that are on this member; answers all processors that Jet wants. */
    List<Processor> open(String vertex) {
        try {
            MemberPlan here = plan();
            List<Processor> processors = new ArrayList<>();
            for (int local = 0; local < here.layout().processorsPerMember(vertex); local++) {
                TreePart part = here.part(this, vertex, local);
                if (part != null) {
                    opened(part);
                }
                processors.add(part == null ? new AbsentProcessor(this)
                        : part.isSource() ? new SourceProcessor(part) : new ReaderProcessor(part));
            }
            openedVertex();
            return processors;
        } catch (Throwable e) {
            throw failure(e, null, true);
        }
    }

    /** The first vertex plans, others wait. */
    private MemberPlan plan() throws InterruptedException {
        synchronized (planning) {
            if (plan == null) {
                MemberPlan made = MemberPlan.make(context, mapPrefix, member, workersPerMember);
                end = new EndOfExecution(hazelcast, context.executionId(), made.member(), context.memberCount());
                plan = made;
            }
            return plan;
        }
    }

    private void opened(TreePart part) {
        synchronized (this) {
            working.incrementAndGet();
            open.add(part); // before it is open: what has been opened of it is to be closed
            stages.addAll(part.tree().contexts());
        }
        part.tree().open();
    }

    private synchronized void openedVertex() {
        if (++openedVertices == plan.plan().vertices().size()) {
            meters = new JobMeters(plan.grid(), plan.job(), stages, List.of());
        }
    }

    /** Compares what Jet sends to a processor with where the layout has the keys. */
    void checkPartitions(Processor.Context processor) {
        String vertex = processor.vertexName();
        int instance = plan.layout().instanceAt(vertex, plan.member(), processor.localProcessorIndex());
        int[] instances = plan.layout().instancesOfPartitions(vertex);
        int[] own = IntStream.range(0, instances.length).filter(p -> instances[p] == instance).toArray();
        if (!Arrays.equals(own, processor.processorPartitions())) {
            throw new IllegalStateException("vertex '" + vertex + "' on member " + member + ": Jet gives processor "
                    + processor.localProcessorIndex() + " the partitions "
                    + Arrays.toString(processor.processorPartitions()) + ", not " + Arrays.toString(own));
        }
    }

    /** By a processor whose tree has done all, once. */
    void ended() {
        working.decrementAndGet();
    }

    /** Whether a processor whose tree has ended may say so to Jet. */
    boolean mayEnd() {
        return context.processingGuarantee() == ProcessingGuarantee.NONE || working.get() == 0 && end.isOver();
    }

    /**
     * What a failure is to Jet: a reason to begin again elsewhere if this member leaves, the end of the job otherwise.
     *
     * @param at the stage that was called; null if none was
     */
    RuntimeException failure(Throwable failure, StageContext at) {
        return failure(failure, at, false);
    }

    private RuntimeException failure(Throwable failure, StageContext at, boolean isAtStart) {
        if (failure instanceof MemberFailure || failure instanceof RestartableException) {
            return (RuntimeException) failure;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (isLeaving()) {
            return new RestartableException("member " + member + " closes its grid");
        }
        GridException.Code code = gridCode(failure);
        boolean goesOn = context.processingGuarantee() != ProcessingGuarantee.NONE;
        if (goesOn && (code == GridException.Code.UNAVAILABLE || code == GridException.Code.OUTCOME_UNKNOWN)) {
            LOG.warn("job '{}' begins again from its last snapshot: {}", plan.job(), failure.getMessage(), failure);
            return new RestartableException("on member " + member + ": " + failure.getMessage());
        }
        return MemberFailure.of(failure, at == null ? null : at.stage(), member, isAtStart);
    }

    private boolean isLeaving() {
        Grid grid = plan == null ? null : plan.grid();
        return grid != null && grid.isClosed() || !hazelcast.getLifecycleService().isRunning();
    }

    private static GridException.Code gridCode(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GridException grid) {
                return grid.code();
            }
        }
        return null;
    }

    /** Closes the operators of an instance, once; what they throw fails the job if it still runs. */
    void close(TreePart part) {
        boolean isOpen;
        synchronized (this) {
            isOpen = open.remove(part);
        }
        if (isOpen) {
            part.tree().close();
        }
    }

    /** By a vertex that has closed; with the last one all ends. */
    void leave() {
        if (entered.decrementAndGet() > 0) {
            return;
        }
        List<TreePart> left;
        synchronized (this) {
            left = List.copyOf(open);
        }
        for (TreePart part : left) {
            try {
                close(part);
            } catch (RuntimeException e) {
                LOG.warn("job '{}': {}", plan.job(), e.getMessage(), e);
            }
        }
        MemberFigures last = figures();
        if (last != null) {
            keep(last);
        }
        closeMeters();
        MemberJobs.of(hazelcast).remove(this);
    }

    /** By a processor that finds that the job had done all before this execution, whose own figures are of no use. */
    void nothingLeft() {
        hadEnded = true;
    }

    /** What the stages have done here so far; null as long as they are not open. */
    synchronized MemberFigures figures() {
        return meters == null || hadEnded ? null : new MemberFigures(
                plan.member(), context.executionId(), startedMs, meters.metrics().stages());
    }

    private synchronized void closeMeters() {
        if (meters != null) {
            meters.close();
        }
    }

    private void keep(MemberFigures last) {
        try {
            new KeptFigures(hazelcast).keep(context.jobId(), last);
        } catch (RuntimeException e) { // the member leaves, or is cut off: nobody needs to know more than that
            LOG.debug("job '{}': what it has done on this member is not kept", plan.job(), e);
        }
    }
}
