package io.penstock.demo;

import java.io.Serializable;

/** A score and what became of its flight. */
record Evaluated(long id, float probability, boolean isLate) implements Serializable {

    static Evaluated of(ScoredFlight scored, Outcome outcome) {
        return new Evaluated(scored.id(), scored.probability(), outcome.isLate());
    }
}
