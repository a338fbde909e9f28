package io.penstock.grid.host;

import io.penstock.grid.Codec;
import io.penstock.grid.GridException;
import io.penstock.grid.MapRef;
import java.util.Set;
import java.util.UUID;

/**
 * Entries of a map as the codec sees them: their size, and whether two values are the same. On the heap any value may
 * be put, also one that the codec refuses; such a value has no size and is the same as another if {@code equals} says
 * so.
 */
public final class EntryForm<K, V> {

    private static final int SAMPLE_ENTRIES = 100;
    /** Those of which {@code equals} says the same as the codec. */
    private static final Set<Class<?>> SIMPLE = Set.of(
            String.class, Long.class, Integer.class, Short.class, Byte.class, Character.class, Boolean.class,
            Double.class, Float.class, UUID.class);

    private final MapRef<K, V> ref;
    private final boolean isSimple;
    /** Null until it is needed, since making one looks at the whole type; made twice if two threads need it first. */
    private volatile Codecs<K, V> codecs;

    private record Codecs<K, V>(Codec<K> keys, Codec<V> values) {}

    public EntryForm(MapRef<K, V> ref) {
        this.ref = ref;
        isSimple = SIMPLE.contains(ref.valueType()) || ref.valueType().isEnum();
    }

    private Codecs<K, V> codecs() {
        Codecs<K, V> made = codecs;
        if (made == null) {
            made = new Codecs<>(Codec.ofKey(ref.keyType()), Codec.of(ref.valueType()));
            codecs = made;
        }
        return made;
    }

    /**
     * The size of an entry.
     *
     * @throws GridException if the codec refuses the value
     */
    public long bytes(K key, V value) {
        Codecs<K, V> sized = codecs();
        return (long) sized.keys.size(key) + sized.values.size(value);
    }

    /** Refuses types that have no size. */
    public void checkSized() {
        try {
            codecs();
        } catch (GridException e) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    "map '" + ref.name() + "': maxBytes needs values of which the codec knows the size; " + e.getMessage(),
                    e);
        }
    }

    /** About the size of all entries, from a sample of them; -1 if the codec refuses one. */
    public long estimate(Cursor<K, V> cursor, long entryCount) {
        int sampled = 0;
        double bytes = 0;
        try {
            for (; sampled < SAMPLE_ENTRIES && cursor.advance(); sampled++) {
                bytes += bytes(cursor.key(), cursor.value());
            }
        } catch (GridException e) {
            return -1;
        }
        return sampled == 0 ? 0 : Math.round(bytes / sampled * entryCount);
    }

    /** Whether a value is the one that a conditional operation expects. */
    public boolean same(Object expected, V present) {
        if (expected.equals(present)) {
            return true;
        }
        if (isSimple || !ref.valueType().isInstance(expected)) {
            return false;
        }
        try {
            return codecs().values.sameBytes(ref.valueType().cast(expected), present);
        } catch (GridException e) { // not of the kinds that the codec knows
            return false;
        }
    }
}
