package io.penstock.demo;

import io.penstock.dag.Guarantee;
import io.penstock.dag.Job;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.JobOptions;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Jobs;
import io.penstock.dag.Source;
import io.penstock.dag.StageMetrics;
import io.penstock.grid.Grid;
import io.penstock.infer.ModelInfo;
import io.penstock.infer.Models;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The pipeline at work, beside the maps of a grid that has the airports and the model. */
final class FlightJob implements AutoCloseable {

    /**
     * What the job has done so far.
     *
     * @param events departures and outcomes that were read
     * @param eventTimeMs all outcomes before it are evaluated; {@link Long#MIN_VALUE} before the first, {@link
     *     Long#MAX_VALUE} at the end
     */
    record Counts(
            long flights,
            long events,
            long skippedRows,
            long notFound,
            long notScored,
            long scored,
            long eventTimeMs) {}

    /** Half of the flights that come with the demo and were not trained on are scored before, half of them after. */
    static final long DEPLOY_AT = 225_001;

    /** What a lost member has done since is done again by the others. */
    private static final Duration SNAPSHOT_INTERVAL = Duration.ofSeconds(1);

    private final Grid grid;
    private final Job job;
    private final int members;
    private final int threads;
    private final long startNs = System.nanoTime();
    private volatile long endNs;
    private volatile Counts counts = new Counts(0, 0, 0, 0, 0, 0, Long.MIN_VALUE);

    /** Opens a grid and starts the job; version 2 of the model takes over at {@link #DEPLOY_AT}. */
    FlightJob(Source<FlightEvent> source, int threads) {
        this(source, threads, DEPLOY_AT, FlightPipeline.SCORED_MAX);
    }

    /**
     * @param deployAt the flight, by its row number, from whose event time on version 2 of the model scores
     * @param scoredMax how many of the newest scored flights to keep
     */
    FlightJob(Source<FlightEvent> source, int threads, long deployAt, int scoredMax) {
        this(FlightGrid.embedded(scoredMax), 0, source, threads, deployAt, options -> {});
    }

    private FlightJob(Grid grid, int members, Source<FlightEvent> source, int threads, long deployAt,
            Consumer<JobOptions> settings) {
        this.grid = grid;
        this.members = members;
        this.threads = threads;
        try {
            grid.map(FlightPipeline.AIRPORTS).putAll(Airport.read(InputFile.AIRPORTS));
            FlightModel.deployFirst(grid);
            job = Jobs.of(grid, options -> options.workers(threads)).submit(
                    FlightPipeline.create(source, deployAt), settings.andThen(options -> options.name("flights")));
        } catch (RuntimeException | Error e) {
            grid.close();
            throw e;
        }
        job.completion().whenComplete((ignored, failure) -> endNs = System.nanoTime());
    }

    /**
     * Starts the job on the members of a cluster, exactly once.
     *
     * @param client closed with the job, or if it cannot be started
     * @param threads of each member
     */
    static FlightJob onCluster(Grid client, Source<FlightEvent> source, int threads, long deployAt) {
        return new FlightJob(client, client.members().size(), source, threads, deployAt, options -> options
                .guarantee(Guarantee.EXACTLY_ONCE).snapshotInterval(SNAPSHOT_INTERVAL));
    }

    Grid grid() {
        return grid;
    }

    Job job() {
        return job;
    }

    /** How many members the job was started on; 0 if it runs in this JVM. */
    int members() {
        return members;
    }

    /** Of each member, or of this JVM. */
    int threads() {
        return threads;
    }

    /** The event time from which on version 2 of the model scores; empty as long as it is not deployed. */
    OptionalLong deployedFromMs() {
        return Models.of(grid).list().stream()
                .filter(model -> model.name().equals(FlightModel.NAME) && model.isFromATime())
                .mapToLong(ModelInfo::fromMs)
                .findFirst();
    }

    /** From the start to the end, or to now. */
    double seconds() {
        return ((endNs != 0 ? endNs : System.nanoTime()) - startNs) / 1e9;
    }

    boolean isCancelled() {
        return job.status() == JobStatus.CANCELLED;
    }

    /**
     * Waits until the job has ended, by itself or because it was cancelled, but not longer than told.
     *
     * @return whether it has ended
     * @throws io.penstock.dag.JobException if it failed
     */
    boolean await(long timeoutMs) throws InterruptedException {
        CompletableFuture<Void> ended = job.completion().toCompletableFuture();
        try {
            ended.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (!isCancelled()) {
                job.join();
            }
        }
        return true;
    }

    /** Those of the whole job; as long as the member that reads is lost, those before. */
    Counts counts() {
        JobMetrics metrics = job.metrics();
        if (!metrics.ofStage("departures").isEmpty()) {
            counts = counts(metrics);
        }
        return counts;
    }

    private static Counts counts(JobMetrics metrics) {
        long flights = metrics.eventsOut("departures");
        long eventTimeMs = metrics.ofStage("evaluate").stream()
                .mapToLong(StageMetrics::watermarkMs).min().orElse(Long.MIN_VALUE);
        return new Counts(
                flights,
                flights + metrics.eventsOut("outcomes"),
                metrics.eventsOut("skipped rows"),
                metrics.eventsOut(FlightPipeline.UNKNOWN_AIRPORT.name()),
                metrics.eventsOut(FlightPipeline.NOT_SCORED.name()),
                metrics.eventsOut("score"),
                eventTimeMs);
    }

    Evaluation evaluation() {
        return grid.map(FlightPipeline.EVALUATION).getOrDefault(FlightPipeline.ALL_FLIGHTS, Evaluation.NONE);
    }

    Map<String, AirportLateness> lateness() {
        return grid.map(FlightPipeline.LATENESS);
    }

    /** Cancels the job if it still runs. */
    @Override
    public void close() {
        try {
            if (endNs == 0) {
                job.cancel(); // on a cluster it would go on without this grid
            }
        } finally {
            grid.close();
        }
    }
}
