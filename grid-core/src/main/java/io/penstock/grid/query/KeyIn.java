package io.penstock.grid.query;

import io.penstock.grid.GridException;
import java.util.Set;

/** Chooses the entries of some keys. */
public record KeyIn<K, V>(Set<Object> keys) implements KnownPredicate<K, V> {

    public KeyIn {
        keys = Set.copyOf(keys);
    }

    @Override
    public boolean test(K key, V value) {
        return keys.contains(key);
    }

    @Override
    public void check(Class<?> keyType, Class<?> valueType) {
        for (Object key : keys) {
            if (!keyType.isInstance(key)) {
                throw new GridException(
                        GridException.Code.BAD_KEY,
                        "the keys of the map are of type " + keyType.getName() + ", but the predicate asks for a "
                                + key.getClass().getName() + "; ask for a key of the map's type");
            }
        }
    }

    @Override
    public String toString() {
        return "key in (" + keys.size() + (keys.size() == 1 ? " key)" : " keys)");
    }
}
