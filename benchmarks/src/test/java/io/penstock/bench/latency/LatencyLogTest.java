package io.penstock.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.bench.work.Checksum;
import io.penstock.bench.work.Schedule;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyLogTest {

    @Test
    void answerCountsTimesFromTheStart() {
        PacedSentences sentences = LatencyLog.begin(Schedule.ofMeasured(1).count());
        LatencyLog.note("word", 3, sentences.startMs() + 1_000);
        Checksum right = new Checksum();
        right.add(1_000, "word", 3);
        assertEquals(right.answer(), LatencyLog.answer());
    }

    @Test
    void onlyWindowsBetweenWarmUpAndTheLastSecondCount() {
        long startNs = System.nanoTime() - TimeUnit.SECONDS.toNanos(10);
        LatencyLog.begin(new PacedSentences(5_000, startNs, Schedule.ofMeasured(1).count()));
        LatencyLog.note("warm-up", 1, 6_000);
        LatencyLog.note("measured", 1, 7_000);
        LatencyLog.note("after", 1, 8_000);
        Latencies latencies = LatencyLog.latencies();
        assertTrue(latencies.p50Ms() >= 7_900 && latencies.maxMs() < 8_900, latencies::toString);
    }

    @Test
    void sentencesAreDueAtTheirTime() {
        long nowNs = System.nanoTime();
        PacedSentences started = new PacedSentences(5_000, nowNs - TimeUnit.SECONDS.toNanos(10), 100);
        assertEquals(100, started.dueCount());
        assertEquals(0, new PacedSentences(5_000, nowNs + TimeUnit.HOURS.toNanos(1), 100).dueCount());
        assertEquals(5_001, started.get(50).timeMs());
        assertEquals(started.startNs() + 1_000_000, started.dueNs(50));
        assertEquals(2_500_000, started.latencyNs(6_000, started.startNs() + 1_002_500_000L));
        assertTrue(new PacedSentences(5_000, nowNs, Long.MAX_VALUE).dueCount() >= Schedule.SENTENCES_PER_MS);
    }
}
