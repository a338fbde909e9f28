package io.penstock.dag.conformance;

/** The seed of a random test: printed, and repeatable with {@code -Dpenstock.seed=...}. */
final class Seed {

    private Seed() {}

    static long of(String test) {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println(test + ": -Dpenstock.seed=" + seed);
        return seed;
    }
}
