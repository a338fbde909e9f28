package io.penstock.bench.latency;

import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Checksum;
import io.penstock.bench.work.Schedule;
import io.penstock.bench.work.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * When each result of W5 left its job: one log for the JVM, because functions travel as bytes. What is done with a
 * result while the job runs delays the next one; so it is only noted, by each thread for itself.
 *
 * <p>{@link #note} is thread-safe; the rest is for one thread, before and after a job.
 */
public final class LatencyLog {

    private record Noted(String word, long count, long windowEndMs, long atNs) {}

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int EXPECTED_ROWS = 1 << 19;

    private static final List<List<Noted>> LOGS = new ArrayList<>();
    private static final ThreadLocal<List<Noted>> LOG = ThreadLocal.withInitial(LatencyLog::ofThisThread);

    private static PacedSentences sentences = new PacedSentences(0, 0, 0);

    private LatencyLog() {}

    /** Forgets all results and says when the next run's sentences are due. */
    public static PacedSentences begin(long count) {
        return begin(PacedSentences.soon(count));
    }

    static PacedSentences begin(PacedSentences ofRun) {
        synchronized (LOGS) {
            LOGS.forEach(List::clear);
        }
        sentences = ofRun;
        return ofRun;
    }

    /** Notes that a result leaves the job now. */
    public static void note(String word, long count, long windowEndMs) {
        LOG.get().add(new Noted(word, count, windowEndMs, System.nanoTime()));
    }

    /** What the results of the run come to, with times since its start. */
    public static Answer answer() {
        Checksum checksum = new Checksum();
        for (Noted row : rows()) {
            checksum.add(row.windowEndMs - sentences.startMs(), row.word, row.count);
        }
        return checksum.answer();
    }

    /** Over all results of the windows that end after the warm-up, except that of the second after them. */
    public static Latencies latencies() {
        Schedule schedule = Schedule.ofCount(sentences.count());
        long firstEndMs = sentences.startMs() + TimeUnit.SECONDS.toMillis(schedule.warmUpSeconds()) + Sentence.WINDOW_MS;
        long lastEndMs = firstEndMs + TimeUnit.SECONDS.toMillis(schedule.measuredSeconds() - 1L);
        Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
        for (Noted row : rows()) {
            if (row.windowEndMs >= firstEndMs && row.windowEndMs <= lastEndMs) {
                histogram.recordValue(Math.max(0, sentences.latencyNs(row.windowEndMs, row.atNs)));
            }
        }
        return Latencies.of(histogram);
    }

    private static List<Noted> ofThisThread() {
        List<Noted> log = new ArrayList<>(EXPECTED_ROWS);
        synchronized (LOGS) {
            LOGS.add(log);
        }
        return log;
    }

    private static List<Noted> rows() {
        synchronized (LOGS) {
            return LOGS.stream().flatMap(List::stream).toList();
        }
    }
}
