package io.penstock.demo;

import io.penstock.demo.FlightJob.Counts;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says how far a job is: one line that is written over again and again, or line after line. Not thread-safe. */
final class Progress {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final boolean isInPlace;
    private long lastEvents;
    private double lastSeconds;
    private int lastLength;

    Progress(PrintStream out, boolean isInPlace) {
        this.out = out;
        this.isInPlace = isInPlace;
    }

    void show(Counts counts, double auc, double seconds) {
        // After the loss of a member counts go on from the last snapshot.
        double eventsPerSecond = Math.max(0, counts.events() - lastEvents) / (seconds - lastSeconds);
        lastEvents = counts.events();
        lastSeconds = seconds;
        String line = String.format(Locale.ROOT, "%,d flights, %,.0f events/s, event time %s, AUC %s",
                counts.flights(), eventsPerSecond, time(counts.eventTimeMs()),
                Double.isNaN(auc) ? "-" : String.format(Locale.ROOT, "%.4f", auc));
        if (isInPlace) {
            out.print("\r" + line + " ".repeat(Math.max(0, lastLength - line.length())));
            lastLength = line.length();
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** Clears the line, so that what comes next begins on an empty one; more may be shown then. */
    void end() {
        if (lastLength > 0) {
            out.print("\r" + " ".repeat(lastLength) + "\r");
            out.flush();
            lastLength = 0;
        }
    }

    private static String time(long eventTimeMs) {
        if (eventTimeMs == Long.MIN_VALUE) {
            return "-";
        }
        return eventTimeMs == Long.MAX_VALUE ? "reached its end" : minute(eventTimeMs);
    }

    static String minute(long eventTimeMs) {
        return MINUTE.format(Instant.ofEpochMilli(eventTimeMs));
    }
}
