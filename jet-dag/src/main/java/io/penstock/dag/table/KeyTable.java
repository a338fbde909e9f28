package io.penstock.dag.table;

import java.util.Arrays;

/**
 * A hash table from keys to objects, such as the accumulators of a window. Integers and longs are not boxed; integers from
 * 0 to {@value #DENSE_MAX} - 1 index an array. Keys are never removed. Not thread-safe.
 *
 * <p>{@link #find} and {@link #add} are static and small so that they are inlined where the class of the key may be
 * known; who knows that keys are numbers calls the others.
 */
public final class KeyTable {

    static final int DENSE_MAX = 8192;
    private static final int DENSE_MIN = 64;
    private static final Object[] NONE = {};

    private Object[] dense = NONE;
    private int denseCount;
    private final LongSlots ints;
    private final LongSlots longs;
    private final ObjectSlots objects;

    /** For how many keys of each kind a table has room. */
    public record Room(int denseLength, int ints, int longs, int objects) {

        /** For none, but it grows. */
        public static final Room NONE = new Room(0, 0, 0, 0);
    }

    /** An empty table with this room from the beginning. */
    public KeyTable(Room room) {
        ints = new LongSlots(room.ints);
        longs = new LongSlots(room.longs);
        objects = new ObjectSlots(room.objects);
        dense = room.denseLength == 0 ? NONE : new Object[room.denseLength];
    }

    /** An empty table. */
    public KeyTable() {
        this(Room.NONE);
    }

    /** The room that the keys of this table need. */
    public Room room() {
        return new Room(dense.length, ints.size(), longs.size(), objects.size());
    }

    /** The value of a key, or null. */
    public static Object find(KeyTable table, Object key) {
        if (key instanceof Integer number) {
            return table.findInt(number);
        }
        if (key instanceof Long number) {
            return table.longs.find(number);
        }
        return ObjectSlots.find(table.objects, key);
    }

    /** Adds a key that is not there. */
    public static void add(KeyTable table, Object key, Object value) {
        if (key instanceof Integer number) {
            table.addInt(number, value);
        } else if (key instanceof Long number) {
            table.longs.add(number, value);
        } else {
            table.objects.add(key, value);
        }
    }

    /** The value of an integer key, or null. */
    public Object findInt(int key) {
        if (isSparse(key)) {
            return ints.find(key);
        }
        Object[] values = dense;
        return key < values.length ? values[key] : null;
    }

    private static boolean isSparse(int key) {
        return (key & -DENSE_MAX) != 0;
    }

    /** The value of a long key, or null. */
    public Object findLong(long key) {
        return longs.find(key);
    }

    /** Adds a long key that is not there. */
    public void addLong(long key, Object value) {
        longs.add(key, value);
    }

    /** Adds an integer key that is not there. */
    public void addInt(int key, Object value) {
        if (isSparse(key)) {
            ints.add(key, value);
            return;
        }
        if (key >= dense.length) {
            dense = Arrays.copyOf(dense, Math.max(DENSE_MIN, 2 * Integer.highestOneBit(key)));
        }
        dense[key] = value;
        denseCount++;
    }

    /** The number of keys. */
    public int size() {
        return denseCount + ints.size() + longs.size() + objects.size();
    }

    /** A walk over the entries, which must not change meanwhile. */
    public Cursor cursor() {
        return new Cursor(this);
    }

    /** Where a walk is. */
    public static final class Cursor {

        private static final int DENSE = 0;
        private static final int INTS = 1;
        private static final int LONGS = 2;
        private static final int OBJECTS = 3;
        private static final int END = 4;

        private final KeyTable table;
        private int part = DENSE;
        private int slot = -1;

        private Cursor(KeyTable table) {
            this.table = table;
        }

        /** Goes to the next entry; false if there is none. */
        public boolean next() {
            while (part != END) {
                int capacity = capacity();
                for (slot++; slot < capacity; slot++) {
                    if (value() != null) {
                        return true;
                    }
                }
                part++;
                slot = -1;
            }
            return false;
        }

        private int capacity() {
            return switch (part) {
                case DENSE -> table.dense.length;
                case INTS -> table.ints.capacity();
                case LONGS -> table.longs.capacity();
                default -> table.objects.capacity();
            };
        }

        public Object key() {
            return switch (part) {
                case DENSE -> slot;
                case INTS -> (int) table.ints.key(slot);
                case LONGS -> table.longs.key(slot);
                default -> table.objects.key(slot);
            };
        }

        public Object value() {
            return switch (part) {
                case DENSE -> table.dense[slot];
                case INTS -> table.ints.value(slot);
                case LONGS -> table.longs.value(slot);
                default -> table.objects.value(slot);
            };
        }
    }
}
