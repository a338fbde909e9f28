package io.penstock.dag.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Traverser;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.grid.Grid;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the speeds of source and sink, few rows are under way; and all of them arrive. */
@Timeout(60)
class BackPressureIT {

    private static final int WORKERS = 2;

    /** Per pair of a sender and a receiver: a full queue, a batch that is collected, one that is taken. */
    private static final int PER_PAIR_MAX = Engine.QUEUE_BATCHES + 2;

    private static final AtomicLong MADE = new AtomicLong();
    private static final AtomicLong TAKEN = new AtomicLong();
    private static final AtomicLong UNDER_WAY_MAX = new AtomicLong();

    private final Grid grid = Grid.embedded();
    private final Pipeline pipeline = Pipeline.create();

    @BeforeEach
    void reset() {
        MADE.set(0);
        TAKEN.set(0);
        UNDER_WAY_MAX.set(0);
    }

    @AfterEach
    void closeGrid() {
        grid.close();
    }

    @ParameterizedTest(name = "source {0} ns, sink {1} ns per row, sink has a thread: {2}")
    @CsvSource({"0, 2000, false", "2000, 0, false", "0, 0, false", "0, 2000, true", "2000, 0, true"})
    void fewRowsAreUnderWayAtAnySpeed(long sourceNs, long sinkNs, boolean sinkHasAThread) throws InterruptedException {
        consume(pipeline.readFrom(Sources.generator(100_000, i -> made(i, sourceNs))), sinkNs, sinkHasAThread);
        Jobs.of(grid, o -> o.workers(WORKERS)).submit(pipeline).join();
        expect(100_000, 1);
    }

    @ParameterizedTest(name = "sink {0} ns per row, has a thread: {1}")
    @CsvSource({"0, false", "1000, false", "1000, true"})
    void aFlatMapThatExplodesWaits(long sinkNs, boolean sinkHasAThread) throws InterruptedException {
        consume(pipeline.readFrom(Sources.items(1, 2))
                .flatMap(i -> Traverser.over(() -> LongStream.range(0, 100_000).map(n -> made(n, 0)).iterator())),
                sinkNs, sinkHasAThread);
        Jobs.of(grid, o -> o.workers(WORKERS)).submit(pipeline).join();
        expect(200_000, 2);
    }

    @Test
    void oneJobDoesNotWaitForTheSlowSinkOfAnother() throws InterruptedException {
        Pipeline stuck = Pipeline.create();
        stuck.readFrom(Sources.generator(Long.MAX_VALUE, i -> i))
                .groupingKey(i -> i)
                .custom(OperatorSpec.of("slow", () -> new Consuming(100_000, true)));
        Jobs jobs = Jobs.of(grid, o -> o.workers(1));
        jobs.submit(stuck);
        reset();
        consume(pipeline.readFrom(Sources.generator(100_000, i -> made(i, 0))).filter(i -> i >= 0), 0, false);
        jobs.submit(pipeline).join();
        assertEquals(100_000, MADE.get());
    }

    private static void consume(Stage<Long> stage, long nsPerRow, boolean hasAThread) {
        stage.groupingKey(i -> i).custom(OperatorSpec.of("consume", () -> new Consuming(nsPerRow, hasAThread)));
    }

    /** @param making how many batches are in the making in each sender */
    private static void expect(long rows, int making) {
        assertEquals(rows, MADE.get());
        assertEquals(rows, TAKEN.get());
        long batchesMax = WORKERS * WORKERS * PER_PAIR_MAX + WORKERS * making;
        assertTrue(UNDER_WAY_MAX.get() <= batchesMax * Batch.CAPACITY, () -> UNDER_WAY_MAX.get() / Batch.CAPACITY
                + " batches were under way, of at most " + batchesMax);
    }

    private static long made(long row, long ns) {
        spin(ns);
        MADE.incrementAndGet();
        return row;
    }

    private static void spin(long ns) {
        long beganNs = System.nanoTime();
        while (ns > 0 && System.nanoTime() - beganNs < ns) {
            Thread.onSpinWait();
        }
    }

    private static final class Consuming implements Operator {
        private final long nsPerRow;
        private final boolean hasAThread;

        private Consuming(long nsPerRow, boolean hasAThread) {
            this.nsPerRow = nsPerRow;
            this.hasAThread = hasAThread;
        }

        @Override
        public boolean isCooperative() {
            return !hasAThread;
        }

        @Override
        public void process(int input, Batch batch, Output output) {
            for (int row = 0; row < batch.size(); row++) {
                spin(nsPerRow);
                UNDER_WAY_MAX.accumulateAndGet(MADE.get() - TAKEN.getAndIncrement(), Math::max);
            }
        }
    }
}
