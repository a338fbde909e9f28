package io.penstock.bench.work;

import static io.penstock.bench.work.Mix.mix;

/**
 * A sum over result rows that is the same for every order of the rows.
 *
 * <p>Not thread-safe.
 */
public final class Checksum {

    private long sum;

    public void add(long windowEndMs, long key, long value) {
        sum += mix(mix(mix(windowEndMs) ^ key) ^ value);
    }

    public void add(long windowEndMs, String key, long value) {
        add(windowEndMs, Mix.hash(key), value);
    }

    public Answer answer() {
        return Answer.ofChecksum(sum);
    }
}
