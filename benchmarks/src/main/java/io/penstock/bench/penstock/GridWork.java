package io.penstock.bench.penstock;

import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Slice;
import io.penstock.dag.LongFunctionEx;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Source;
import io.penstock.dag.Sources;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;

/** A workload as a pipeline, the data that it looks up, and the maps that its results go to. */
interface GridWork {

    /** Fills the maps that the pipeline looks up. */
    default void load(Grid grid) {}

    /** Puts the entry number {@code index}, modulo their number, into the map that the pipeline looks up once more. */
    default void rewrite(Grid grid, long index) {
        throw new UnsupportedOperationException("this workload looks nothing up");
    }

    /**
     * The pipeline over some events.
     *
     * @param job the number of the job, which has a map of its own for its results
     */
    Pipeline pipeline(Slice slice, int job);

    /** The answer that the results of the jobs come to; removes them. */
    Answer takeAnswer(Grid grid, int jobCount);

    /** The events of a slice. */
    static <T> Source<T> source(Slice slice, LongFunctionEx<? extends T> eventFn) {
        long from = slice.from();
        return from == 0
                ? Sources.generator(slice.size(), eventFn)
                : Sources.generator(slice.size(), index -> eventFn.applyEx(from + index));
    }

    /** A map for results. */
    static <K, V> MapRef<K, V> results(String name, int job, Class<K> keyType, Class<V> valueType) {
        return MapRef.of(name + "-" + job, keyType, valueType);
    }

    /** The results of all jobs; those under the same key are added up. Removes them. */
    static <K, V> Map<K, V> take(
            Grid grid, int jobCount, IntFunction<MapRef<K, V>> refOfJob, BinaryOperator<V> adding) {
        Map<K, V> taken = new HashMap<>();
        for (int job = 0; job < jobCount; job++) {
            GridMap<K, V> results = grid.map(refOfJob.apply(job));
            results.forEach((key, value) -> taken.merge(key, value, adding));
            results.clear();
        }
        return taken;
    }
}
