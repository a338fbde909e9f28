package io.penstock.dag.conformance;

import java.util.stream.LongStream;

/** The seed of a random test: printed, and repeatable with {@code -Dpenstock.seed=...}. */
final class Seed {

    private Seed() {}

    static long of(String test) {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println(test + ": -Dpenstock.seed=" + seed);
        return seed;
    }

    /** One seed, or with {@code ./check --soak} a hundred, each of which the name of its test shows. */
    static LongStream several(String test) {
        long first = of(test);
        return LongStream.range(first, first + (Boolean.getBoolean("penstock.soak") ? 100 : 1));
    }
}
