package io.penstock.dag.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The tables against {@link HashMap}. */
class KeyTablePropertyTest {

    private static final int ROUNDS = Boolean.getBoolean("penstock.soak") ? 2_000 : 60;
    private static final int OPERATIONS_MAX = 3_000;
    private static final List<Object> EXTREMES = List.of(
            0, -1, 1, Integer.MIN_VALUE, Integer.MAX_VALUE, KeyTable.DENSE_MAX - 1, KeyTable.DENSE_MAX,
            0L, -1L, 1L, Long.MIN_VALUE, Long.MAX_VALUE, (long) Integer.MIN_VALUE, 1L << 32,
            "", "0", 'a', 1.5, Double.NaN, true);

    /** Keys of which many have the same hash. */
    private record Colliding(int number) {
        @Override
        public int hashCode() {
            return number % 3;
        }
    }

    private enum Keys {
        DENSE(random -> random.nextInt(KeyTable.DENSE_MAX)),
        AROUND_DENSE(random -> KeyTable.DENSE_MAX - 50 + random.nextInt(100)),
        SPARSE(Random::nextInt),
        STEPS(random -> random.nextInt(1_000) << 20),
        LONGS(random -> (Object) random.nextLong()),
        LONG_STEPS(random -> (Object) ((long) random.nextInt(1_000) << 40)),
        WORDS(random -> "word-" + random.nextInt(2_000)),
        COLLIDING(random -> new Colliding(random.nextInt(500))),
        EXTREME(random -> EXTREMES.get(random.nextInt(EXTREMES.size())));

        private final Function<Random, Object> next;

        Keys(Function<Random, Object> next) {
            this.next = next;
        }
    }

    private static Random random(String test) {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println(test + ": -Dpenstock.seed=" + seed);
        return new Random(seed);
    }

    @Test
    void keyTableHoldsWhatAHashMapHolds() {
        Random random = random("keyTable");
        for (int round = 0; round < ROUNDS; round++) {
            KeyTable table = new KeyTable();
            Map<Object, Object> reference = new HashMap<>();
            for (int left = random.nextInt(OPERATIONS_MAX); left > 0; left--) {
                Keys keys = Keys.values()[random.nextInt(round % 2 == 0 ? Keys.values().length : 1 + round % 9)];
                Object key = keys.next.apply(random);
                assertSame(reference.get(key), find(table, key, random), () -> "key " + key);
                if (!reference.containsKey(key)) {
                    Object value = new Object();
                    reference.put(key, value);
                    add(table, key, value, random);
                }
            }
            assertEquals(reference.size(), table.size());
            assertCursorSeesEachOnce(table, reference);
        }
    }

    /** Also as those do who know the key's type. */
    private static Object find(KeyTable table, Object key, Random random) {
        if (key instanceof Integer number && random.nextBoolean()) {
            return table.findInt(number);
        }
        return key instanceof Long number && random.nextBoolean()
                ? table.findLong(number)
                : KeyTable.find(table, key);
    }

    private static void add(KeyTable table, Object key, Object value, Random random) {
        if (key instanceof Integer number && random.nextBoolean()) {
            table.addInt(number, value);
        } else if (key instanceof Long number && random.nextBoolean()) {
            table.addLong(number, value);
        } else {
            KeyTable.add(table, key, value);
        }
    }

    private static void assertCursorSeesEachOnce(KeyTable table, Map<Object, Object> reference) {
        Map<Object, Object> seen = new HashMap<>();
        KeyTable.Cursor cursor = table.cursor();
        while (cursor.next()) {
            assertNull(seen.put(cursor.key(), cursor.value()), () -> "seen twice: " + cursor.key());
        }
        assertEquals(reference, seen);
        assertEquals(false, cursor.next(), "goes on behind its end");
    }

    @Test
    void findsNothingInAnEmptyTable() {
        KeyTable table = new KeyTable();
        EXTREMES.forEach(key -> assertNull(KeyTable.find(table, key)));
        assertEquals(0, table.size());
        assertEquals(false, table.cursor().next());
    }

    @Test
    void longSlotsHoldWhatAHashMapHolds() {
        Random random = random("longSlots");
        for (int round = 0; round < ROUNDS; round++) {
            LongSlots slots = new LongSlots(0);
            Map<Long, Object> reference = new HashMap<>();
            int shift = random.nextInt(Long.SIZE);
            for (int left = random.nextInt(OPERATIONS_MAX); left > 0; left--) {
                long key = random.nextInt(4) == 0 ? random.nextInt(20) : random.nextLong() << shift;
                assertSame(reference.get(key), slots.find(key), () -> "key " + key);
                if (!reference.containsKey(key)) {
                    Object value = new Object();
                    reference.put(key, value);
                    slots.add(key, value);
                }
            }
            reference.forEach((key, value) -> assertSame(value, slots.find(key)));
            assertEquals(reference.size(), slots.size());
        }
    }

    /** The hash alone decides nothing: keys are compared, and those that differ in it only by chance are kept apart. */
    @Test
    void objectSlotsKeepKeysOfOneHashApart() {
        ObjectSlots slots = new ObjectSlots(0);
        for (int number = 0; number < 300; number++) {
            assertNull(ObjectSlots.find(slots, new Colliding(number)));
            slots.add(new Colliding(number), number);
        }
        for (int number = 0; number < 300; number++) {
            assertEquals(number, ObjectSlots.find(slots, new Colliding(number)));
        }
        assertNull(ObjectSlots.find(slots, new Colliding(300)));
        assertEquals(300, slots.size());
    }
}
