package io.penstock.grid.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.MapRef;
import io.penstock.grid.Race;
import io.penstock.grid.Seed;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One writer and several readers of a live table. The writer gives each key ever higher versions and announces a
 * version after it has put it, so a reader must find that version or a later one, which must never go back.
 */
class LiveTableRaceTest {

    private static final int STEPS = Boolean.getBoolean("penstock.soak") ? 5_000_000 : 300_000;
    private static final int READERS = 3;
    private static final int KEY_COUNT = 3_000;
    private static final int ROWS = 256;

    /** Says everything twice: a torn one would contradict itself. */
    private record Version(int key, long number, int sameKey, long sameNumber) {}

    /** The keys fall in three classes, by their remainder. */
    private static final int STAYS = 0;
    private static final int COMES_AND_GOES = 1;
    private static final int NEVER_THERE = 2;

    enum Keys {
        DENSE(Long.class, i -> (long) i),
        DENSE_UNTIL_HALF_TIME(Long.class, i -> (long) i),
        HASHED(Long.class, i -> (i - 1_000L) * 1_000_003),
        STRINGS(String.class, i -> "key " + i);

        private final Class<?> type;
        private final IntFunction<Object> key;

        Keys(Class<?> type, IntFunction<Object> key) {
            this.type = type;
            this.key = key;
        }
    }

    private final AtomicLongArray announced = new AtomicLongArray(KEY_COUNT);
    private final AtomicBoolean done = new AtomicBoolean();

    @ParameterizedTest
    @EnumSource
    void nothingIsTornNorGoesBackNorIsMissing(Keys keys) throws Exception {
        long seed = Seed.of("LiveTableRaceTest " + keys);
        LiveTable table = LiveTable.of(MapRef.of("raced", keys.type, Object.class), 0);
        for (int i = STAYS; i < KEY_COUNT; i += 3) {
            put(table, keys, i, 1);
        }
        Race.run(1 + READERS, thread -> {
            Random random = new Random(seed + thread);
            if (thread == 0) {
                write(table, keys, random);
            } else {
                read(table, keys, random, "seed " + seed);
            }
            return null;
        });
    }

    /** A free slot has the key 0 in it, which must not be found though a value of another key comes into that slot. */
    @Test
    void zeroIsNotFoundInASlotThatIsAboutToBeUsed() throws Exception {
        long[] keysOfTheSlotOfZero = LongStream.range(1, 1 << 16)
                .filter(key -> (SlotArrays.mix(key) & 15) == SlotArrays.mix(0)).limit(1_000).toArray();
        LiveTable table = LiveTable.of(MapRef.of("raced", Long.class, Object.class), 0);
        table.put(-1L, "no key of a dense table");
        Race.run(2, thread -> {
            if (thread == 0) {
                for (int step = 0; step < STEPS; step++) {
                    Long key = keysOfTheSlotOfZero[step % keysOfTheSlotOfZero.length];
                    table.put(key, key);
                    table.remove(key);
                }
                done.set(true);
            }
            BatchScratch scratch = new BatchScratch();
            long[] zeros = new long[8];
            Object[] values = new Object[8];
            while (!done.get()) {
                assertNull(table.getLong(0));
                assertEquals(0, table.getAll(zeros, 8, values, scratch));
            }
            return null;
        });
    }

    private void put(LiveTable table, Keys keys, int i, long number) {
        table.put(keys.key.apply(i), new Version(i, number, i, number));
        announced.set(i, number);
    }

    private void write(LiveTable table, Keys keys, Random random) {
        try {
            long stranger = Long.MIN_VALUE; // a new key each time, soon removed, so that the table is copied often
            for (int step = 2; step < STEPS; step++) {
                int i = random.nextInt(KEY_COUNT / 3) * 3 + random.nextInt(2);
                if (i % 3 == COMES_AND_GOES && random.nextInt(3) == 0) {
                    table.remove(keys.key.apply(i));
                } else {
                    put(table, keys, i, step);
                }
                boolean mayLeaveDense = keys != Keys.DENSE && step > STEPS / 2 || keys == Keys.HASHED;
                if (mayLeaveDense && random.nextInt(4) == 0) {
                    Object strange = keys.type == Long.class ? (Object) stranger : "stranger " + stranger;
                    table.put(strange, new Version(-1, 0, -1, 0));
                    table.remove(strange);
                    stranger++;
                }
            }
        } finally {
            done.set(true);
        }
    }

    private void read(LiveTable table, Keys keys, Random random, String where) {
        BatchScratch scratch = new BatchScratch();
        int[] indexes = new int[ROWS];
        Object[] wanted = new Object[ROWS];
        long[] wantedLongs = new long[ROWS];
        Object[] values = new Object[ROWS];
        long[] atLeast = new long[ROWS];
        long[] seen = new long[KEY_COUNT];
        boolean byLong = keys.type == Long.class;
        while (!done.get()) {
            for (int row = 0; row < ROWS; row++) {
                indexes[row] = random.nextInt(KEY_COUNT);
                wanted[row] = keys.key.apply(indexes[row]);
                wantedLongs[row] = byLong ? (Long) wanted[row] : 0;
                atLeast[row] = Math.max(seen[indexes[row]], announced.get(indexes[row]));
            }
            if (byLong && random.nextBoolean()) {
                table.getAll(wantedLongs, ROWS, values, scratch);
            } else {
                table.getAll(wanted, ROWS, values, scratch);
            }
            for (int row = 0; row < ROWS; row++) {
                check(indexes[row], (Version) values[row], atLeast[row], seen, where);
            }
            int i = random.nextInt(KEY_COUNT);
            check(i, (Version) table.get(keys.key.apply(i)), seen[i], seen, where);
        }
    }

    private static void check(int i, Version found, long atLeast, long[] seen, String where) {
        if (i % 3 == NEVER_THERE) {
            assertNull(found, where);
        } else if (i % 3 == STAYS) {
            assertNotNull(found, where);
        }
        if (found != null) {
            assertEquals(new Version(i, found.number, i, found.number), found, where);
            assertTrue(found.number >= atLeast,
                    () -> where + ": key " + i + " went back from " + atLeast + " to " + found);
            seen[i] = Math.max(seen[i], found.number);
        }
    }
}
