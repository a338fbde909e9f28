package io.penstock.demo;

import java.io.Serializable;

/**
 * The exact area under the ROC curve of the newest scores: the probability that a late flight has a higher score than
 * one that is not late, where equal scores count half (Mann and Whitney's U).
 *
 * <p>Instead of sorting all scores for each answer, keeps U itself: a score that comes or goes changes it by the number
 * of scores of the other class below and above. Not thread-safe.
 */
final class RecentAuc implements Serializable {

    private static final long serialVersionUID = 1L;

    private final float[] scores;
    private final boolean[] areLate;
    private final SortedScores late = new SortedScores();
    private final SortedScores notLate = new SortedScores();
    private long added;

    /** Twice the number of pairs in which the late flight has the higher score, with equal pairs counted once. */
    private long twiceWins;

    /** @param size of how many scores */
    RecentAuc(int size) {
        scores = new float[size];
        areLate = new boolean[size];
    }

    /** Adds a score, which is not NaN; the oldest one goes when there are more than fit. */
    void add(float score, boolean isLate) {
        int slot = (int) (added % scores.length);
        if (added >= scores.length) {
            (areLate[slot] ? late : notLate).remove(scores[slot]);
            twiceWins -= twiceWinsOf(scores[slot], areLate[slot]);
        }
        twiceWins += twiceWinsOf(score, isLate);
        (isLate ? late : notLate).add(score);
        scores[slot] = score;
        areLate[slot] = isLate;
        added++;
    }

    private long twiceWinsOf(float score, boolean isLate) {
        return isLate
                ? notLate.countBelow(score) + notLate.countAtMost(score)
                : 2L * late.size() - late.countBelow(score) - late.countAtMost(score);
    }

    /** NaN as long as there is no pair. */
    double auc() {
        return twiceWins / (2.0 * late.size() * notLate.size());
    }

    /** How many scores it is of. */
    int count() {
        return (int) Math.min(added, scores.length);
    }
}
