package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A window with a million keys, all of which fire at one watermark, before a sink that is slower. */
class WindowIT extends Conformance {

    private static final int KEYS = 1_000_000;
    private static final int KEYS_IN_A_MAP = 50_000;
    private static final long WINDOW_MS = 1_000;
    private static final long SINK_NS_PER_BATCH = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long SINK_NS_PER_ROW = SINK_NS_PER_BATCH / Batch.CAPACITY;

    private static final AtomicIntegerArray COUNTS = new AtomicIntegerArray(KEYS);
    private static final AtomicIntegerArray RESULTS = new AtomicIntegerArray(KEYS);

    @OnHostsOfThisJvm(because = "so many results are counted in it; with fewer, see the next")
    void firesAMillionKeysAtOnce(Host host) throws Exception {
        for (int key = 0; key < KEYS; key++) {
            COUNTS.set(key, 0);
            RESULTS.set(key, 0);
        }
        Pipeline p = Pipeline.create();
        results(p, KEYS).custom(OperatorSpec.of("slow sink", SlowSink::new));
        long beganNs = System.nanoTime();
        run(host, p);
        System.out.println("WindowIT " + host + ": " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs) + " ms");
        long events = KEYS * 3L / 2;
        for (int key = 0; key < KEYS; key++) {
            // the last event, which lets the window fire, has one of its own
            assertEquals(key == events % KEYS ? 2 : 1, RESULTS.get(key), "results of key " + key);
            assertEquals(key <= events % KEYS ? 2 : 1, COUNTS.get(key), "events of key " + key);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "PROCESSES_3")
    void firesManyKeysAtOnce(Host host) throws Exception {
        Pipeline p = Pipeline.create();
        results(p, KEYS_IN_A_MAP)
                .map(result -> new Row(result.endMs(), result.key(), result.result()))
                .custom(CountingSink.spec(host, SINK_NS_PER_ROW));
        run(host, p);
        int events = KEYS_IN_A_MAP * 3 / 2;
        assertRows(host, LongStream.rangeClosed(0, KEYS_IN_A_MAP)
                .mapToObj(key -> key == KEYS_IN_A_MAP
                        ? new Row(2 * WINDOW_MS, events % KEYS_IN_A_MAP, 1)
                        : new Row(WINDOW_MS, key, key < events % KEYS_IN_A_MAP ? 2 : 1))
                .toList());
    }

    private static Stage<KeyedWindowResult<Integer, Long>> results(Pipeline p, int keys) {
        int events = keys * 3 / 2;
        return p.readFrom(Sources.generator(events + 1, index -> index))
                .withTimestamps(index -> index == events ? WINDOW_MS : index % WINDOW_MS, Duration.ofSeconds(1))
                .groupingKey(index -> (int) (index % keys))
                .window(WindowDefinition.tumbling(Duration.ofMillis(WINDOW_MS)))
                .aggregate(AggregateOperations.counting());
    }

    private static final class SlowSink implements Operator {

        @Override
        public void process(int input, Batch batch, Output output) {
            for (int row = 0; row < batch.size(); row++) {
                KeyedWindowResult<?, ?> result = (KeyedWindowResult<?, ?>) batch.event(row);
                COUNTS.addAndGet((Integer) result.key(), (int) (long) (Long) result.result());
                RESULTS.incrementAndGet((Integer) result.key());
            }
            spin(SINK_NS_PER_BATCH);
        }
    }
}
