package io.penstock.demo;

import io.penstock.dag.JobMetrics;
import io.penstock.dag.StageMetrics;
import io.penstock.demo.web.Reading;
import io.penstock.demo.web.Reading.Quality;
import io.penstock.demo.web.Reading.Stage;
import io.penstock.demo.web.Reading.Status;
import io.penstock.demo.web.Run;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

/** A job as its page sees it: all of it read from the job's metrics and the grid's maps. */
final class LiveRun implements Run {

    /** The AUC of a version that has fewer outcomes says nothing yet. */
    private static final int AUC_OUTCOMES_MIN = 5_000;

    private final FlightJob run;
    private final InputFile input;
    private final Takeovers takeovers;
    private final Map<String, Airport> airports;
    /** By name; what was lost with a member stays as it was seen last until others have taken it over. */
    private final Map<String, Stage> stages = new LinkedHashMap<>();
    private long sourceTimeMs = Reading.NO_TIME;

    LiveRun(FlightJob run, InputFile input) {
        this.run = run;
        this.input = input;
        takeovers = new Takeovers(run.grid().map(FlightPipeline.SCORED)::getAll);
        airports = run.grid().map(FlightPipeline.AIRPORTS);
    }

    @Override
    public Facts facts() {
        String name = String.valueOf(Path.of(input.name()).getFileName()); // without the folders of whoever runs it
        return new Facts(name, run.members(), run.threads(),
                Scoreboard.RECENT_SIZE, Summary.LATE_AIRPORT_FLIGHTS_MIN);
    }

    @Override
    public Reading read() {
        Status status = status(); // first: if it has ended, what follows is final
        FlightJob.Counts counts = run.counts();
        Evaluation evaluation = run.evaluation();
        look(run.job().metrics());
        takeovers.look(counts.scored() + counts.notScored() + counts.notFound() + counts.skippedRows());
        sourceTimeMs = times(stages.values().stream().mapToLong(Stage::watermarkMs)).max().orElse(sourceTimeMs);
        boolean isAtEnd = counts.eventTimeMs() == Reading.END_OF_TIME;
        if (isAtEnd) {
            sourceTimeMs = Math.max(sourceTimeMs, takeovers.newestMs());
        }
        return new Reading(status, run.seconds(),
                new Reading.Counts(counts.flights(), counts.events(), counts.skippedRows(), counts.notFound(),
                        counts.scored(), counts.notScored()),
                new Quality(evaluation.count(), evaluation.aucRecent(), evaluation.aucAll(), auc(evaluation.before()),
                        auc(evaluation.after()), evaluation.precision(), evaluation.recall()),
                sourceTimeMs,
                isAtEnd ? sourceTimeMs : counts.eventTimeMs(),
                List.copyOf(stages.values()),
                takeovers.found());
    }

    private static double auc(Figures figures) {
        return figures.count() < AUC_OUTCOMES_MIN ? Double.NaN : figures.auc();
    }

    private Status status() {
        return switch (run.job().status()) {
            case STARTING, RUNNING, SUSPENDED -> Status.RUNNING;
            case COMPLETED -> Status.ENDED;
            case CANCELLED -> Status.INTERRUPTED;
            case FAILED -> Status.FAILED;
        };
    }

    private void look(JobMetrics metrics) {
        metrics.stages().stream().map(StageMetrics::stage).distinct()
                .forEach(name -> stages.put(name, stage(name, metrics.ofStage(name))));
    }

    private static Stage stage(String name, List<StageMetrics> instances) {
        Function<String, Long> sum = counter -> instances.stream().mapToLong(each -> each.count(counter)).sum();
        return new Stage(name, instances.size(), sum.apply("in"), sum.apply("out"),
                sum.apply("failures") + sum.apply("late"),
                instances.stream().mapToLong(StageMetrics::watermarkMs).min().orElse(Reading.NO_TIME));
    }

    private static LongStream times(LongStream watermarksMs) {
        return watermarksMs.filter(timeMs -> timeMs != Reading.NO_TIME && timeMs != Reading.END_OF_TIME);
    }

    @Override
    public List<LateAirport> airports() {
        return run.lateness().values().stream()
                .filter(airport -> airport.flights() >= Summary.LATE_AIRPORT_FLIGHTS_MIN)
                .map(this::lateAirport)
                .toList();
    }

    private LateAirport lateAirport(AirportLateness lateness) {
        Airport airport = airports.get(lateness.airport());
        return airport == null
                ? new LateAirport(lateness.airport(), "unknown", "", "", null, lateness.flights(), lateness.lateShare())
                : new LateAirport(airport.iata(), airport.name(), airport.city(), airport.state(), place(airport),
                        lateness.flights(), lateness.lateShare());
    }

    @Override
    public List<Place> places() {
        return airports.values().stream().map(LiveRun::place).toList();
    }

    private static Place place(Airport airport) {
        return new Place(airport.latitude(), airport.longitude());
    }
}
