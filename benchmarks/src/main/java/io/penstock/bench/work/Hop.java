package io.penstock.bench.work;

import java.io.Serializable;

/** An event that only travels. Some of them arrive in the results, to show that all went the whole way. */
public record Hop(long index) implements Serializable {

    private static final int SAMPLE_MASK = 0xFFF;

    public static Hop of(long index) {
        return new Hop(index);
    }

    public boolean isSample() {
        return (Mix.mix(index) & SAMPLE_MASK) == 0;
    }
}
