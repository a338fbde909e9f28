package io.penstock.demo;

import java.io.Serializable;

/**
 * How good the scores are, as far as outcomes are known.
 *
 * @param aucRecent exact, over the newest {@link Scoreboard#RECENT_SIZE} of them; NaN as long as all are of one class
 * @param all of all of them; this and the next two have the AUC of {@link BinnedAuc}
 * @param before of those that the first version of the model made
 * @param after of those that later versions made
 */
record Evaluation(double aucRecent, Figures all, Figures before, Figures after) implements Serializable {

    static final Evaluation NONE = new Evaluation(Double.NaN, Figures.NONE, Figures.NONE, Figures.NONE);

    /** How many scores have been compared with their outcomes. */
    long count() {
        return all.count();
    }

    double aucAll() {
        return all.auc();
    }

    /** At the threshold of the version that made the score, as all of the figures. */
    double precision() {
        return all.precision();
    }

    double recall() {
        return all.recall();
    }
}
