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
 * and without anything of the job itself but its records, the list of features and the model.
 */
final class Reference {

    private static final long MINUTE_MS = 60_000;

    record FlightLine(long id, long departureMs, int delay, int distance, String origin, String destination) {

        static FlightLine of(long id, String line) {
            String[] fields = line.split(",");
            long departureMs = LocalDateTime.parse(fields[0]).toInstant(ZoneOffset.UTC).toEpochMilli();
            return new FlightLine(id, departureMs, Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), fields[3], fields[4]);
        }

        /** In ms, as a fraction of a minute counts. */
        double knownMs() {
            return departureMs + (20 + distance / 450.0 * 60 + Math.max(delay, 0)) * MINUTE_MS;
        }
    }

    final List<FlightLine> rows = new ArrayList<>();
    final Map<Long, Flight> features = new LinkedHashMap<>();
    final Map<Long, Float> probabilities = new LinkedHashMap<>();
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
                        known(row, other -> other.origin.equals(from)), known(row, other -> other.destination.equals(from))),
                new AirportDelays.Stats(
                        known(row, other -> other.origin.equals(to)), known(row, other -> other.destination.equals(to))),
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

    /** Scores the flights one by one. */
    void score() {
        try (Grid grid = Grid.embedded()) {
            FlightModel.deploy(grid);
            features.forEach((id, flight) -> {
                Columns columns = new Columns();
                FlightFeatures.fill(flight, columns);
                probabilities.put(id, Models.of(grid).score(FlightModel.NAME, columns.values())
                        .get(FlightModel.PROBABILITY)[0]);
            });
        }
    }

    /** What is known of all scores in the end, with the AUC over the last {@code recent} outcomes. */
    Evaluation evaluation(double threshold, int recent) {
        List<FlightLine> known = rows.stream()
                .filter(row -> features.containsKey(row.id))
                .sorted(Comparator.comparingDouble(FlightLine::knownMs).thenComparingLong(FlightLine::id))
                .toList();
        List<Score> scores =
                known.stream().map(row -> new Score(probabilities.get(row.id), row.delay > 15)).toList();
        return new Evaluation(
                known.size(),
                AucPropertyTest.slowly(scores.subList(Math.max(0, scores.size() - recent), scores.size())),
                AucPropertyTest.slowly(scores),
                scores.stream().filter(score -> score.score() >= threshold && score.isLate()).count(),
                scores.stream().filter(score -> score.score() >= threshold && !score.isLate()).count(),
                scores.stream().filter(score -> score.score() < threshold && score.isLate()).count());
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

        @Override
        public Row put(double value) {
            return put((float) value);
        }

        @Override
        public Row put(long value) {
            return put((float) value);
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
