package io.penstock.grid;

/** The seed of a random test: printed, and repeatable with {@code -Dpenstock.seed=...}. */
public final class Seed {

    private Seed() {}

    public static long of(String test) {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println(test + ": -Dpenstock.seed=" + seed);
        return seed;
    }
}
