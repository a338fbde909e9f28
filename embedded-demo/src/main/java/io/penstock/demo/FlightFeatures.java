package io.penstock.demo;

import io.penstock.infer.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a model is told of a flight, in the order of its input. The one definition: it fills the rows that the models
 * are trained with, and those that they score.
 */
final class FlightFeatures {

    private static final int HOURS = 24;
    private static final int WEEKDAYS = 7;

    /** How many columns, the first ones, do not come from the stream: hour, weekday and distance. */
    static final int TIMETABLE_COLUMNS = HOURS + 3;

    /** The columns' names. */
    static final List<String> NAMES = names();

    private FlightFeatures() {}

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            names.add(String.format(Locale.ROOT, "hour-%02d", hour));
        }
        names.addAll(List.of("weekday-sin", "weekday-cos", "distance"));
        for (String window : List.of("origin-as-origin", "origin-as-destination", "destination-as-origin",
                "destination-as-destination", "network")) {
            names.addAll(List.of(window + "-mean", window + "-log-mean", window + "-late-share", window + "-log-count"));
        }
        return List.copyOf(names);
    }

    /** The hour as one of 24 columns, the weekday as a point on a circle: both for a model that only knows weights. */
    static void fill(Flight flight, Row row) {
        for (int hour = 0; hour < HOURS; hour++) {
            row.put(flight.hour() == hour ? 1 : 0);
        }
        double weekday = 2 * Math.PI * flight.weekday() / WEEKDAYS;
        row.put(StrictMath.sin(weekday)).put(StrictMath.cos(weekday)).put(flight.departure().distanceMiles());
        fill(flight.atOrigin().asOrigin(), row);
        fill(flight.atOrigin().asDestination(), row);
        fill(flight.atDestination().asOrigin(), row);
        fill(flight.atDestination().asDestination(), row);
        fill(flight.network(), row);
    }

    /**
     * Logarithms beside the mean and of the count: the first ten minutes of a mean say more than the next ten, and 10
     * flights more say much at a small airport, and nothing in the whole network.
     */
    private static void fill(DelayStats delays, Row row) {
        double mean = delays.meanMinutes();
        row.put(mean).put(Math.signum(mean) * StrictMath.log1p(Math.abs(mean)))
                .put(delays.lateShare()).put(StrictMath.log1p(delays.count()));
    }
}
