package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.JobMetrics;
import io.penstock.demo.FlightJob.Counts;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The whole sample with 1, 2 and 4 threads. */
class ThreadsIT {

    private static final int FLIGHTS = 300_000;

    private static final int TRAINING_FLIGHTS = 150_000;

    private static final List<String> KEYED_STAGES =
            List.of("delays at origin", "delays at destination", "await outcome", "lateness");

    private record Result(Counts counts, Evaluation evaluation, Map<String, AirportLateness> lateness,
            Map<Long, ScoredFlight> scored, JobMetrics metrics) {}

    private static Result run(int threads, int scoredMax) throws InterruptedException {
        try (FlightJob job = new FlightJob(FlightReader.source(InputFile.SAMPLE, false), threads, scoredMax)) {
            job.job().join();
            return new Result(job.counts(), job.evaluation(), Map.copyOf(job.lateness()),
                    Map.copyOf(job.grid().map(FlightPipeline.SCORED)), job.job().metrics());
        }
    }

    @Test
    void changeNothing() throws InterruptedException {
        Result one = run(1, FLIGHTS);
        assertEquals(new Counts(FLIGHTS, 2 * FLIGHTS, 0, 0, 0, FLIGHTS, Long.MAX_VALUE), one.counts);
        assertEquals(FLIGHTS, one.evaluation.count());
        assertEquals(FLIGHTS, one.scored.size());
        assertEquals(0.7187, aucOfFlightsNotTrainedOn(one), 0.001);

        assertSame(one, run(2, FLIGHTS));
        Result four = run(4, FLIGHTS);
        assertSame(one, four);
        assertSpread(four.metrics);
    }

    private static void assertSame(Result expected, Result found) {
        assertEquals(expected.counts, found.counts);
        assertEquals(expected.lateness, found.lateness);
        assertEquals(countsOnly(expected.evaluation), countsOnly(found.evaluation));
        assertEquals(expected.evaluation.aucRecent(), found.evaluation.aucRecent(), 1e-6);
        assertEquals(expected.evaluation.aucAll(), found.evaluation.aucAll(), 1e-6);
        assertEquals(expected.scored.size(), found.scored.size());
        expected.scored.forEach((id, flight) -> {
            ScoredFlight other = found.scored.get(id);
            assertEquals(flight.probability(), other.probability(), 1e-6);
            assertEquals(flight, new ScoredFlight(other.id(), other.timeMs(), other.origin(), other.destination(),
                    flight.probability(), other.modelVersion()));
        });
    }

    private static Evaluation countsOnly(Evaluation evaluation) {
        return new Evaluation(evaluation.count(), 0, 0, evaluation.caught(), evaluation.falseAlarms(), evaluation.missed());
    }

    private static double aucOfFlightsNotTrainedOn(Result result) {
        RecentAuc auc = new RecentAuc(FLIGHTS);
        for (FlightEvent event : TestFiles.read(InputFile.SAMPLE, false)) {
            if (event instanceof Outcome outcome && outcome.id() > TRAINING_FLIGHTS) {
                auc.add(result.scored.get(outcome.id()).probability(), outcome.isLate());
            }
        }
        return auc.auc();
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
        Result four = run(4, FlightPipeline.SCORED_MAX);
        assertEquals(
                LongStream.rangeClosed(FLIGHTS - FlightPipeline.SCORED_MAX + 1, FLIGHTS).boxed().toList(),
                four.scored.keySet().stream().sorted().toList());
    }
}
