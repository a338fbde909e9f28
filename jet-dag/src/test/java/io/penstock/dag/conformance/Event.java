package io.penstock.dag.conformance;

import java.io.Serializable;
import java.util.SplittableRandom;

/** An event of a random stream, which is a function of the stream's seed and its index. */
record Event(long id, int key, long timeMs, long amount) implements Serializable {

    /** How much older than the newest so far an event may be. */
    static final long LAG_MS = 50;

    private static final int PER_MS = 10;
    private static final int KEYS = 200;

    static Event of(long seed, long index) {
        SplittableRandom random = new SplittableRandom(seed * 31 + index);
        return new Event(
                index, random.nextInt(KEYS), index / PER_MS + random.nextLong(LAG_MS), random.nextLong(1_000));
    }
}
