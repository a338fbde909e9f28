package io.penstock.demo;

import java.io.Serializable;

/** Compares scores with outcomes, one after the other. Not thread-safe. */
final class Scoreboard implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Of how many outcomes the recent AUC is. */
    static final int RECENT_SIZE = 20_000;

    private final double thresholdV1;
    private final double thresholdV2;
    private final RecentAuc recent = new RecentAuc(RECENT_SIZE);
    private final Tally all = new Tally();
    private final Tally before = new Tally();
    private final Tally after = new Tally();

    /** @param thresholdV1 from which probability on a flight that version 1 scored counts as predicted to be late */
    Scoreboard(double thresholdV1, double thresholdV2) {
        this.thresholdV1 = thresholdV1;
        this.thresholdV2 = thresholdV2;
    }

    Evaluation add(Evaluated flight) {
        boolean isBefore = flight.modelVersion() == 1;
        boolean isAlarm = flight.probability() >= (isBefore ? thresholdV1 : thresholdV2);
        recent.add(flight.probability(), flight.isLate());
        all.add(flight, isAlarm);
        (isBefore ? before : after).add(flight, isAlarm);
        return new Evaluation(recent.auc(), all.figures(), before.figures(), after.figures());
    }

    private static final class Tally implements Serializable {

        private static final long serialVersionUID = 1L;

        private final BinnedAuc auc = new BinnedAuc();
        private long count;
        private long caught;
        private long falseAlarms;
        private long missed;

        void add(Evaluated flight, boolean isAlarm) {
            auc.add(flight.probability(), flight.isLate());
            count++;
            if (isAlarm) {
                caught += flight.isLate() ? 1 : 0;
                falseAlarms += flight.isLate() ? 0 : 1;
            } else {
                missed += flight.isLate() ? 1 : 0;
            }
        }

        Figures figures() {
            return count == 0 ? Figures.NONE : new Figures(count, auc.auc(), caught, falseAlarms, missed);
        }
    }
}
