package io.penstock.bench.work;

import java.util.Locale;

/**
 * What a workload came to, as text: 16 hexadecimal digits, the sum and the count of scores, or none.
 *
 * @param text as it stands in reports
 */
public record Answer(String text) {

    /** Scores are sums of floats, whose last bits depend on how a batch was computed. */
    static final double SCORES_TOLERANCE = 1e-3;

    /** The answer of a system that only makes events. */
    public static final Answer NONE = new Answer("none");

    private static final String SUM = "sum ";
    private static final String ABOVE = " above ";

    static Answer ofChecksum(long checksum) {
        return new Answer(String.format(Locale.ROOT, "%016x", checksum));
    }

    /** The answer of a workload that scores. */
    public static Answer ofScores(double sum, long aboveCount) {
        return new Answer(SUM + String.format(Locale.ROOT, "%.2f", sum) + ABOVE + aboveCount);
    }

    /** A right sum of scores, whatever the count. */
    static Answer ofScoreSum(double sum) {
        return new Answer(SUM + String.format(Locale.ROOT, "%.2f", sum));
    }

    /** Whether this is the same result as {@code right}, but for what rounding may do to scores. */
    public boolean agreesWith(Answer right) {
        if (!text.startsWith(SUM) || !right.text.startsWith(SUM)) {
            return text.equals(right.text);
        }
        return isNear(sum(), right.sum()) && (!right.hasCount() || isNear(count(), right.count()));
    }

    private static boolean isNear(double found, double right) {
        return Math.abs(found - right) <= SCORES_TOLERANCE * Math.abs(right);
    }

    private boolean hasCount() {
        return text.contains(ABOVE);
    }

    private double sum() {
        return Double.parseDouble(text.substring(SUM.length(), hasCount() ? text.indexOf(ABOVE) : text.length()));
    }

    private double count() {
        return hasCount() ? Double.parseDouble(text.substring(text.indexOf(ABOVE) + ABOVE.length())) : Double.NaN;
    }
}
