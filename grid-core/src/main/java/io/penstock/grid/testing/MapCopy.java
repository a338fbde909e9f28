package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.equal;

import io.penstock.grid.Changes;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapChange.Kind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * A copy of a map that is made from its changes only. It sees to it that each change fits to the one before: the
 * numbers of a partition have no holes, each value before is the one that the copy has, and no entry of the content
 * comes twice.
 */
final class MapCopy<K, V> {

    private final Changes<K, V> changes;
    private final boolean tellsExpiryLate;
    private final Map<K, V> entries = new HashMap<>();
    /** By partition, the number that the next change must have. */
    private final Map<Integer, Long> nexts = new HashMap<>();
    private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
    private long changeCount;

    MapCopy(Changes<K, V> changes) {
        this(changes, false);
    }

    /**
     * @param tellsExpiryLate whether an entry that had expired is not in the content, but told to have expired later
     */
    MapCopy(Changes<K, V> changes, boolean tellsExpiryLate) {
        this.changes = changes;
        this.tellsExpiryLate = tellsExpiryLate;
    }

    Map<K, V> entries() {
        return entries;
    }

    /** The number of changes followed, but for content. */
    long changeCount() {
        return changeCount;
    }

    /** The number of changes of a kind. */
    long changeCount(Kind kind) {
        return kinds.getOrDefault(kind, 0L);
    }

    /** Follows all that there is. */
    MapCopy<K, V> follow(Changes.Reader<K, V> reader) {
        while (reader.poll(this::apply, 1_000) > 0) {
            continue;
        }
        return this;
    }

    void apply(MapChange<K, V> change) {
        equal(changes.partitionOf(change.key()), change.partition(), "the partition of the key of " + change);
        if (change.kind() == Kind.PRESENT) {
            equal(nexts.getOrDefault(change.partition(), change.sequence()), change.sequence(), "number of " + change);
            nexts.put(change.partition(), change.sequence());
            equal(null, change.before(), "a value before in " + change);
            equal(null, entries.put(change.key(), change.after()), "what the copy has of the key of " + change);
            return;
        }
        changeCount++;
        kinds.merge(change.kind(), 1L, Long::sum);
        equal(nexts.getOrDefault(change.partition(), change.sequence()), change.sequence(), "number of " + change);
        nexts.put(change.partition(), change.sequence() + 1);
        equal(change.kind() == Kind.PUT, change.before() == null, "that only a PUT has no value before: " + change);
        equal(change.kind().removes(), change.after() == null, "that only removals have none after: " + change);
        V had = change.after() == null ? entries.remove(change.key()) : entries.put(change.key(), change.after());
        if (tellsExpiryLate && change.kind() == Kind.EXPIRE && had == null) {
            return;
        }
        equal(had, change.before(), "the value before that the copy has, in " + change);
    }
}
