package io.penstock.grid.cluster;

import io.penstock.grid.view.TableReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Answers about keys that are not in a view's table, or not recent enough there: asks their owners, unless the table
 * knows that a key is absent. Used by one thread.
 */
final class OwnerLookup<K, V> {

    private static final long WAIT_NS_MAX = TimeUnit.SECONDS.toNanos(2);

    private final FollowedMap<K, V> followed;
    private final ViewTable<K, V> table;
    private final ViewPhases phases;
    private final TableReader<K, V> reader;
    private final Class<K> keyType;

    OwnerLookup(FollowedMap<K, V> followed, ViewTable<K, V> table, TableReader<K, V> reader) {
        this.followed = followed;
        this.table = table;
        this.reader = reader;
        phases = table.phases();
        keyType = followed.map().ref().keyType();
    }

    /** A key of the map, or null if there is no such key. */
    Object keyOf(long key) {
        if (keyType != Integer.class) {
            return key;
        }
        return (int) key == key ? Integer.valueOf((int) key) : null;
    }

    // ---- of keys that were not found in the table

    /** The value of a key that was not found, which may be null or no key of the map. */
    V missed(Object key) {
        if (!keyType.isInstance(key)) {
            return null;
        }
        int partition = -1;
        while (true) {
            long version = phases.version();
            boolean isComplete = phases.isAllComplete();
            if (!isComplete) {
                partition = partition < 0 ? partitionOf(key) : partition;
                isComplete = phases.isComplete(partition) || !phases.enter(partition, WAIT_NS_MAX);
            }
            if (!isComplete) {
                return ask(key, partition);
            }
            V again = reader.peek(key);
            if (again != null || phases.version() == version) {
                return again;
            }
        }
    }

    private int partitionOf(Object key) {
        return followed.journal().partitionOf(followed.form().form().key(keyType.cast(key)));
    }

    /**
     * With leave to do so, which it gives back. Looks again first: the partition may have been shown, and opened again,
     * since the key was not found, and whoever had an answer of the owner would then find an older value. While there
     * is leave, nothing comes into the table.
     */
    private V ask(Object key, int partition) {
        try {
            V again = reader.peek(key);
            return again != null ? again : followed.map().peek(key);
        } finally {
            phases.leave(partition);
        }
    }

    /**
     * Looks up those of a batch that were not found.
     *
     * @param values null for those to look up; receives what was found
     * @return the number of values that were found
     */
    int missed(Object[] keys, int count, Object[] values) {
        int found = 0;
        Map<Integer, Boolean> mayAsk = new HashMap<>();
        List<Integer> rows = new ArrayList<>();
        try {
            for (int row = 0; row < count; row++) {
                if (values[row] == null && keyType.isInstance(keys[row])) {
                    if (!phases.isAllComplete()
                            && mayAsk.computeIfAbsent(partitionOf(keys[row]), p -> phases.enter(p, WAIT_NS_MAX))) {
                        values[row] = reader.peek(keys[row]); // as in ask(), which says why
                        if (values[row] == null) {
                            rows.add(row);
                        } else {
                            found++;
                        }
                    } else {
                        values[row] = missed(keys[row]);
                        found += values[row] == null ? 0 : 1;
                    }
                }
            }
            return found + ask(rows, keys, values);
        } finally {
            mayAsk.forEach((partition, entered) -> {
                if (entered) {
                    phases.leave(partition);
                }
            });
        }
    }

    // ---- of keys whose values in the table are too old

    /** Asks the owner of a key whatever the table has. */
    V askInstead(Object key) {
        V value = keyType.isInstance(key) ? followed.map().peek(key) : null;
        table.confirmation().ownerAnswered();
        return value;
    }

    /** Asks the owners of a batch of keys whatever the table has, and returns the number of values that were found. */
    int askInstead(Object[] keys, int count, Object[] values) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            values[row] = null;
            if (keyType.isInstance(keys[row])) {
                rows.add(row);
            }
        }
        int found = ask(rows, keys, values);
        table.confirmation().ownerAnswered();
        return found;
    }

    private int ask(List<Integer> rows, Object[] keys, Object[] values) {
        if (rows.isEmpty()) {
            return 0;
        }
        Map<K, V> answers = followed.map().getAll(
                rows.stream().map(row -> keyType.cast(keys[row])).distinct().toList());
        int found = 0;
        for (int row : rows) {
            V value = answers.get(keyType.cast(keys[row]));
            values[row] = value;
            found += value == null ? 0 : 1;
        }
        return found;
    }
}
