package io.penstock.demo;

import java.io.Serializable;

/** How many flights have left an airport and how many of them arrived late, as far as outcomes are known. */
record AirportLateness(String airport, long flights, long lateFlights) implements Serializable {

    double lateShare() {
        return (double) lateFlights / flights;
    }

    /** Counts the flights of one airport. Not thread-safe. */
    static final class Counter implements Serializable {

        private static final long serialVersionUID = 1L;

        private long flights;
        private long lateFlights;

        AirportLateness add(Outcome outcome) {
            flights++;
            lateFlights += outcome.isLate() ? 1 : 0;
            return new AirportLateness(outcome.origin(), flights, lateFlights);
        }
    }
}
