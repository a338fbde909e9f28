package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.JobStatus;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Source;
import io.penstock.demo.FlightJob.Counts;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pipeline against {@link Reference}. */
class FlightPipelineIT {

    private static final MapRef<Long, Flight> FEATURES = MapRef.of("features", Long.class, Flight.class);

    @TempDir
    private Path folder;

    private Map<Long, Flight> features(InputFile file, int threads) throws InterruptedException {
        try (Grid grid = Grid.embedded()) {
            grid.map(FlightPipeline.AIRPORTS).putAll(Airport.read(InputFile.AIRPORTS));
            Pipeline pipeline = Pipeline.create();
            Source<FlightEvent> source = FlightReader.source(file, false);
            FlightPipeline.features(FlightPipeline.read(pipeline, source, events -> events))
                    .writeTo(Sinks.map(FEATURES, flight -> flight.departure().id()));
            pipeline.sideOutput(FlightPipeline.UNKNOWN_AIRPORT).writeTo(Sinks.noop());
            Jobs.of(grid, options -> options.workers(threads)).submit(pipeline).join();
            return Map.copyOf(grid.map(FEATURES));
        }
    }

    /** Many flights at one minute, few airports, every delay; also flights from an airport to itself. */
    private static List<String> crowdedLines(int seed, int count) {
        Random random = new Random(seed);
        List<String> airports = List.of("ATL", "ORD", "DFW", "LAX");
        LocalDateTime time = LocalDateTime.parse("2001-03-01T00:00");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            time = random.nextInt(20) == 0 ? time.plusMinutes(random.nextInt(60)) : time;
            lines.add(time + "," + (random.nextInt(200) - 60) + "," + (1 + random.nextInt(60) * 15) + ","
                    + airports.get(random.nextInt(4)) + "," + airports.get(random.nextInt(4)));
        }
        return lines;
    }

    private void assertFeaturesOf(List<String> lines, int threads, String hint) throws Exception {
        Map<Long, Flight> expected = new Reference(lines, Airport.read(InputFile.AIRPORTS)).features;
        Map<Long, Flight> found = features(TestFiles.plain(folder, lines), threads);
        expected.forEach((id, flight) -> assertEquals(flight, found.get(id), hint));
        assertEquals(expected.size(), found.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void knowsExactlyWhatWasKnownAtEachDepartureOfCrowdedAirports(int threads) throws Exception {
        assertFeaturesOf(crowdedLines(threads, 2_000), threads, "seed " + threads);
    }

    @Test
    void knowsExactlyWhatWasKnownAtEachDepartureOfTheSample() throws Exception {
        assertFeaturesOf(TestFiles.sampleLines(4_000), 4, "sample");
    }

    private static FlightJob job(InputFile file, int threads, long deployAt) {
        return new FlightJob(FlightReader.source(file, false), threads, deployAt, FlightPipeline.SCORED_MAX);
    }

    @Test
    void scoresAndEvaluatesLikeTheReference() throws Exception {
        List<String> lines = TestFiles.sampleLines(4_000);
        Reference reference = new Reference(lines, Airport.read(InputFile.AIRPORTS));
        reference.score(2_001);
        try (FlightJob job = job(TestFiles.plain(folder, lines), 4, 2_001)) {
            job.job().join();
            assertEquals(new Counts(4_000, 8_000, 0, 0, 0, 4_000, Long.MAX_VALUE), job.counts());
            Map<Long, ScoredFlight> scored = job.grid().map(FlightPipeline.SCORED);
            assertEquals(reference.probabilities.keySet(), scored.keySet());
            assertScores(reference, scored, "sample");
            assertEvaluation(reference.evaluation(Scoreboard.RECENT_SIZE), job.evaluation());
            assertFalse(job.lateness().isEmpty());
            job.lateness().forEach((airport, lateness) -> assertEquals(reference.lateness(airport), lateness));
        }
    }

    private static void assertScores(Reference reference, Map<Long, ScoredFlight> scored, String hint) {
        assertEquals(reference.probabilities.keySet(), scored.keySet());
        reference.probabilities.forEach((id, probability) -> {
            assertEquals(probability, scored.get(id).probability(), 1e-6, hint);
            assertEquals(reference.versions.get(id), scored.get(id).modelVersion(), hint);
        });
    }

    private static void assertEvaluation(Evaluation expected, Evaluation found) {
        assertEquals(expected.aucRecent(), found.aucRecent(), 1e-6);
        assertFigures(expected.all(), found.all());
        assertFigures(expected.before(), found.before());
        assertFigures(expected.after(), found.after());
    }

    private static void assertFigures(Figures expected, Figures found) {
        assertEquals(expected.auc(), found.auc(), 1e-4);
        assertEquals(
                new Figures(expected.count(), 0, expected.caught(), expected.falseAlarms(), expected.missed()),
                new Figures(found.count(), 0, found.caught(), found.falseAlarms(), found.missed()));
    }

    /** Flight 1,000 is one of many at its minute; some are read before it, and all are scored by v2. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void scoresWhatDepartsFromTheDeploymentsEventTimeOnWithTheSecondModel(int threads) throws Exception {
        List<String> lines = crowdedLines(10 + threads, 2_000);
        Reference reference = new Reference(lines, Airport.read(InputFile.AIRPORTS));
        reference.score(1_000);
        try (FlightJob job = job(TestFiles.plain(folder, lines), threads, 1_000)) {
            job.job().join();
            assertScores(reference, job.grid().map(FlightPipeline.SCORED), "seed " + (10 + threads));
            assertEquals(reference.rows.get(999).departureMs(), job.deployedFromMs().orElseThrow());
            assertEquals(2, reference.versions.get(999L));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100_000})
    void deploysBeforeTheFirstFlightOrNeverIfTold(long deployAt) throws Exception {
        try (FlightJob job = job(TestFiles.plain(folder, TestFiles.sampleLines(500)), 2, deployAt)) {
            job.job().join();
            int version = deployAt == 1 ? 2 : 1;
            assertEquals(Map.of(version, 500L), job.grid().map(FlightPipeline.SCORED).values().stream()
                    .collect(Collectors.groupingBy(ScoredFlight::modelVersion, Collectors.counting())));
            assertEquals(version == 2, job.deployedFromMs().isPresent());
        }
    }

    @Test
    void sendsFlightsOfUnknownAirportsToASideOutputAndCountsThem() throws Exception {
        List<String> lines = new ArrayList<>(TestFiles.sampleLines(3_000));
        lines.add(500, beside(lines.get(500), "QQQ,ATL"));
        lines.add(1_500, beside(lines.get(1_500), "ATL,QQQ"));
        lines.add(2_500, beside(lines.get(2_500), "QQQ,QQX"));
        Reference reference = new Reference(lines, Airport.read(InputFile.AIRPORTS));
        reference.score(FlightJob.DEPLOY_AT);
        try (FlightJob job = new FlightJob(FlightReader.source(TestFiles.plain(folder, lines), false), 4)) {
            job.job().join();
            assertEquals(new Counts(3_003, 6_006, 0, 3, 0, 3_000, Long.MAX_VALUE), job.counts());
            assertEquals(reference.features.keySet(), job.grid().map(FlightPipeline.SCORED).keySet());
            assertEvaluation(reference.evaluation(Scoreboard.RECENT_SIZE), job.evaluation());
            assertEquals(2, job.lateness().get("QQQ").flights());
        }
    }

    /** A line at the same minute as another one. */
    private static String beside(String line, String airports) {
        return line.substring(0, line.indexOf(',')) + ",77,300," + airports;
    }

    @Test
    void countsMalformedLinesAndGoesOnIfTold() throws Exception {
        List<String> lines = new ArrayList<>(TestFiles.sampleLines(1_000));
        lines.add(10, "");
        lines.add(20, "2001-01-01T00:30,late,300,ATL,JFK");
        try (FlightJob job = new FlightJob(FlightReader.source(TestFiles.plain(folder, lines), true), 2)) {
            job.job().join();
            assertEquals(new Counts(1_000, 2_000, 2, 0, 0, 1_000, Long.MAX_VALUE), job.counts());
        }
    }

    @Test
    void deploysAtTheNextFlightIfTheLineIsMalformed() throws Exception {
        List<String> lines = new ArrayList<>(TestFiles.sampleLines(1_000));
        lines.add(500, "2001-01-01T00:30,late,300,ATL,JFK");
        try (FlightJob job = new FlightJob(
                FlightReader.source(TestFiles.plain(folder, lines), true), 2, 501, FlightPipeline.SCORED_MAX)) {
            job.job().join();
            Map<Long, ScoredFlight> scored = job.grid().map(FlightPipeline.SCORED);
            assertFalse(scored.containsKey(501L));
            assertEquals(2, scored.get(502L).modelVersion());
            assertEquals(scored.get(502L).timeMs(), job.deployedFromMs().orElseThrow());
        }
    }

    @Test
    void runsWithoutAnyFlight() throws Exception {
        try (FlightJob job = new FlightJob(FlightReader.source(TestFiles.text(folder, TestFiles.HEADER), false), 2)) {
            job.job().join();
            Summary summary = Summary.of(job, InputFile.SAMPLE);
            assertEquals(0, summary.counts().scored());
            assertTrue(SummaryJson.of(summary).contains("\"auc\" : null"));
            assertTrue(SummaryText.of(summary).contains("AUC             - over the last 0 outcomes"));
        }
    }

    @Test
    void aWholeDayAtOneInstantSeesNothingOfItself() throws IOException, InterruptedException {
        String line = "2001-01-01T00:00,30,450,ATL,JFK";
        Map<Long, Flight> flights = features(TestFiles.plain(folder, Collections.nCopies(1_000, line)), 4);
        assertEquals(
                Map.of(new AirportDelays.Stats(DelayStats.NONE, DelayStats.NONE), 1_000L),
                flights.values().stream().collect(Collectors.groupingBy(Flight::atOrigin, Collectors.counting())));
    }

    @Test
    void cancelsCleanlyWithTheCountsSoFar() throws Exception {
        try (FlightJob job = new FlightJob(FlightReader.source(InputFile.SAMPLE, false), 2)) {
            job.job().cancel();
            assertTrue(job.await(Long.MAX_VALUE / 1_000_000));
            assertEquals(JobStatus.CANCELLED, job.job().status());
            assertTrue(Summary.of(job, InputFile.SAMPLE).isInterrupted());
        }
    }
}
