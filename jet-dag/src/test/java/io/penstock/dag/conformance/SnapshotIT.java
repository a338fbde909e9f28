package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.Job;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Source;
import io.penstock.dag.SourceBuilder;
import io.penstock.dag.engine.EngineHost;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StateEntry;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.grid.Grid;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A snapshot of the engine's that takes its time. */
class SnapshotIT {

    private static final AtomicInteger NUMBERERS_CLOSED = new AtomicInteger();
    private static final AtomicLong FIRST_NUMBER = new AtomicLong(Long.MAX_VALUE);
    private static volatile boolean begun;
    private static volatile boolean mayEnd;
    private static volatile boolean sinkMayWork;

    /** Between its barrier and the end of the snapshot a stage may end; what it had at the barrier counts. */
    @Test
    void holdsWhatAStageHadAtTheBarrierThoughItEndsMeanwhile() throws Exception {
        Pipeline p = Pipeline.create();
        p.readFrom(twoHundred())
                .groupingKey(event -> event)
                .custom(OperatorSpec.of("number", Numberer::new))
                .groupingKey(number -> "all")
                .custom(OperatorSpec.of("sink", WaitingSink::new));
        LogicalPlan plan = PipelinePlans.of(p);
        try (Grid grid = Grid.embedded()) {
            EngineHost.Taken taken;
            try (EngineHost engine = new EngineHost(grid, 2)) {
                Job job = engine.start("numbers", plan, null);
                Conformance.await("the first hundred", () -> begun);
                CompletableFuture<EngineHost.Taken> snapshot = engine.requestSnapshot(job);
                mayEnd = true;
                Conformance.await("the numberers ended", () -> NUMBERERS_CLOSED.get() == 2);
                sinkMayWork = true;
                taken = snapshot.get(1, TimeUnit.MINUTES);
                job.join();
            }
            assertEquals(1, FIRST_NUMBER.getAndSet(Long.MAX_VALUE));
            try (EngineHost engine = new EngineHost(grid, 1)) {
                engine.start("numbers", plan, taken).join();
            }
            assertEquals(101, FIRST_NUMBER.get());
        }
    }

    /** A hundred events; then, behind the barrier that is requested before {@link #mayEnd}, a hundred more. */
    private static Source<String> twoHundred() {
        return SourceBuilder.batch("hundreds", () -> new int[1])
                .<String>fillBufferFn((calls, buffer) -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                    boolean isFirst = calls[0] == 0;
                    if (isFirst || mayEnd) {
                        calls[0]++;
                    }
                    for (int i = 0; i < 100 && (isFirst || calls[0] == 3); i++) {
                        buffer.add("event");
                    }
                    if (calls[0] == 3) {
                        buffer.close();
                    }
                    begun = true;
                })
                .build();
    }

    private static final class Numberer implements Operator {

        private long count;

        @Override
        public void process(int input, Batch batch, Output output) {
            for (int row = 0; row < batch.size(); row++) {
                output.emit(Batch.NO_TIME, ++count);
            }
        }

        @Override
        public Iterator<StateEntry> snapshot() {
            return count == 0 ? List.<StateEntry>of().iterator() : List.of(new StateEntry("event", count)).iterator();
        }

        @Override
        public void restore(Object key, Object value) {
            count = (long) value;
        }

        @Override
        public void close() {
            NUMBERERS_CLOSED.incrementAndGet();
        }
    }

    private static final class WaitingSink implements Operator {

        @Override
        public boolean isCooperative() {
            return false;
        }

        @Override
        public void process(int input, Batch batch, Output output) {
            while (!sinkMayWork && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            for (int row = 0; row < batch.size(); row++) {
                FIRST_NUMBER.accumulateAndGet((long) batch.event(row), Math::min);
            }
        }
    }
}
