package io.penstock.demo;

import java.io.Serializable;

/**
 * How good some scores were.
 *
 * @param count how many scores have been compared with their outcomes
 * @param auc NaN as long as all are of one class
 * @param caught late flights with a score at or above the threshold
 * @param falseAlarms other flights with such a score
 * @param missed late flights with a score below it
 */
record Figures(long count, double auc, long caught, long falseAlarms, long missed) implements Serializable {

    static final Figures NONE = new Figures(0, Double.NaN, 0, 0, 0);

    /** The share of late flights among those with a score at or above the threshold; NaN if there are none. */
    double precision() {
        return (double) caught / (caught + falseAlarms);
    }

    /** The share of the late flights that have a score at or above the threshold; NaN if there are none. */
    double recall() {
        return (double) caught / (caught + missed);
    }
}
