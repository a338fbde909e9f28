package io.penstock.bench.jet;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.function.FunctionEx;
import com.hazelcast.function.ToDoubleFunctionEx;
import com.hazelcast.function.ToLongFunctionEx;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.map.IMap;
import io.penstock.bench.work.Rows;
import java.io.Serializable;

/** Where a pipeline of Jet's leaves its results. */
interface Results {

    /** A row of a result, as a key of the map. */
    record RowKey(long windowEndMs, Object key) implements Serializable {}

    /** @param keyFn a String or an Integer */
    <T> Sink<T> sink(ToLongFunctionEx<T> windowEndFn, FunctionEx<T, ?> keyFn, ToDoubleFunctionEx<T> valueFn);

    /** Brings what sinks have taken to {@link Rows}. */
    void collect();

    /** In a list of this JVM. */
    static Results inThisJvm() {
        return new Results() {
            @Override
            public <T> Sink<T> sink(
                    ToLongFunctionEx<T> windowEndFn, FunctionEx<T, ?> keyFn, ToDoubleFunctionEx<T> valueFn) {
                return RowSink.of(result -> Rows.add(
                        windowEndFn.applyAsLong(result), keyFn.apply(result), valueFn.applyAsDouble(result)));
            }

            @Override
            public void collect() {}
        };
    }

    /** In a map of the cluster, with Jet's own sink: members have no list in common. */
    static Results inMap(HazelcastInstance hazelcast) {
        IMap<RowKey, Double> map = hazelcast.getMap("rows");
        return new Results() {
            @Override
            public <T> Sink<T> sink(
                    ToLongFunctionEx<T> windowEndFn, FunctionEx<T, ?> keyFn, ToDoubleFunctionEx<T> valueFn) {
                return Sinks.map("rows",
                        result -> new RowKey(windowEndFn.applyAsLong(result), keyFn.apply(result)),
                        result -> valueFn.applyAsDouble(result));
            }

            @Override
            public void collect() {
                map.forEach((row, value) -> Rows.add(row.windowEndMs, row.key, value));
                map.clear();
            }
        };
    }
}
