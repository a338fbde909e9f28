package io.penstock.dag.compile;

import io.penstock.dag.Traverser;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The functions of one stage: what they do, and whether they fail, depends on the reading only, so that it is the same on
 * every run. Their calls are counted in this JVM.
 *
 * @param failsAt one reading in so many fails; 0 for none
 */
record Quirks(String stage, long salt, int failsAt) implements Serializable {

    static final Map<String, Long> CALLS = new ConcurrentSkipListMap<>();

    private static final int MANY_ITEMS = 300;
    /** More than a loop makes in one call. */
    private static final int VERY_MANY_ITEMS = RowLoop.ITEMS_MAX + 10;

    static long mixed(long number, long salt) {
        long mixed = (number + salt * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        return mixed ^ mixed >>> 29;
    }

    private boolean is(Reading reading, int oneIn, int why) {
        return Math.floorMod(mixed(reading.id(), salt + why), oneIn) == 0;
    }

    private Reading called(String function, Reading reading) {
        CALLS.merge(stage + "." + function, 1L, Long::sum);
        if (failsAt > 0 && is(reading, failsAt, 1)) {
            throw new IllegalArgumentException("quirk");
        }
        return reading;
    }

    Reading map(Reading reading) {
        return is(called("map", reading), 11, 2) ? null : reading.changed(salt);
    }

    boolean test(Reading reading) {
        return !is(called("test", reading), 5, 3);
    }

    long timeMs(Reading reading) {
        return called("time", reading).timeMs();
    }

    Traverser<Reading> items(Reading reading) {
        called("flat", reading);
        if (is(reading, 13, 4)) {
            return null;
        }
        int count = count(reading);
        int failing = failsAt > 0 && is(reading, failsAt, 5) ? count / 2 : -1;
        int[] next = {0};
        return () -> {
            CALLS.merge(stage + ".next", 1L, Long::sum);
            int item = next[0]++;
            if (item == failing) {
                throw new IllegalStateException("quirk amid items");
            }
            return item < count
                    ? new Reading(mixed(reading.id(), item + 7), reading.timeMs(), item, reading.depth() + 1)
                    : null;
        };
    }

    private int count(Reading reading) {
        if (reading.depth() == 0 && is(reading, 700, 6)) {
            return is(reading, 2, 7) ? MANY_ITEMS : VERY_MANY_ITEMS;
        }
        return Math.floorMod(reading.id(), 3);
    }

    private boolean hasKey(Reading reading) {
        return !is(called("key", reading), 37, 8);
    }

    Integer intKey(Reading reading) {
        return hasKey(reading) ? (Integer) (int) (reading.id() % 41 * (reading.id() % 5 == 0 ? 1_000_003 : 1)) : null;
    }

    Long longKey(Reading reading) {
        return hasKey(reading) ? (Long) (reading.id() % 43) : null;
    }

    String wordKey(Reading reading) {
        return hasKey(reading) ? "key-" + reading.id() % 29 : null;
    }

    Reading.Place placeKey(Reading reading) {
        return hasKey(reading) ? new Reading.Place((int) (reading.id() % 5), (int) (reading.id() % 7)) : null;
    }

    Object mixedKey(Reading reading) {
        return switch ((int) Math.floorMod(reading.id(), 3L)) {
            case 0 -> intKey(reading);
            case 1 -> longKey(reading);
            default -> wordKey(reading);
        };
    }

    void add(long[] sums, Reading reading) {
        called("add", reading);
        sums[0]++;
        sums[1] += reading.amount();
    }

    void fill(Reading reading, long[] number) {
        number[0] = called("fill", reading).amount();
    }

    Reading read(Reading reading, long[] square) {
        called("read", reading);
        if (failsAt > 0 && is(reading, failsAt, 10)) {
            throw new IllegalArgumentException("quirk of the result");
        }
        return is(reading, 17, 11) ? null : new Reading(
                mixed(reading.id(), square[0]), reading.timeMs(), square[0] % 100, reading.depth());
    }

    Reading join(Reading reading, Long value) {
        called("join", reading);
        return is(reading, 17, 9) ? null
                : new Reading(mixed(reading.id(), value), reading.timeMs(), value, reading.depth());
    }
}
