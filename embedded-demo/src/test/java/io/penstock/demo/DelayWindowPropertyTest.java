package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class DelayWindowPropertyTest {

    private static final long HOUR_MS = 3_600_000;

    private record Known(long timeMs, int delay) {}

    @RepeatedTest(20)
    void agreesWithALookAtAllDelays(RepetitionInfo repetition) {
        int seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int gapMs = 1 + random.nextInt(600_000);
        DelayWindow window = new DelayWindow();
        List<Known> all = new ArrayList<>();
        long nowMs = 0;
        for (int i = 0; i < 2_000; i++) {
            nowMs += random.nextInt(3) == 0 ? 0 : random.nextInt(gapMs);
            if (random.nextInt(3) > 0) {
                Known known = new Known(nowMs, random.nextInt(100) - 40);
                all.add(known);
                window.add(known.timeMs, known.delay);
            } else {
                assertEquals(slowly(all, nowMs), window.at(nowMs), "seed " + seed + ", step " + i);
            }
        }
    }

    private static DelayStats slowly(List<Known> all, long nowMs) {
        List<Known> inside = all.stream()
                .filter(known -> known.timeMs > nowMs - 2 * HOUR_MS && known.timeMs <= nowMs)
                .toList();
        if (inside.isEmpty()) {
            return new DelayStats(0, 0, 0);
        }
        long sum = inside.stream().mapToLong(Known::delay).sum();
        long late = inside.stream().filter(known -> known.delay > 15).count();
        return new DelayStats((double) sum / inside.size(), (double) late / inside.size(), inside.size());
    }

    @Test
    void takesInWhatIsKnownNowAndLeavesOutWhatIsTwoHoursOld() {
        DelayWindow window = new DelayWindow();
        window.add(0, 10);
        window.add(1, 20);
        window.add(2 * HOUR_MS - 1, 16);
        assertEquals(3, window.at(2 * HOUR_MS - 1).count());
        assertEquals(new DelayStats(18, 1, 2), window.at(2 * HOUR_MS));
    }

    @Test
    void saysZeroWhereThereIsNothing() {
        assertEquals(new DelayStats(0, 0, 0), new DelayWindow().at(0));
    }
}
