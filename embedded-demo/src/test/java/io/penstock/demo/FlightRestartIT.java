package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.penstock.dag.Guarantee;
import io.penstock.dag.Job;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Jobs;
import io.penstock.grid.Grid;
import io.penstock.infer.ModelInfo;
import io.penstock.infer.Models;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job, stopped in the middle, gives what it gives without, record for record. */
@Timeout(120)
class FlightRestartIT {

    private static final int FLIGHTS = 30_000;
    private static final long DEPLOY_AT = 15_000;
    private static final int THREADS = 2;

    @TempDir
    private Path folder;

    /** All that the job leaves behind. */
    private record Results(
            Evaluation evaluation,
            Map<Long, ScoredFlight> scored,
            Map<String, AirportLateness> lateness,
            Map<Long, SkippedRow> skipped,
            List<ModelInfo> models,
            long departures,
            long outcomes,
            long evaluated) {

        static Results of(Grid grid, Job job) {
            return new Results(
                    grid.map(FlightPipeline.EVALUATION).get(FlightPipeline.ALL_FLIGHTS),
                    Map.copyOf(grid.map(FlightPipeline.SCORED)),
                    Map.copyOf(grid.map(FlightPipeline.LATENESS)),
                    Map.copyOf(grid.map(FlightPipeline.SKIPPED)),
                    Models.of(grid).list(),
                    job.metrics().eventsOut("departures"),
                    job.metrics().eventsOut("outcomes"),
                    job.metrics().eventsOut("evaluate"));
        }
    }

    /** What happens to a job when so many flights have departed. */
    private interface Stop {
        void at(Job job) throws InterruptedException;
    }

    private Results run(InputFile file, List<Long> moments, Stop stop) throws InterruptedException {
        try (Grid grid = Grid.embedded(config -> config.name("flights"))) {
            grid.map(FlightPipeline.AIRPORTS).putAll(Airport.read(InputFile.AIRPORTS));
            FlightModel.deployFirst(grid);
            Job job = Jobs.of(grid, options -> options.workers(THREADS)).submit(
                    FlightPipeline.create(FlightReader.source(file, true), DEPLOY_AT),
                    options -> options.name("flights").guarantee(Guarantee.EXACTLY_ONCE));
            for (long moment : moments) {
                awaitDepartures(job, moment);
                stop.at(job);
            }
            job.join();
            return Results.of(grid, job);
        }
    }

    private static void awaitDepartures(Job job, long count) {
        while (job.metrics().eventsOut("departures") < count) {
            assertFalse(job.status().isEnd(), "the job ended before it was stopped");
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
    }

    /** Before and after the second model is deployed, and again and again. */
    @Test
    void aSuspendedJobGoesOnWithEveryRecord() throws Exception {
        List<String> lines = new ArrayList<>(TestFiles.sampleLines(FLIGHTS));
        lines.set(100, "no flight");
        lines.set(20_000, "none either");
        InputFile file = TestFiles.plain(folder, lines);
        Results whole = run(file, List.of(), job -> { });
        assertEquals(FLIGHTS - 2, whole.evaluation.count());
        assertEquals(2, whole.models.size());
        Results inParts = run(file, List.of(1L, 4_000L, 12_000L, 15_500L, 22_000L), job -> {
            job.suspend();
            assertEquals(JobStatus.SUSPENDED, job.status());
            job.resume();
        });
        assertEquals(whole, inParts);
    }

    @Test
    void aRestartedJobGoesOnWithEveryRecord() throws Exception {
        InputFile file = TestFiles.plain(folder, TestFiles.sampleLines(FLIGHTS));
        assertEquals(run(file, List.of(), job -> { }), run(file, List.of(2_000L, 14_990L, 18_000L), Job::restart));
    }
}
