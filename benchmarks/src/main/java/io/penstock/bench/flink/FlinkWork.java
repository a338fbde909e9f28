package io.penstock.bench.flink;

import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Slice;
import java.time.Duration;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** A workload as a job of Flink's. */
interface FlinkWork {

    /** Adds the job over some events to an environment. */
    void build(StreamExecutionEnvironment environment, Slice slice);

    /** The answer that the results of all jobs come to; removes them. */
    Answer takeAnswer();

    @SuppressWarnings("unchecked")
    static RateLimiterStrategy<NumberSequenceSplit> unlimited() {
        return RateLimiterStrategy.noOp();
    }

    static TumblingEventTimeWindows tumbling(long sizeMs) {
        return TumblingEventTimeWindows.of(Duration.ofMillis(sizeMs));
    }

    /** Counts. */
    final class Counting<T> implements AggregateFunction<T, Long, Long> {

        private static final long serialVersionUID = 1L;

        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(T event, Long count) {
            return count + 1;
        }

        @Override
        public Long getResult(Long count) {
            return count;
        }

        @Override
        public Long merge(Long count, Long other) {
            return count + other;
        }
    }

    /** A result row. */
    record Row<K>(long windowEndMs, K key, double value) {}

    /** Adds to a result its key and its window. */
    final class WithWindow<V extends Number, K> extends ProcessWindowFunction<V, Row<K>, K, TimeWindow> {

        private static final long serialVersionUID = 1L;

        @Override
        public void process(K key, Context context, Iterable<V> results, Collector<Row<K>> out) {
            out.collect(new Row<>(context.window().getEnd(), key, results.iterator().next().doubleValue()));
        }
    }
}
