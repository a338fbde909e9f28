package io.penstock.demo;

import java.io.Serializable;

/** Compares scores with outcomes, one after the other. Not thread-safe. */
final class Scoreboard implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Of how many outcomes the recent AUC is. */
    static final int RECENT_SIZE = 20_000;

    private final double threshold;
    private final RecentAuc recent = new RecentAuc(RECENT_SIZE);
    private final BinnedAuc all = new BinnedAuc();
    private long count;
    private long caught;
    private long falseAlarms;
    private long missed;

    Scoreboard(double threshold) {
        this.threshold = threshold;
    }

    Evaluation add(Evaluated flight) {
        recent.add(flight.probability(), flight.isLate());
        all.add(flight.probability(), flight.isLate());
        count++;
        if (flight.probability() >= threshold) {
            caught += flight.isLate() ? 1 : 0;
            falseAlarms += flight.isLate() ? 0 : 1;
        } else {
            missed += flight.isLate() ? 1 : 0;
        }
        return new Evaluation(count, recent.auc(), all.auc(), caught, falseAlarms, missed);
    }
}
