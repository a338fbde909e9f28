package io.penstock.bench.work;

import static io.penstock.bench.work.Mix.mix;

import java.io.Serializable;

/** The reference data of W3: about 100 bytes under a long. */
public record Account(long id, int category, String name, String country, double limit, long updated)
        implements Serializable {

    public static final int ACCOUNT_COUNT = 1_000_000;
    public static final int CATEGORY_COUNT = 100;

    private static final long UPDATED_FIRST_MS = 1_700_000_000_000L;

    public static Account of(long key) {
        long h = mix(~key);
        return new Account(
                key,
                (int) ((h >>> 1) % CATEGORY_COUNT),
                "account-" + padded(Long.toHexString(h), 16) + "-" + padded(Long.toString(key), 8),
                "C" + (h & 0xFF),
                (h >>> 48) * 0.5,
                UPDATED_FIRST_MS + (h >>> 32));
    }

    /** As {@code %0<length>}; {@code String.format} would take seconds for a million of them. */
    private static String padded(String digits, int length) {
        return "0".repeat(Math.max(0, length - digits.length())) + digits;
    }
}
