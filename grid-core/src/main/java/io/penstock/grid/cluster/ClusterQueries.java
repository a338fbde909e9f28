package io.penstock.grid.cluster;

import com.hazelcast.aggregation.Aggregator;
import com.hazelcast.map.IMap;
import io.penstock.grid.MapPredicate;
import io.penstock.grid.MapRef;
import io.penstock.grid.query.KnownPredicate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the entries that a predicate chooses. The predicate goes to the owners; if it cannot be serialized, or a member
 * lacks its class, the entries come here. Names of keys are looked up, and indexes narrow down what is looked at.
 */
final class ClusterQueries<K, V> {

    private final ClusterMap<K, V> map;
    private final IMap<Stored, Stored> imap;
    private final MapTypes types;
    private final Collection<String> indexes;
    private final FunctionForms functions;

    ClusterQueries(ClusterMap<K, V> map, IMap<Stored, Stored> imap, MapTypes types, Collection<String> indexes,
            FunctionForms functions) {
        this.map = map;
        this.imap = imap;
        this.types = types;
        this.indexes = indexes;
        this.functions = functions;
    }

    Map<K, V> select(MapPredicate<? super K, ? super V> predicate) {
        Map<K, V> selected = new LinkedHashMap<>();
        find(predicate).forEach((key, value) -> selected.put(map.form().key(key), map.form().value(value)));
        return selected;
    }

    long count(MapPredicate<? super K, ? super V> predicate) {
        IndexPlan plan = plan(predicate);
        QueryAtOwner found = plan.keys() == null ? askOwners(plan, predicate, QueryAtOwner.What.COUNT) : null;
        return found == null ? findHere(plan, predicate).size() : found.count();
    }

    /** The entries that are alive and chosen, as they are stored. */
    Map<Stored, Stored> find(MapPredicate<? super K, ? super V> predicate) {
        IndexPlan plan = plan(predicate);
        QueryAtOwner found = plan.keys() == null ? askOwners(plan, predicate, QueryAtOwner.What.ENTRIES) : null;
        if (found == null) {
            return findHere(plan, predicate);
        }
        Map<Stored, Stored> entries = new LinkedHashMap<>();
        for (int i = 0; i < found.keys().size(); i++) {
            entries.put(found.keys().get(i), found.values().get(i));
        }
        return entries;
    }

    /** The number of entries that are alive. */
    long countLive() {
        return ask(IndexPlan.WALK, QueryAtOwner.What.COUNT, null).count();
    }

    /** Some entries that have expired. */
    QueryAtOwner findExpired() {
        return ask(IndexPlan.WALK, QueryAtOwner.What.EXPIRED, null);
    }

    /** The number and the size of some entries. */
    QueryAtOwner sampleSizes() {
        return ask(IndexPlan.WALK, QueryAtOwner.What.SIZES, null);
    }

    private IndexPlan plan(MapPredicate<? super K, ? super V> predicate) {
        MapRef<K, V> ref = map.ref();
        KnownPredicate.check(predicate, ref.keyType(), ref.valueType());
        return IndexPlan.of(predicate, ref.valueType(), indexes);
    }

    /** Null if an owner cannot run the predicate. */
    private QueryAtOwner askOwners(
            IndexPlan plan, MapPredicate<? super K, ? super V> predicate, QueryAtOwner.What what) {
        byte[] function = functions.of(predicate);
        if (function == null) {
            return null;
        }
        QueryAtOwner found = ask(plan, what, function);
        if (found.obstacle() != null) {
            functions.keep(predicate);
            return null;
        }
        if (found.failure() != null) {
            Throwable failure = Failures.read(found.failure(), predicate);
            if (failure == null) {
                return null; // it happens again here
            }
            throw Failures.rethrow(failure);
        }
        return found;
    }

    private QueryAtOwner ask(IndexPlan plan, QueryAtOwner.What what, byte[] function) {
        QueryAtOwner query = new QueryAtOwner(types, what, function, map.nowMs());
        return map.calls().read(() -> plan.indexed() == null
                ? imap.aggregate(query(query))
                : imap.aggregate(query(query), plan.indexed()));
    }

    /** Hazelcast gives it entries whose keys and values may be anybody's. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Aggregator<Map.Entry<Stored, Stored>, QueryAtOwner> query(
            QueryAtOwner query) {
        return (Aggregator) query;
    }

    private Map<Stored, Stored> findHere(IndexPlan plan, MapPredicate<? super K, ? super V> predicate) {
        Map<Stored, Stored> entries = new LinkedHashMap<>();
        long nowMs = map.nowMs();
        if (plan.keys() != null) {
            Set<Stored> keys = new HashSet<>();
            plan.keys().forEach(key -> keys.add(map.form().key(map.ref().keyType().cast(key))));
            Map<?, ?> found = keys.isEmpty() ? Map.of() : map.calls().read(() -> imap.getAll(keys));
            found.forEach((key, value) ->
                    addIfChosen(entries, (Stored) key, map.form().found(value), predicate, nowMs));
            return entries;
        }
        for (ClusterCursor<K, V> cursor = map.cursor(); cursor.advance();) {
            if (predicate.test(cursor.key(), cursor.value())) {
                entries.put(cursor.storedKey(), cursor.storedValue());
            }
        }
        return entries;
    }

    private void addIfChosen(Map<Stored, Stored> entries, Stored key, Stored value,
            MapPredicate<? super K, ? super V> predicate, long nowMs) {
        V live = map.form().liveValue(value, nowMs);
        if (live != null && predicate.test(map.form().key(key), live)) {
            entries.put(key, value);
        }
    }

    /** The keys of some entries. */
    List<K> keysOf(Map<Stored, Stored> entries) {
        List<K> keys = new ArrayList<>();
        entries.keySet().forEach(key -> keys.add(map.form().key(key)));
        return keys;
    }
}
