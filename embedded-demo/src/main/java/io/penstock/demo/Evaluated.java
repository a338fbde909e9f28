package io.penstock.demo;

import java.io.Serializable;

/**
 * A score and what became of its flight.
 *
 * @param modelVersion which made the score
 */
record Evaluated(long id, float probability, boolean isLate, int modelVersion) implements Serializable {

    static Evaluated of(ScoredFlight scored, Outcome outcome) {
        return new Evaluated(scored.id(), scored.probability(), outcome.isLate(), scored.modelVersion());
    }
}
