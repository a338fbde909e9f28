package io.penstock.grid.view;

import io.penstock.grid.LocalView;

/**
 * The arrays of a {@link LongLiveTable} from one copy to the next. A slot never changes its key: it is free (its value
 * is null), or holds the value of its key, or says that its key was {@linkplain Removed removed}.
 */
sealed interface LongSlots extends LocalView.Pass<Object> permits DenseSlots, HashedLongSlots {

    /** The value, null, or {@link Removed#MARK}. */
    Object find(long key);

    /** Looks up {@code count} keys, at most {@link BatchScratch#ROWS_MAX}, and returns the number of those found. */
    int findAll(long[] keys, int keysFrom, int count, Object[] values, int valuesFrom, BatchScratch scratch);

    @Override
    default Object getLong(long key) {
        return Removed.hide(find(key));
    }

    @Override
    default Object get(Object key) {
        return getLong(((Number) key).longValue());
    }

    // ---- for the one writer

    /** Whether the key can be stored without a copy. */
    boolean takes(long key);

    /** Stores a value and returns what was found: the value before, null, or {@link Removed#MARK}. */
    Object store(long key, Object value);

    /** A copy without the removed keys. */
    HashedLongSlots copy(int capacity);
}
