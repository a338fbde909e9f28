package io.penstock.bench.map;

import io.penstock.bench.work.Mix;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The keys and values of a measurement, all made beforehand.
 *
 * <p>Entries are made and filled in by their index, and asked for in a random order: their place in it. Keys that are
 * asked for are other objects than those in the map, as those of events are, and lie in memory as they are asked for,
 * as if each had just been boxed; what is in the map does not.
 *
 * @param keys by index
 * @param items by index, the values that a map is filled with
 * @param asked by place, equal to the keys
 * @param askedLongs by place
 * @param first by place, the same values as {@code items}
 * @param second by place, other values for the same keys
 */
record MapData(Long[] keys, Item[] items, Long[] asked, long[] askedLongs, Item[] first, Item[] second) {

    private static final long SEED = 42;
    private static final long ADDED = 1_000_000;

    /** Makes so many entries. */
    static MapData of(int entryCount) {
        Long[] keys = new Long[entryCount];
        Arrays.setAll(keys, Mix::mix);
        Item[] items = new Item[entryCount];
        Arrays.setAll(items, index -> Item.of(index, keys[index]));
        Item[] others = new Item[entryCount];
        Arrays.setAll(others, index -> items[index].copyPlus(ADDED));
        System.gc(); // all grow old in this order, before another array tells the collector to move them into its own

        int[] order = randomOrder(entryCount);
        Long[] asked = new Long[entryCount];
        Arrays.setAll(asked, place -> Mix.mix(order[place]));
        Item[] first = new Item[entryCount];
        Arrays.setAll(first, place -> items[order[place]]);
        Item[] second = new Item[entryCount];
        Arrays.setAll(second, place -> others[order[place]]);
        return new MapData(
                keys, items, asked, Arrays.stream(asked).mapToLong(Long::longValue).toArray(), first, second);
    }

    /** Fisher and Yates's. */
    private static int[] randomOrder(int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    int entryCount() {
        return keys.length;
    }
}
