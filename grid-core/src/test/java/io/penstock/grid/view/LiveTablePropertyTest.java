package io.penstock.grid.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.grid.MapRef;
import io.penstock.grid.Seed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random operations do to a live table what they do to a {@link HashMap}, whatever the keys are. */
class LiveTablePropertyTest {

    private static final int RUNS = Boolean.getBoolean("penstock.soak") ? 1_000 : 12;
    private static final int STEPS = 4_000;
    private static final int KEY_COUNT = 1_000;

    /** Two keys of three have one hash, and the others another. */
    private record Alike(int id) {
        @Override
        public int hashCode() {
            return id % 3 == 0 ? Integer.MIN_VALUE : 7;
        }
    }

    enum Keys {
        DENSE(Long.class, i -> (long) i * 8),
        DENSE_AND_OTHERS(Integer.class, i -> i < 900 ? i : i * i),
        AT_THE_EDGE_OF_DENSE(Long.class, i -> 8_192L - KEY_COUNT / 2 + i),
        AROUND_ZERO(Integer.class, i -> i - KEY_COUNT / 2),
        EXTREME_LONGS(Long.class, i -> Long.rotateLeft(i % 2 == 0 ? Long.MAX_VALUE - i : i, i % 64)),
        EXTREME_INTEGERS(Integer.class, i -> i % 2 == 0 ? Integer.MIN_VALUE + i : Integer.MAX_VALUE - i),
        MULTIPLES_OF_A_LARGE_POWER(Long.class, i -> (long) i << 48),
        LONGS_OF_ONE_SLOT(Long.class, i -> OF_ONE_SLOT[i % OF_ONE_SLOT.length]),
        STRINGS(String.class, i -> "key " + i),
        STRINGS_OF_ONE_HASH(String.class, i ->
                IntStream.range(0, 10).mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB").toList().toString()),
        RECORDS_OF_ONE_HASH(Alike.class, i -> new Alike(i % 200));

        private final Class<?> type;
        private final IntFunction<Object> key;

        Keys(Class<?> type, IntFunction<Object> key) {
            this.type = type;
            this.key = key;
        }

        LiveTable table(int expectedCount) {
            return LiveTable.of(MapRef.of("keys", type, Object.class), expectedCount);
        }
    }

    private static final long[] OF_ONE_SLOT =
            LongStream.range(0, 1 << 20).filter(key -> (SlotArrays.mix(key) & 4_095) == 4_090).limit(200).toArray();

    @ParameterizedTest
    @EnumSource
    void behavesAsAHashMap(Keys keys) {
        long seed = Seed.of("LiveTablePropertyTest " + keys);
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(seed + run);
            LiveTable table = keys.table(random.nextInt(3) * KEY_COUNT / 2);
            Map<Object, Object> reference = new HashMap<>();
            int keyCount = 1 + random.nextInt(KEY_COUNT); // few keys make tombstones, many make it grow
            int removePercent = List.of(5, 30, 60).get(random.nextInt(3));
            for (int step = 0; step < STEPS; step++) {
                Object key = keys.key.apply(random.nextInt(keyCount));
                if (random.nextInt(100) < removePercent) {
                    table.remove(key);
                    reference.remove(key);
                } else {
                    table.put(key, step);
                    reference.put(key, step);
                }
                String where = "seed " + seed + ", run " + run + ", step " + step;
                assertEquals(reference.get(key), table.get(key), where);
                assertEquals(reference.size(), table.entryCount(), where);
                if (step % 1_000 == 999) {
                    assertSameBatches(keys, reference, table, where);
                }
            }
        }
    }

    /** All keys, those that were never put included, in batches and one by one. */
    private static void assertSameBatches(Keys keys, Map<Object, Object> reference, LiveTable table, String where) {
        Object[] all = IntStream.range(0, KEY_COUNT).mapToObj(keys.key).toArray();
        Object[] expected = IntStream.range(0, KEY_COUNT).mapToObj(i -> reference.get(all[i])).toArray();
        int found = (int) IntStream.range(0, KEY_COUNT).filter(i -> expected[i] != null).count();
        BatchScratch scratch = new BatchScratch();
        Object[] values = new Object[KEY_COUNT];
        assertEquals(found, table.getAll(all, KEY_COUNT, values, scratch), where);
        assertArrayEquals(expected, values, where);
        if (table instanceof LongLiveTable) {
            long[] longs = LongStream.range(0, KEY_COUNT).map(i -> ((Number) all[(int) i]).longValue()).toArray();
            Object[] valuesOfLongs = new Object[KEY_COUNT];
            assertEquals(found, table.getAll(longs, KEY_COUNT, valuesOfLongs, scratch), where);
            assertArrayEquals(expected, valuesOfLongs, where);
        }
        for (int i = 0; i < KEY_COUNT; i++) {
            assertEquals(expected[i], table.get(all[i]), where);
        }
    }
}
