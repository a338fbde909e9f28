package io.penstock.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * How good a model is.
 *
 * @param figures with the exact AUC
 * @param bins the scores from 0 to 0.1, from 0.1 to 0.2, and so on
 */
record ModelReport(int version, double threshold, Figures figures, List<Bin> bins) {

    private static final int BINS = 10;

    /** Scores of a range: of a calibrated model mean score and late share are about equal. NaN where there are none. */
    record Bin(long count, double meanScore, double lateShare) {}

    static ModelReport of(int version, double threshold, Collection<Evaluated> flights) {
        RecentAuc auc = new RecentAuc(Math.max(1, flights.size()));
        long caught = 0;
        long alarms = 0;
        long late = 0;
        long[] counts = new long[BINS];
        long[] lateCounts = new long[BINS];
        double[] sums = new double[BINS];
        List<Evaluated> byNumber = new ArrayList<>(flights);
        byNumber.sort((a, b) -> Long.compare(a.id(), b.id()));
        for (Evaluated flight : byNumber) {
            auc.add(flight.probability(), flight.isLate());
            int isLate = flight.isLate() ? 1 : 0;
            late += isLate;
            if (flight.probability() >= threshold) {
                alarms++;
                caught += isLate;
            }
            int bin = Math.min((int) (flight.probability() * BINS), BINS - 1);
            counts[bin]++;
            lateCounts[bin] += isLate;
            sums[bin] += flight.probability();
        }
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            bins.add(new Bin(counts[i], sums[i] / counts[i], (double) lateCounts[i] / counts[i]));
        }
        Figures figures = new Figures(flights.size(), auc.auc(), caught, alarms - caught, late - caught);
        return new ModelReport(version, threshold, figures, bins);
    }

    /** For people, under a headline. */
    String toText(String headline) {
        StringBuilder text = new StringBuilder(headline).append('\n');
        line(text, "  flights    %,d", figures.count());
        line(text, "  AUC        %s", number(figures.auc()));
        line(text, "  precision  %s at the model's threshold of %.4f", number(figures.precision()), threshold);
        line(text, "  recall     %s", number(figures.recall()));
        line(text, "  score       mean score   late share   flights");
        for (int i = 0; i < BINS; i++) {
            Bin bin = bins.get(i);
            line(text, "  %.1f to %.1f  %10s   %10s   %,7d", (double) i / BINS, (i + 1.0) / BINS,
                    number(bin.meanScore), number(bin.lateShare), bin.count);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
