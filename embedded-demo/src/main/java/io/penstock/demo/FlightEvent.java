package io.penstock.demo;

import java.io.Serializable;

/** What a flight file says, in the order in which a control room would learn it; made by {@link FlightReader}. */
sealed interface FlightEvent extends Serializable permits Departure, Outcome, SkippedRow {

    /** When it is known, in ms since the epoch; local clocks are taken as UTC. */
    long timeMs();
}
