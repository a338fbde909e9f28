package io.penstock.testing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The time of a test, which only its script moves, and only forward. */
final class TestClock {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+");
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    private long nowMs = Long.MIN_VALUE;

    /** A time as a test writes it. */
    static long parse(String text) {
        try {
            if (NUMBER.matcher(text).matches()) {
                return Long.parseLong(text);
            }
            return text.contains("T")
                    ? Instant.parse(text).toEpochMilli()
                    : TimeUnit.NANOSECONDS.toMillis(LocalTime.parse(text).toNanoOfDay());
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no time; write HH:mm or HH:mm:ss (on 1970-01-01,"
                    + " UTC), an ISO instant such as 2026-01-31T10:00:00Z, or ms since the epoch", e);
        }
    }

    static String format(long timeMs) {
        return timeMs >= 0 && timeMs < DAY_MS
                ? LocalTime.ofNanoOfDay(TimeUnit.MILLISECONDS.toNanos(timeMs)).toString()
                : Instant.ofEpochMilli(timeMs).toString();
    }

    /** In ms since the epoch; the smallest long before the first time. */
    long nowMs() {
        return nowMs;
    }

    void moveTo(long timeMs) {
        if (timeMs == Long.MIN_VALUE || timeMs == Long.MAX_VALUE) {
            throw new IllegalArgumentException("the smallest and the largest long stand for no time and for the end;"
                    + " use a time in between, or end()");
        }
        if (timeMs < nowMs) {
            throw new IllegalArgumentException("time cannot go back from " + this + " to " + format(timeMs)
                    + "; for a time on the next day write an ISO instant, and for a late event an event whose own time"
                    + " is older");
        }
        nowMs = timeMs;
    }

    @Override
    public String toString() {
        return nowMs == Long.MIN_VALUE ? "no time yet" : format(nowMs);
    }
}
