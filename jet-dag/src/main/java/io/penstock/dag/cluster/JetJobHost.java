package io.penstock.dag.cluster;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.jet.JetException;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.JobAlreadyExistsException;
import io.penstock.dag.Guarantee;
import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.host.JobHost;
import io.penstock.dag.host.JobRequest;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.PlanMessage;
import io.penstock.grid.Grid;
import io.penstock.grid.cluster.ClusterLink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends jobs to the members of the grid's cluster, of which this JVM is one or a client. Starts no threads. */
final class JetJobHost implements JobHost {

    private final Grid grid;
    private final ClusterLink link;
    private final int workersPerMember;
    private final JobFigures figures;
    private final JobNames names;

    JetJobHost(Grid grid, int workersPerMember) {
        this.grid = grid;
        this.workersPerMember = workersPerMember;
        link = ClusterLink.of(grid);
        figures = new JobFigures(link.hazelcast(), link.callTimeout());
        names = new JobNames(link.hazelcast());
    }

    // ---- start

    @Override
    public Job start(JobRequest request) {
        String name = request.name();
        PlanMessage message = PlanMessage.of(
                request.plan(), ref -> grid.map(ref).entryCount(), request.isInterpreted(), request.copiedEntriesMax(),
                request.guarantee());
        Plan plan = message.plan();
        PlanOutline outline = PlanOutline.of(plan);
        JobConfig config = config(request)
                .setArgument(JobArguments.PLAN, message.toBytes())
                .setArgument(JobArguments.OUTLINE, outline.toBytes());
        com.hazelcast.jet.Job submitted = submit(name, plan, config);
        ClusterJob job = new ClusterJob(
                hazelcast(), name, request.guarantee(), submitted, outline, figures);
        return answered(name, "it may have been started; look for it with Jobs.of(grid).job(\"" + name + "\")", () -> {
            try {
                names.add(link.mapPrefix() + name, submitted);
                job.awaitRunning();
                return job;
            } catch (InterruptedException e) {
                submitted.cancel();
                Thread.currentThread().interrupt();
                throw new JobException(name, null, "was cancelled: the thread was interrupted that started it", e);
            }
        });
    }

    private JobConfig config(JobRequest request) {
        JobConfig config = new JobConfig()
                .setName(link.mapPrefix() + request.name())
                .setMetricsEnabled(false)
                .setProcessingGuarantee(guarantee(request.guarantee()))
                .setSnapshotIntervalMillis(request.snapshotInterval().toMillis())
                .setArgument(JobArguments.NAME, request.name())
                .setArgument(JobArguments.PREFIX, link.mapPrefix());
        WireSerializers.register(config);
        if (!request.classes().isEmpty()) { // looking for nested ones, Jet reads the whole class path
            config.addClass(request.classes().toArray(Class<?>[]::new));
        }
        for (Path jar : request.jars()) {
            config.addJar(jar.toFile());
        }
        return config;
    }

    private static ProcessingGuarantee guarantee(Guarantee guarantee) {
        return switch (guarantee) {
            case NONE -> ProcessingGuarantee.NONE;
            case AT_LEAST_ONCE -> ProcessingGuarantee.AT_LEAST_ONCE;
            case EXACTLY_ONCE -> ProcessingGuarantee.EXACTLY_ONCE;
        };
    }

    private com.hazelcast.jet.Job submit(String name, Plan plan, JobConfig config) {
        return answered(name, "it was probably not started", () -> {
            try {
                return hazelcast().getJet().newJob(JetDag.of(plan, link.mapPrefix(), workersPerMember), config);
            } catch (JobAlreadyExistsException e) {
                throw new IllegalStateException("job '" + name + "' runs already on grid '" + grid.name()
                        + "'; cancel it first, or give the new one another name", e);
            } catch (JetException e) {
                throw new JobException(name, null, "the cluster refuses it: " + e.getMessage(), e);
            }
        });
    }

    private HazelcastInstance hazelcast() {
        return link.hazelcast();
    }

    /** Makes a call that the cluster has to answer. */
    private <T> T answered(String name, String otherwise, Supplier<T> call) {
        try {
            return call.get();
        } catch (OperationTimeoutException | HazelcastClientOfflineException e) {
            throw new JobException(name, null, "cluster '" + link.clusterName() + "' did not answer within "
                    + link.callTimeout().toMillis() + " ms: " + otherwise, e);
        } catch (HazelcastInstanceNotActiveException | HazelcastClientNotActiveException e) {
            throw new JobException(name, null, "grid '" + grid.name() + "' is closed: " + otherwise, e);
        }
    }

    // ---- find

    @Override
    public Optional<Job> find(String name) {
        return Optional.ofNullable(names.find(link.mapPrefix() + name))
                .flatMap(this::own)
                .filter(job -> job.name().equals(name));
    }

    @Override
    public List<Job> jobs() {
        List<Job> live = new ArrayList<>();
        for (com.hazelcast.jet.Job job : names.all()) {
            if (!job.getStatus().isTerminal()) {
                own(job).ifPresent(live::add);
            }
        }
        live.sort(Comparator.comparing(Job::name));
        return live;
    }

    /** The job, if a grid with the same prefix has submitted it. */
    private Optional<Job> own(com.hazelcast.jet.Job job) {
        JobConfig config = job.getConfig();
        String name = config.getArgument(JobArguments.NAME);
        if (name == null || !link.mapPrefix().equals(config.getArgument(JobArguments.PREFIX))) {
            return Optional.empty();
        }
        return Optional.of(new ClusterJob(
                hazelcast(), name, Guarantee.valueOf(config.getProcessingGuarantee().name()), job,
                PlanOutline.read(config.getArgument(JobArguments.OUTLINE)), figures));
    }

    /** The jobs go on. */
    @Override
    public void close() {}
}
