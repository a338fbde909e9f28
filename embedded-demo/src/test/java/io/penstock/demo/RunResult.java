package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;

/** All that a run of the job has brought, record for record. */
record RunResult(
        FlightJob.Counts counts, Evaluation evaluation, Map<String, AirportLateness> lateness,
        Map<Long, ScoredFlight> scored) {

    /** That of a job that has ended. */
    static RunResult of(FlightJob job) {
        return new RunResult(job.counts(), job.evaluation(), Map.copyOf(job.lateness()),
                Map.copyOf(job.grid().map(FlightPipeline.SCORED)));
    }

    /** The same records; what was calculated with floating point, in batches of any size, within 1e-6. */
    void assertSameAs(RunResult expected) {
        assertEquals(expected.counts, counts);
        assertEquals(expected.lateness, lateness);
        assertEquals(countsOnly(expected.evaluation), countsOnly(evaluation));
        assertEquals(expected.evaluation.aucRecent(), evaluation.aucRecent(), 1e-6);
        assertEquals(expected.evaluation.all().auc(), evaluation.all().auc(), 1e-6);
        assertEquals(expected.evaluation.before().auc(), evaluation.before().auc(), 1e-6);
        assertEquals(expected.evaluation.after().auc(), evaluation.after().auc(), 1e-6);
        assertEquals(expected.scored.size(), scored.size());
        expected.scored.forEach((id, flight) -> {
            ScoredFlight other = scored.get(id);
            assertEquals(flight.probability(), other.probability(), 1e-6);
            assertEquals(flight, new ScoredFlight(other.id(), other.timeMs(), other.origin(), other.destination(),
                    flight.probability(), other.modelVersion()));
        });
    }

    private static Evaluation countsOnly(Evaluation evaluation) {
        return new Evaluation(
                0, countsOnly(evaluation.all()), countsOnly(evaluation.before()), countsOnly(evaluation.after()));
    }

    private static Figures countsOnly(Figures figures) {
        return new Figures(figures.count(), 0, figures.caught(), figures.falseAlarms(), figures.missed());
    }
}
