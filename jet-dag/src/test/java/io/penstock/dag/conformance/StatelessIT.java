package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Failure;
import io.penstock.dag.JobException;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sources;
import io.penstock.dag.Tag;
import io.penstock.dag.Traverser;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** Chains of stages without state. */
class StatelessIT extends Conformance {

    private static final Tag<Failure<Long>> FAILED = Tag.of("failed");
    private static final int EVENTS = 50_000;
    private static final int EXPLODED = 1_000_000;

    private static final AtomicLong TRAVERSED = new AtomicLong();
    private static final AtomicLong CONSUMED = new AtomicLong();
    private static final AtomicLong BETWEEN_MAX = new AtomicLong();
    private static final AtomicIntegerArray SEEN = new AtomicIntegerArray(EXPLODED);

    @OnEveryHost
    void chainsGiveTheSameRowsAndSendFailuresAside(Host host) throws Exception {
        Pipeline p = Pipeline.create();
        count(host, p.readFrom(Sources.generator(EVENTS, index -> index))
                .map(StatelessIT::checked, o -> o.onFailure(FAILED))
                .filter(number -> number % 2 == 0)
                .flatMap(number -> Traverser.over(
                        LongStream.range(0, number % 3).mapToObj(i -> new Row(number, i, 0)).toList())));
        count(host, p.sideOutput(FAILED).map(failure -> new Row(failure.event(), -1, failure.attempt())));
        run(host, p);

        List<Row> expected = new ArrayList<>();
        for (long number = 0; number < EVENTS; number++) {
            if (number % 7 == 0) {
                expected.add(new Row(number, -1, 1));
            } else if (number % 2 == 0) {
                for (long i = 0; i < number % 3; i++) {
                    expected.add(new Row(number, i, 0));
                }
            }
        }
        assertRows(host, expected);
    }

    private static long checked(long number) {
        if (number % 7 == 0) {
            throw new IllegalArgumentException("a seventh");
        }
        return number;
    }

    @OnHostsOfThisJvm(because = "the rows that are under way are counted in it")
    void anExplodingFlatMapNeedsLittleMemory(Host host) throws Exception {
        TRAVERSED.set(0);
        CONSUMED.set(0);
        BETWEEN_MAX.set(0);
        for (int i = 0; i < EXPLODED; i++) {
            SEEN.set(i, 0);
        }
        Pipeline p = Pipeline.create();
        p.readFrom(Sources.items(EXPLODED))
                .flatMap(StatelessIT::numbersBelow)
                .groupingKey(number -> number % 64)
                .custom(OperatorSpec.of("consume", Consuming::new));
        run(host, p);

        int[] once = new int[EXPLODED];
        Arrays.fill(once, 1);
        assertArrayEquals(once, LongStream.range(0, EXPLODED).mapToInt(i -> SEEN.get((int) i)).toArray());
        if (host != Host.MEMBERS_3) { // between members Jet first lets 50 MB go over a connection, which is all of it
            // per reader: two queues' worth (Jet moves one to its inbox), and the batches in the making on both sides
            int queueBatches = host.isEngine() ? 8 : 64;
            long betweenMax = (long) host.instanceCount() * Batch.CAPACITY * (2 * queueBatches + 4);
            assertTrue(BETWEEN_MAX.get() <= betweenMax, () -> BETWEEN_MAX + " rows at once, more than " + betweenMax);
        }
    }

    @OnEveryHost
    void aFailureFailsTheJobAndNamesTheStage(Host host) {
        Pipeline p = Pipeline.create();
        count(host, p.readFrom(Sources.generator(EVENTS, index -> index + 1))
                .map(StatelessIT::checked, o -> o.name("check"))
                .map(number -> new Row(number, 0, 0)));
        JobException failure = assertThrows(JobException.class, () -> run(host, p));
        assertEquals("check", failure.stage());
        assertTrue(failure.getMessage().contains("stage 'check'"), failure::getMessage);
    }

    private static Traverser<Long> numbersBelow(int count) {
        long[] next = {0};
        return () -> {
            if (next[0] == count) {
                return null;
            }
            TRAVERSED.lazySet(next[0] + 1);
            return next[0]++;
        };
    }

    private static final class Consuming implements Operator {

        @Override
        public void process(int input, Batch batch, Output output) {
            long between = TRAVERSED.get() - CONSUMED.get();
            BETWEEN_MAX.accumulateAndGet(between, Math::max);
            for (int row = 0; row < batch.size(); row++) {
                SEEN.incrementAndGet((int) (long) batch.event(row));
            }
            CONSUMED.addAndGet(batch.size());
        }
    }
}
