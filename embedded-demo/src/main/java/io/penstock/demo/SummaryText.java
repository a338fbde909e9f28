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
        line("flights", "%,d in %.2f s, on %d thread%s", counts.flights(), summary.seconds(), summary.threads(),
                summary.threads() == 1 ? "" : "s");
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
        line("precision", "%s at the model's threshold of %.4f", number(evaluation.precision()), summary.threshold());
        line("recall", "%s", number(evaluation.recall()));
        addAirports(summary);
    }

    private void addAirports(Summary summary) {
        if (summary.lateAirports().isEmpty()) {
            return;
        }
        text.append(String.format(
                Locale.ROOT,
                "%nAirports whose flights arrive late most often (%d flights at least)%n",
                Summary.LATE_AIRPORT_FLIGHTS_MIN));
        for (LateAirport airport : summary.lateAirports()) {
            text.append(String.format(Locale.ROOT, "  %s %5.1f %% of %,7d  %s, %s%n", airport.iata(),
                    100 * airport.lateShare(), airport.flights(), airport.name(), airport.city()));
        }
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
