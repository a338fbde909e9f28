package io.penstock.demo.web;

import io.penstock.demo.web.Reading.Stage;

/**
 * A reading and how fast things have gone since an earlier one; over the whole run if that has ended.
 *
 * @param since null for the start of the run
 */
record Rates(Reading since, Reading now) {

    static Rates of(Reading earlier, Reading now) {
        return new Rates(now.isRunning() && earlier != now ? earlier : null, now);
    }

    double eventsPerSecond() {
        return perSecond(now.counts().events() - (since == null ? 0 : since.counts().events()));
    }

    /** Minutes of event time by second of wall clock; NaN if not known. */
    double eventMinutesPerSecond(long startMs) {
        long fromMs = since != null && Reading.isTime(since.eventTimeMs()) ? since.eventTimeMs() : startMs;
        return Reading.isTime(fromMs) && Reading.isTime(now.eventTimeMs())
                ? perSecond((now.eventTimeMs() - fromMs) / 60_000.0)
                : Double.NaN;
    }

    double eventsPerSecond(Stage stage) {
        return perSecond(stage.events() - (since == null ? 0 : since.eventsOf(stage.name())));
    }

    /** What goes back, as counts do after the loss of a member, counts as nothing. */
    private double perSecond(double amount) {
        double seconds = now.seconds() - (since == null ? 0 : since.seconds());
        return seconds > 0 ? Math.max(0, amount) / seconds : 0;
    }
}
