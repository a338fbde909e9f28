package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.JobMetrics;
import io.penstock.demo.FlightJob.Counts;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The whole sample with 1, 2 and 4 threads. */
class ThreadsIT {

    private static final int FLIGHTS = 300_000;

    private static final List<String> KEYED_STAGES =
            List.of("delays at origin", "delays at destination", "await outcome", "lateness");

    private record Run(RunResult result, JobMetrics metrics) {}

    private static Run run(int threads, int scoredMax) throws InterruptedException {
        try (FlightJob job = new FlightJob(FlightReader.source(InputFile.SAMPLE, false), threads,
                FlightJob.DEPLOY_AT, scoredMax)) {
            job.job().join();
            return new Run(RunResult.of(job), job.job().metrics());
        }
    }

    @Test
    void changeNothing() throws InterruptedException {
        RunResult one = run(1, FLIGHTS).result;
        assertEquals(new Counts(FLIGHTS, 2 * FLIGHTS, 0, 0, 0, FLIGHTS, Long.MAX_VALUE), one.counts());
        assertEquals(FLIGHTS, one.evaluation().count());
        assertEquals(FLIGHTS, one.scored().size());
        assertVersions(one);

        run(2, FLIGHTS).result.assertSameAs(one);
        Run four = run(4, FLIGHTS);
        four.result.assertSameAs(one);
        assertSpread(four.metrics);
    }

    /** Flight 225,001 departs at 18:16, as do the six before it. */
    private static void assertVersions(RunResult result) {
        long fromMs = result.scored().get(FlightJob.DEPLOY_AT).timeMs();
        result.scored().forEach((id, flight) -> assertEquals(flight.timeMs() >= fromMs ? 2 : 1, flight.modelVersion()));
        long firstAfter = result.scored().values().stream()
                .filter(flight -> flight.modelVersion() == 2).mapToLong(ScoredFlight::id).min().orElseThrow();
        assertEquals(firstAfter - 1, result.evaluation().before().count());
        assertEquals(FLIGHTS - firstAfter + 1, result.evaluation().after().count());
        assertTrue(firstAfter < FlightJob.DEPLOY_AT, "some flights depart in the same minute");
    }

    /** At least 3 of the 4 workers have taken rows at each of the stages whose keys are many. */
    private static void assertSpread(JobMetrics metrics) {
        for (String stage : KEYED_STAGES) {
            List<Long> rows = metrics.ofStage(stage).stream().map(worker -> worker.count("in")).toList();
            assertEquals(4, rows.size(), stage);
            assertTrue(rows.stream().filter(count -> count > 0).count() >= 3, () -> stage + ": rows by worker " + rows);
        }
    }

    @Test
    void leaveTheNewestHundredThousandInTheMap() throws InterruptedException {
        RunResult four = run(4, FlightPipeline.SCORED_MAX).result;
        assertEquals(
                LongStream.rangeClosed(FLIGHTS - FlightPipeline.SCORED_MAX + 1, FLIGHTS).boxed().toList(),
                four.scored().keySet().stream().sorted().toList());
    }
}
