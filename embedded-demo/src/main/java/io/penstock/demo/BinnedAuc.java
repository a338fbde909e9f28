package io.penstock.demo;

import java.io.Serializable;

/**
 * The area under the ROC curve of any number of scores from 0 to 1, in constant memory: scores are put into
 * {@value #BINS} bins of equal width, and those of one bin count as equal. So it is off by at most half the share
 * of the pairs (one late, one not) whose scores share a bin. Not thread-safe.
 */
final class BinnedAuc implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int BINS = 1 << 16;

    private final PrefixCounts late = new PrefixCounts();
    private final PrefixCounts notLate = new PrefixCounts();
    private double twiceWins;

    /** Counts by bin; both adding and summing up to a bin take 16 steps (Fenwick, "A new data structure ..."). */
    private static final class PrefixCounts implements Serializable {

        private static final long serialVersionUID = 1L;

        private final long[] sums = new long[BINS + 1];
        private long total;

        void add(int bin) {
            total++;
            for (int i = bin + 1; i <= BINS; i += i & -i) {
                sums[i]++;
            }
        }

        long countBelow(int bin) {
            long count = 0;
            for (int i = bin; i > 0; i -= i & -i) {
                count += sums[i];
            }
            return count;
        }
    }

    void add(float score, boolean isLate) {
        int bin = Math.min((int) (score * BINS), BINS - 1);
        twiceWins += isLate
                ? notLate.countBelow(bin) + notLate.countBelow(bin + 1)
                : 2 * late.total - late.countBelow(bin) - late.countBelow(bin + 1);
        (isLate ? late : notLate).add(bin);
    }

    /** NaN as long as there is no pair. */
    double auc() {
        return twiceWins / (2.0 * late.total * notLate.total);
    }
}
