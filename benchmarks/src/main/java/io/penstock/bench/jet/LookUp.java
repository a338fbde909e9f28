package io.penstock.bench.jet;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.function.BiFunctionEx;
import com.hazelcast.function.FunctionEx;
import com.hazelcast.jet.pipeline.BatchStage;
import com.hazelcast.jet.pipeline.StreamStage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The ways in which a pipeline of Jet's finds reference data.
 *
 * <p>The static table is one for the JVM, not data of the grid: filled before the job starts, and never changed.
 */
enum LookUp {
    STATIC,
    IMAP,
    REPLICATED;

    private static final String MAP = "reference";
    private static final Map<Object, Object> TABLE = new HashMap<>();

    /** Puts {@code count} entries where this way of looking up finds them. */
    <K, V> void load(HazelcastInstance member, long count, Function<Long, K> keyFn, Function<K, V> valueFn) {
        Map<K, V> map = map(member);
        map.clear();
        Map<K, V> some = new HashMap<>();
        for (long index = 0; index < count; index++) {
            K key = keyFn.apply(index);
            some.put(key, valueFn.apply(key));
            if (some.size() == 10_000 || index == count - 1) {
                map.putAll(some);
                some.clear();
            }
        }
    }

    /** The map that is looked up. */
    @SuppressWarnings("unchecked")
    <K, V> Map<K, V> map(HazelcastInstance member) {
        return switch (this) {
            case STATIC -> (Map<K, V>) TABLE;
            case IMAP -> member.getMap(MAP);
            case REPLICATED -> member.getReplicatedMap(MAP);
        };
    }

    <T, K, V, R> StreamStage<R> stream(
            StreamStage<T> stage, FunctionEx<T, K> keyFn, BiFunctionEx<T, V, R> joinFn) {
        return switch (this) {
            case STATIC -> stage.map(joiningTable(keyFn, joinFn));
            case IMAP -> stage.mapUsingIMap(MAP, keyFn, joinFn);
            case REPLICATED -> stage.mapUsingReplicatedMap(MAP, keyFn, joinFn);
        };
    }

    <T, K, V, R> BatchStage<R> batch(
            BatchStage<T> stage, FunctionEx<T, K> keyFn, BiFunctionEx<T, V, R> joinFn) {
        return switch (this) {
            case STATIC -> stage.map(joiningTable(keyFn, joinFn));
            case IMAP -> stage.mapUsingIMap(MAP, keyFn, joinFn);
            case REPLICATED -> stage.mapUsingReplicatedMap(MAP, keyFn, joinFn);
        };
    }

    private static <T, K, V, R> FunctionEx<T, R> joiningTable(FunctionEx<T, K> keyFn, BiFunctionEx<T, V, R> joinFn) {
        return event -> joinFn.apply(event, find(keyFn.apply(event)));
    }

    @SuppressWarnings("unchecked")
    private static <V> V find(Object key) {
        return (V) TABLE.get(key);
    }
}
