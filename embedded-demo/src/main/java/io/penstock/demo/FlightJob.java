package io.penstock.demo;

import io.penstock.dag.Job;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Jobs;
import io.penstock.dag.Source;
import io.penstock.dag.StageMetrics;
import io.penstock.grid.Eviction;
import io.penstock.grid.Grid;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The pipeline at work, in a grid of its own that has the airports and the model. */
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

    private final Grid grid;
    private final Job job;
    private final double threshold = FlightModel.threshold();
    private final int threads;
    private final long startNs = System.nanoTime();
    private volatile long endNs;

    /** Opens a grid and starts the job. */
    FlightJob(Source<FlightEvent> source, int threads) {
        this(source, threads, FlightPipeline.SCORED_MAX);
    }

    /** @param scoredMax how many of the newest scored flights to keep */
    FlightJob(Source<FlightEvent> source, int threads, int scoredMax) {
        this.threads = threads;
        grid = Grid.embedded(config -> config.name("flights")
                .map(FlightPipeline.SCORED, map -> map.maxEntries(scoredMax).eviction(Eviction.INSERTION_ORDER))
                .map(FlightPipeline.SKIPPED, map -> map
                        .maxEntries(FlightPipeline.SKIPPED_MAX).eviction(Eviction.INSERTION_ORDER)));
        try {
            grid.map(FlightPipeline.AIRPORTS).putAll(Airport.read(InputFile.AIRPORTS));
            FlightModel.deploy(grid);
            job = Jobs.of(grid, options -> options.workers(threads))
                    .submit(FlightPipeline.create(source, threshold), options -> options.name("flights"));
        } catch (RuntimeException | Error e) {
            grid.close();
            throw e;
        }
        job.completion().whenComplete((ignored, failure) -> endNs = System.nanoTime());
    }

    Grid grid() {
        return grid;
    }

    Job job() {
        return job;
    }

    int threads() {
        return threads;
    }

    double threshold() {
        return threshold;
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

    Counts counts() {
        JobMetrics metrics = job.metrics();
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
        grid.close();
    }
}
