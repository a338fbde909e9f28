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
    private static final int SATURDAY = 6;

    /** How many columns, the first ones, do not come from the stream: hour, weekday and distance. */
    static final int TIMETABLE_COLUMNS = HOURS + 4;

    /** The columns' names. */
    static final List<String> NAMES = names();

    private FlightFeatures() {}

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            names.add(String.format(Locale.ROOT, "hour-%02d", hour));
        }
        names.addAll(List.of("saturday", "distance", "distance-hour-sin", "distance-hour-cos"));
        for (String window : List.of("origin-as-origin", "origin-as-destination", "destination-as-origin",
                "destination-as-destination", "network")) {
            for (String what : List.of("mean", "log-mean", "late-share", "log-count")) {
                names.add(window + "-" + what);
            }
        }
        return List.copyOf(names);
    }

    /**
     * For a model that only knows weights, the hour is one of 24 columns, and a point on a circle by which the distance
     * is multiplied. Of the weekday it is only told whether it is a Saturday, when the fewest fly: the training flights
     * are of one week, and a model learns more of its seven days than is true of the next.
     */
    static void fill(Flight flight, Row row) {
        for (int hour = 0; hour < HOURS; hour++) {
            row.put(flight.hour() == hour ? 1 : 0);
        }
        int distance = flight.departure().distanceMiles();
        double angle = 2 * Math.PI * flight.hour() / HOURS;
        row.put(flight.weekday() == SATURDAY ? 1 : 0)
                .put(distance).put(distance * StrictMath.sin(angle)).put(distance * StrictMath.cos(angle));
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
