package io.penstock.demo;

import java.io.Serializable;

/**
 * How good the scores are, as far as outcomes are known.
 *
 * @param count how many scores have been compared with their outcomes
 * @param aucRecent exact, over the newest {@link Scoreboard#RECENT_SIZE} of them; NaN as long as all are of one class
 * @param aucAll over all of them, see {@link BinnedAuc}
 * @param caught late flights with a score at or above the threshold
 * @param falseAlarms other flights with such a score
 * @param missed late flights with a score below it
 */
record Evaluation(long count, double aucRecent, double aucAll, long caught, long falseAlarms, long missed)
        implements Serializable {

    static final Evaluation NONE = new Evaluation(0, Double.NaN, Double.NaN, 0, 0, 0);

    /** The share of late flights among those with a score at or above the threshold; NaN if there are none. */
    double precision() {
        return (double) caught / (caught + falseAlarms);
    }

    /** The share of the late flights that have a score at or above the threshold; NaN if there are none. */
    double recall() {
        return (double) caught / (caught + missed);
    }
}
