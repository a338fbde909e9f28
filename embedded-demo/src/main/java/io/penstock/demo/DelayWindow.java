package io.penstock.demo;

import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;

/**
 * The delays that became known in the last two hours, in a ring that grows with the densest two hours. Sums are whole
 * numbers, so that the order of additions at one time changes nothing. Not thread-safe.
 */
final class DelayWindow implements Serializable {

    private static final long serialVersionUID = 1L;

    static final Duration SIZE = Duration.ofHours(2);

    private static final long SIZE_MS = SIZE.toMillis();

    private long[] timesMs = new long[8];
    private int[] delaysMinutes = new int[8];
    private int first;
    private int count;
    private long sumMinutes;
    private long lateCount;

    /** Adds a delay that became known at that time, which is not before that of the one added last. */
    void add(long timeMs, int delayMinutes) {
        evict(timeMs);
        if (count == timesMs.length) {
            grow();
        }
        int last = first + count & timesMs.length - 1;
        timesMs[last] = timeMs;
        delaysMinutes[last] = delayMinutes;
        count++;
        sumMinutes += delayMinutes;
        lateCount += Outcome.isLate(delayMinutes) ? 1 : 0;
    }

    /** What became known in (nowMs - 2 h, nowMs]. Time does not go back from one call to the next. */
    DelayStats at(long nowMs) {
        evict(nowMs);
        return count == 0
                ? DelayStats.NONE
                : new DelayStats((double) sumMinutes / count, (double) lateCount / count, count);
    }

    private void evict(long nowMs) {
        while (count > 0 && timesMs[first] <= nowMs - SIZE_MS) {
            sumMinutes -= delaysMinutes[first];
            lateCount -= Outcome.isLate(delaysMinutes[first]) ? 1 : 0;
            first = first + 1 & timesMs.length - 1;
            count--;
        }
    }

    /** Doubles the ring; its length stays a power of two, and its first element moves to the front. */
    private void grow() {
        int length = timesMs.length;
        long[] grownTimesMs = Arrays.copyOfRange(timesMs, first, first + 2 * length);
        int[] grownDelays = Arrays.copyOfRange(delaysMinutes, first, first + 2 * length);
        System.arraycopy(timesMs, 0, grownTimesMs, length - first, first);
        System.arraycopy(delaysMinutes, 0, grownDelays, length - first, first);
        timesMs = grownTimesMs;
        delaysMinutes = grownDelays;
        first = 0;
    }
}
