package io.penstock.demo;

import io.penstock.demo.AucPropertyTest.Score;
import io.penstock.grid.Grid;
import io.penstock.infer.Models;
import io.penstock.infer.Row;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The job as one would explain it: reads lines, and looks through all flights for each question. Slow, on one thread,
 * and without anything of the job itself but its records, the list of features and the models.
 */
final class Reference {

    private static final long MINUTE_MS = 60_000;

    record FlightLine(long id, long departureMs, int delay, int distance, String origin, String destination) {

        static FlightLine of(long id, String line) {
            String[] fields = line.split(",");
            long departureMs = LocalDateTime.parse(fields[0]).toInstant(ZoneOffset.UTC).toEpochMilli();
            return new FlightLine(
                    id, departureMs, Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), fields[3], fields[4]);
        }

        /** In ms, as a fraction of a minute counts. */
        double knownMs() {
            return departureMs + (20 + distance / 450.0 * 60 + Math.max(delay, 0)) * MINUTE_MS;
        }
    }

    final List<FlightLine> rows = new ArrayList<>();
    final Map<Long, Flight> features = new LinkedHashMap<>();
    final Map<Long, Float> probabilities = new LinkedHashMap<>();
    final Map<Long, Integer> versions = new LinkedHashMap<>();
    private final Map<String, Airport> airports;

    Reference(List<String> lines, Map<String, Airport> airports) {
        this.airports = airports;
        for (String line : lines) {
            rows.add(FlightLine.of(rows.size() + 1, line));
        }
        for (FlightLine row : rows) {
            if (airports.containsKey(row.origin) && airports.containsKey(row.destination)) {
                features.put(row.id, flight(row));
            }
        }
    }

    private Flight flight(FlightLine row) {
        String from = row.origin;
        String to = row.destination;
        return new Flight(
                new Departure(row.id, row.departureMs, row.distance, from, to),
                airports.get(from),
                airports.get(to),
                new AirportDelays.Stats(
                        known(row, other -> other.origin.equals(from)),
                        known(row, other -> other.destination.equals(from))),
                new AirportDelays.Stats(
                        known(row, other -> other.origin.equals(to)),
                        known(row, other -> other.destination.equals(to))),
                known(row, other -> true));
    }

    /** Of the outcomes known in (t - 2 h, t], those that are asked for. */
    private DelayStats known(FlightLine departing, Predicate<FlightLine> isAskedFor) {
        long nowMs = departing.departureMs;
        long count = 0;
        long sum = 0;
        long late = 0;
        for (FlightLine other : rows) {
            if (other.knownMs() > nowMs - 120 * MINUTE_MS && other.knownMs() <= nowMs && isAskedFor.test(other)) {
                count++;
                sum += other.delay;
                late += other.delay > 15 ? 1 : 0;
            }
        }
        return count == 0 ? DelayStats.NONE : new DelayStats((double) sum / count, (double) late / count, count);
    }

    /** Scores the flights one by one; those from the time of flight {@code deployAt} on with the second model. */
    void score(long deployAt) {
        long fromMs = deployAt > rows.size() ? Long.MAX_VALUE : rows.get((int) deployAt - 1).departureMs;
        try (Grid grid = Grid.embedded()) {
            Models.of(grid).deploy("v1", FlightModel.shippedOnnx(1));
            Models.of(grid).deploy("v2", FlightModel.shippedOnnx(2));
            features.forEach((id, flight) -> {
                int version = flight.departure().timeMs() >= fromMs ? 2 : 1;
                versions.put(id, version);
                probabilities.put(id, Models.of(grid).score("v" + version, columns(id))
                        .get(FlightModel.PROBABILITY)[0]);
            });
        }
    }

    /** What a model is told of a flight. */
    float[] columns(long id) {
        Columns columns = new Columns();
        FlightFeatures.fill(features.get(id), columns);
        return columns.values();
    }

    /** What is known of all scores in the end, with the AUC over the last {@code recent} outcomes. */
    Evaluation evaluation(int recent) {
        List<FlightLine> known = rows.stream()
                .filter(row -> features.containsKey(row.id))
                .sorted(Comparator.comparingDouble(FlightLine::knownMs).thenComparingLong(FlightLine::id))
                .toList();
        return new Evaluation(
                AucPropertyTest.slowly(scores(known.subList(Math.max(0, known.size() - recent), known.size()))),
                figures(known),
                figures(known.stream().filter(row -> versions.get(row.id) == 1).toList()),
                figures(known.stream().filter(row -> versions.get(row.id) == 2).toList()));
    }

    private List<Score> scores(List<FlightLine> flights) {
        return flights.stream().map(row -> new Score(probabilities.get(row.id), row.delay > 15)).toList();
    }

    private Figures figures(List<FlightLine> flights) {
        return new Figures(
                flights.size(),
                AucPropertyTest.slowly(scores(flights)),
                flights.stream().filter(row -> isAlarm(row) && row.delay > 15).count(),
                flights.stream().filter(row -> isAlarm(row) && row.delay <= 15).count(),
                flights.stream().filter(row -> !isAlarm(row) && row.delay > 15).count());
    }

    private boolean isAlarm(FlightLine row) {
        return probabilities.get(row.id) >= FlightModel.shipped(versions.get(row.id)).threshold();
    }

    AirportLateness lateness(String airport) {
        List<FlightLine> leaving = rows.stream().filter(row -> row.origin.equals(airport)).toList();
        return new AirportLateness(
                airport, leaving.size(), leaving.stream().filter(row -> row.delay > 15).count());
    }

    private static final class Columns implements Row {

        private final List<Float> values = new ArrayList<>();

        @Override
        public Row put(float value) {
            values.add(value);
            return this;
        }

        private float[] values() {
            float[] row = new float[values.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = values.get(i);
            }
            return row;
        }
    }
}
