package io.penstock.demo;

import io.penstock.demo.Summary.LateAirport;
import java.util.Locale;

/** A {@link Summary} for people. */
final class SummaryText {

    private final StringBuilder text = new StringBuilder();

    private SummaryText() {}

    static String of(Summary summary) {
        SummaryText text = new SummaryText();
        text.add(summary);
        return text.text.toString();
    }

    private void add(Summary summary) {
        FlightJob.Counts counts = summary.counts();
        Evaluation evaluation = summary.evaluation();
        if (summary.isInterrupted()) {
            text.append("Interrupted; this is the summary so far.\n");
        }
        line("input", "%s", summary.input());
        line("flights", "%,d in %.2f s, on %s", counts.flights(), summary.seconds(), workers(summary));
        line("flights/s", "%,.0f", summary.flightsPerSecond());
        if (counts.skippedRows() > 0) {
            line("lines skipped", "%,d", counts.skippedRows());
        }
        line("not found", "%,d flights of unknown airports", counts.notFound());
        line("scored", "%,d", counts.scored());
        if (counts.notScored() > 0) {
            line("not scored", "%,d", counts.notScored());
        }
        line("outcomes known", "%,d of them", evaluation.count());
        line("AUC", "%s over the last %,d outcomes, %s over all", number(evaluation.aucRecent()),
                Math.min(evaluation.count(), Scoreboard.RECENT_SIZE), number(evaluation.aucAll()));
        line("precision", "%s at the thresholds of the models, %.4f (v1) and %.4f (v2)",
                number(evaluation.precision()), summary.modelV1().threshold(), summary.modelV2().threshold());
        line("recall", "%s", number(evaluation.recall()));
        line("v2 deployed", "%s", summary.deployedFromMs().isPresent()
                ? "with effect from event time " + Progress.minute(summary.deployedFromMs().getAsLong()) : "no");
        line("  live before", "%s", live(evaluation.before()));
        line("  live after", "%s", live(evaluation.after()));
        line("./demo evaluate", "AUC %.4f (v1), %.4f (v2), both on flights 150,001 to 300,000, stored with the models",
                summary.modelV1().aucEvaluated(), summary.modelV2().aucEvaluated());
        addAirports(summary);
    }

    private void addAirports(Summary summary) {
        if (summary.lateAirports().isEmpty()) {
            return;
        }
        text.append(String.format(
                Locale.ROOT, "%nAirports whose flights arrive late most often (%d flights at least)%n",
                Summary.LATE_AIRPORT_FLIGHTS_MIN));
        for (LateAirport airport : summary.lateAirports()) {
            text.append(String.format(Locale.ROOT, "  %s %5.1f %% of %,7d  %s, %s%n", airport.iata(),
                    100 * airport.lateShare(), airport.flights(), airport.name(), airport.city()));
        }
    }

    private static String workers(Summary summary) {
        String threads = count(summary.threads(), "thread");
        return summary.members() == 0 ? threads : count(summary.members(), "member") + " with " + threads + " each";
    }

    private static String count(int count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    private static String live(Figures figures) {
        return String.format(
                Locale.ROOT, "AUC %s, precision %s, recall %s, over %,d outcomes of this run",
                number(figures.auc()), number(figures.precision()), number(figures.recall()), figures.count());
    }

    private void line(String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-16s", name))
                .append(String.format(Locale.ROOT, format, values))
                .append(System.lineSeparator());
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
