package io.penstock.demo.web;

import io.penstock.demo.web.Reading.Counts;
import io.penstock.demo.web.Reading.Quality;
import io.penstock.demo.web.Reading.Stage;
import io.penstock.demo.web.Reading.Status;
import io.penstock.demo.web.Reading.Takeover;
import java.util.ArrayList;
import java.util.List;

/** A run whose clock goes on by 0.1 s with each reading: 1,000 flights and 2 hours of event time a second. */
final class FakeRun implements Run {

    static final long START_MS = 978_307_200_000L; // 2001-01-01
    static final int AIRPORTS = 12;
    static final List<String> STAGES = List.of("flights", "find <origin>", "score", "evaluate");

    private static final long HOUR_MS = 3_600_000;
    private static final long LAG_MS = HOUR_MS / 2;
    private static final long SECOND_MS = START_MS + 20 * HOUR_MS;

    private final int readings;
    private int read;

    /** @param readings how many there are until it has ended */
    FakeRun(int readings) {
        this.readings = readings;
    }

    @Override
    public Facts facts() {
        return new Facts("fake.csv", 0, 2, 20_000, 200);
    }

    @Override
    public Reading read() {
        int tenths = read++;
        boolean isEnded = read >= readings;
        long flights = 100L * tenths;
        long sourceTimeMs = START_MS + tenths * HOUR_MS / 5;
        return new Reading(isEnded ? Status.ENDED : Status.RUNNING, tenths / 10.0,
                new Counts(flights, 2 * flights, 1, 2, flights - 3, 0),
                new Quality(flights, flights == 0 ? Double.NaN : 0.6 + tenths * 1e-4, 0.65, 0.62,
                        sourceTimeMs < SECOND_MS ? Double.NaN : 0.7, 0.4, 0.6),
                sourceTimeMs, isEnded ? sourceTimeMs : sourceTimeMs - LAG_MS,
                STAGES.stream().map(name -> new Stage(name, 2, name.equals("flights") ? 0 : flights, flights, 0,
                        isEnded ? Reading.END_OF_TIME : sourceTimeMs - LAG_MS)).toList(),
                takeovers(sourceTimeMs));
    }

    /** The second version takes over after 20 hours of event time. */
    private static List<Takeover> takeovers(long nowMs) {
        return nowMs < SECOND_MS
                ? List.of(new Takeover(1, START_MS))
                : List.of(new Takeover(1, START_MS), new Takeover(2, SECOND_MS));
    }

    @Override
    public List<LateAirport> airports() {
        List<LateAirport> airports = new ArrayList<>();
        for (int i = 0; i < AIRPORTS; i++) {
            airports.add(new LateAirport("A" + (char) ('A' + i) + "<", "Name & \"" + i + "\"", "City", "ST",
                    i == 0 ? null : new Place(30 + i, -120 + 4 * i), 200L * (i + 1), 0.1 + 0.02 * i));
        }
        return airports;
    }

    @Override
    public List<Place> places() {
        return List.of(new Place(40.123456, -100.5), new Place(61, -150), new Place(13.5, 144.8));
    }
}
