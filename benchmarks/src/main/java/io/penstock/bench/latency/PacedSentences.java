package io.penstock.bench.latency;

import io.penstock.bench.work.Schedule;
import io.penstock.bench.work.Sentence;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;

/**
 * W5's sentences, the time of each of which is the moment on the wall clock at which it is due.
 *
 * <p>May travel, but only within a JVM, because the clock is that of {@link System#nanoTime}.
 *
 * @param startMs the first sentence's time, since 1970, a whole second
 * @param startNs the same moment by {@link System#nanoTime}
 */
public record PacedSentences(long startMs, long startNs, long count) implements Serializable {

    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);

    /** Sentences that begin one to two seconds from now, when jobs have started. */
    static PacedSentences soon(long count) {
        long nowMs = System.currentTimeMillis();
        long nowNs = System.nanoTime();
        long startMs = (nowMs / MS_PER_SECOND + 2) * MS_PER_SECOND;
        return new PacedSentences(startMs, nowNs + (startMs - nowMs) * NS_PER_MS, count);
    }

    public Sentence get(long index) {
        return new Sentence(startMs + index / Schedule.SENTENCES_PER_MS, Sentence.text(index));
    }

    /** The moment at which a sentence is due, by {@link System#nanoTime}. */
    public long dueNs(long index) {
        return startNs + index / Schedule.SENTENCES_PER_MS * NS_PER_MS;
    }

    /** How many sentences are due by now. */
    public long dueCount() {
        long elapsedNs = System.nanoTime() - startNs;
        return elapsedNs < 0 ? 0 : Math.min(count, (elapsedNs / NS_PER_MS + 1) * Schedule.SENTENCES_PER_MS);
    }

    /** How long after a window's end a moment is. */
    long latencyNs(long windowEndMs, long atNs) {
        return atNs - startNs - (windowEndMs - startMs) * NS_PER_MS;
    }
}
