package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sources;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A window with a million keys, all of which fire at one watermark, before a sink that is slower. */
class WindowIT extends Conformance {

    private static final int KEYS = 1_000_000;
    private static final int EVENTS = 1_500_000;
    private static final long WINDOW_MS = 1_000;
    private static final long SINK_NS_PER_BATCH = TimeUnit.MICROSECONDS.toNanos(50);

    private static final AtomicIntegerArray COUNTS = new AtomicIntegerArray(KEYS);
    private static final AtomicIntegerArray RESULTS = new AtomicIntegerArray(KEYS);

    @ParameterizedTest
    @EnumSource
    void firesAMillionKeysAtOnce(Host host) throws Exception {
        for (int key = 0; key < KEYS; key++) {
            COUNTS.set(key, 0);
            RESULTS.set(key, 0);
        }
        Pipeline p = Pipeline.create();
        p.readFrom(Sources.generator(EVENTS + 1, index -> index))
                .withTimestamps(index -> index == EVENTS ? WINDOW_MS : index % WINDOW_MS, Duration.ofSeconds(1))
                .groupingKey(index -> (int) (index % KEYS))
                .window(WindowDefinition.tumbling(Duration.ofMillis(WINDOW_MS)))
                .aggregate(AggregateOperations.counting())
                .custom(OperatorSpec.of("slow sink", SlowSink::new));
        long beganNs = System.nanoTime();
        run(host, p);
        System.out.println("WindowIT " + host + ": " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs) + " ms");
        for (int key = 0; key < KEYS; key++) {
            // the last event, which lets the window fire, has one of its own
            assertEquals(key == EVENTS % KEYS ? 2 : 1, RESULTS.get(key), "results of key " + key);
            assertEquals(key <= EVENTS % KEYS ? 2 : 1, COUNTS.get(key), "events of key " + key);
        }
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
