package io.penstock.demo;

import java.io.Serializable;

/**
 * A flight and how likely it seemed at its departure that it would arrive late.
 *
 * @param id the row's number in the file, from 1
 * @param timeMs the scheduled departure
 */
record ScoredFlight(long id, long timeMs, String origin, String destination, float probability, long modelVersion)
        implements Serializable {}
