package io.penstock.demo;

import io.penstock.infer.Row;

/**
 * What the model is told of a flight, in the order of its input; {@code model/delay.properties} names the columns. Used
 * to score and to make the rows that the model is trained on.
 */
final class FlightFeatures {

    private FlightFeatures() {}

    static void fill(Flight flight, Row row) {
        row.put(flight.hour()).put(flight.weekday()).put(flight.departure().distanceMiles());
        fill(flight.atOrigin().asOrigin(), row);
        fill(flight.atOrigin().asDestination(), row);
        fill(flight.atDestination().asOrigin(), row);
        fill(flight.atDestination().asDestination(), row);
        fill(flight.network(), row);
    }

    /** The count as a logarithm: 10 flights more say much at a small airport, and nothing in the whole network. */
    private static void fill(DelayStats delays, Row row) {
        row.put(delays.meanMinutes()).put(delays.lateShare()).put(Math.log1p(delays.count()));
    }
}
