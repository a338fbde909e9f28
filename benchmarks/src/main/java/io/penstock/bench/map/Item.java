package io.penstock.bench.map;

import static io.penstock.bench.work.Mix.mix;

/**
 * A value: 104 bytes of heap with its name, on a JVM with compressed references.
 *
 * @param id the key that it stands under
 */
public record Item(long id, long amount, int category, double limit, String name) {

    private static final int CATEGORY_COUNT = 100;
    private static final long AMOUNT_MASK = 0xFFFF;

    /** The value of entry number {@code index}. */
    static Item of(int index, long id) {
        long h = mix(~index);
        return new Item(id, h & AMOUNT_MASK, (int) ((h >>> 1) % CATEGORY_COUNT), (h >>> 48) * 0.5,
                Long.toHexString(h | Long.MIN_VALUE));
    }

    /** The same under the same key with another amount. */
    Item plus(long added) {
        return new Item(id, amount + added, category, limit, name);
    }

    /** A copy that shares nothing with this one. */
    Item copyPlus(long added) {
        return new Item(id, amount + added, category, limit, new String(name.toCharArray()));
    }
}
