package io.penstock.bench.flink;

import io.penstock.bench.latency.PacedSentences;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;

/** Lets each reader go on when its next sentence is due. */
record Pace(PacedSentences sentences) implements RateLimiterStrategy<NumberSequenceSplit> {

    private static final long serialVersionUID = 1L;

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pace");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public RateLimiter<NumberSequenceSplit> createRateLimiter(int parallelism) {
        return new OfReader(sentences, parallelism);
    }

    /** One reader's share: every P-th sentence. */
    private static final class OfReader implements RateLimiter<NumberSequenceSplit> {

        private final PacedSentences sentences;
        private final int stride;
        private long nextIndex;

        private OfReader(PacedSentences sentences, int stride) {
            this.sentences = sentences;
            this.stride = stride;
        }

        @Override
        public CompletionStage<Void> acquire(int count) {
            long waitNs = sentences.dueNs(nextIndex) - System.nanoTime();
            nextIndex += (long) count * stride;
            if (waitNs <= 0) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<Void> due = new CompletableFuture<>();
            TIMER.schedule(() -> due.complete(null), waitNs, TimeUnit.NANOSECONDS);
            return due;
        }
    }
}
