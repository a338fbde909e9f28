package io.penstock.bench.work;

import static io.penstock.bench.work.Mix.mix;

import java.io.Serializable;

/**
 * The event of W3.
 *
 * @param key of an {@link Account}
 * @param amount a multiple of 0.25, so that sums are exact in every order
 */
public record Payment(long key, double amount) implements Serializable {

    /** What counts as the end of W3's only window. */
    public static final long WINDOW_END_MS = 0;

    public static Payment of(long index) {
        long h = mix(index);
        return new Payment(
                (h >>> 1) % Account.ACCOUNT_COUNT, ((h * 0xD1342543DE82EF95L) >>> 40) % 10_000 * 0.25);
    }
}
