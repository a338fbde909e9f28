package io.penstock.bench.work;

/**
 * When W5's sentences are due: 50 a millisecond, for some seconds before anything is measured, for those that are, and
 * for one after, so that the last window that is measured ends like the others.
 */
public record Schedule(int warmUpSeconds, int measuredSeconds) {

    public static final int SENTENCES_PER_MS = 50;

    private static final int SENTENCES_PER_SECOND = SENTENCES_PER_MS * 1_000;

    /** With a warm-up of half as long, but a second at least. */
    public static Schedule ofMeasured(int measuredSeconds) {
        return new Schedule(Math.max(1, measuredSeconds / 2), measuredSeconds);
    }

    /** The schedule that has so many sentences. */
    public static Schedule ofCount(long count) {
        int seconds = Math.toIntExact(count / SENTENCES_PER_SECOND) - 1;
        int warmUpSeconds = Math.max(1, seconds / 3);
        return new Schedule(warmUpSeconds, seconds - warmUpSeconds);
    }

    public long count() {
        return (long) SENTENCES_PER_SECOND * (warmUpSeconds + measuredSeconds + 1);
    }
}
