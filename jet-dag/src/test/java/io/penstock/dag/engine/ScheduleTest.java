package io.penstock.dag.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Pipeline;
import io.penstock.dag.SourceBuilder;
import io.penstock.dag.Sources;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.compile.LoopCompiler;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets how much of a worker's time; the time is the test's. */
class ScheduleTest {

    private static HandClock clock;
    private static long[] usedNs;
    private static int ready;

    private final Grid grid = Grid.embedded();
    private Schedule schedule;

    @BeforeEach
    void begin() {
        clock = new HandClock();
        usedNs = new long[2];
        schedule = new Schedule(clock);
    }

    @AfterEach
    void closeGrid() {
        grid.close();
    }

    @Test
    void aJobOfSlowBatchesGetsNoMoreThanOneOfFastBatches() {
        add(endless(0, Duration.ofMillis(5)));
        add(endless(1, Duration.ofNanos(100_000)));
        runFor(Duration.ofSeconds(1));
        assertEquals(1.0, (double) usedNs[0] / usedNs[1], 0.05);
    }

    @Test
    void twoTaskletsOfOneJobGetNoMoreThanOne() {
        Pipeline twice = endless(0, Duration.ofNanos(100_000));
        twice.readFrom(Sources.generator(Long.MAX_VALUE, i -> i))
                .custom(OperatorSpec.of("costly", () -> new Costly(0, 100_000)));
        add(twice);
        add(endless(1, Duration.ofNanos(100_000)));
        runFor(Duration.ofSeconds(1));
        assertEquals(1.0, (double) usedNs[0] / usedNs[1], 0.05);
    }

    @Test
    void aJobThatIsAloneWaitsForNobody() {
        add(endless(0, Duration.ofMillis(5)));
        for (int round = 0; round < 1_000; round++) {
            assertTrue(schedule.round());
        }
        assertEquals(clock.nanoTime(), usedNs[0]);
        assertTrue(usedNs[0] >= Duration.ofMillis(990).toNanos(), usedNs[0] + " ns");
    }

    @Test
    void aJobThatWasIdleHasSavedNothing() {
        ready = 0;
        add(sometimes(0, Duration.ofNanos(100_000)));
        add(endless(1, Duration.ofNanos(100_000)));
        runFor(Duration.ofSeconds(1));
        usedNs = new long[2];
        ready = Integer.MAX_VALUE;
        runFor(Duration.ofMillis(100));
        assertEquals(1.0, (double) usedNs[0] / usedNs[1], 0.05);
    }

    @Test
    void oneCallHoweverLongIsForgivenInTime() {
        ready = 1;
        add(sometimes(0, Duration.ofSeconds(60)));
        add(endless(1, Duration.ofNanos(100_000)));
        while (usedNs[0] == 0) {
            schedule.round();
        }
        usedNs = new long[2];
        ready = 1;
        while (usedNs[0] == 0) {
            schedule.round();
        }
        assertTrue(usedNs[1] <= 2 * Schedule.DEBT_NS_MAX, usedNs[1] + " ns");
    }

    @Test
    void anIdleJobIsLeftAloneForAsLongAsItsSourceSays() {
        ready = 0;
        add(sometimes(0, Duration.ZERO));
        long restNs = 0;
        for (int round = 0; round < 20; round++) {
            assertFalse(schedule.round());
            restNs = schedule.restNs();
            clock.advance(Duration.ofNanos(restNs));
        }
        assertEquals(SourceTasklet.BACK_OFF_NS_MAX, restNs);
    }

    private void runFor(Duration duration) {
        long endNs = clock.nanoTime() + duration.toNanos();
        while (clock.nanoTime() < endNs) {
            schedule.round();
        }
    }

    private void add(Pipeline pipeline) {
        Execution execution = new Execution(clock, false);
        List<Tasklet> tasklets = new TaskletBuilder(
                grid, "test", Planner.plan(pipeline.forHost(), 1), execution, new LoopCompiler()).build();
        execution.add(tasklets);
        Engine.open("test", tasklets, null);
        tasklets.forEach(schedule::add);
    }

    private static Pipeline endless(int job, Duration perBatch) {
        Pipeline p = Pipeline.create();
        long costNs = perBatch.toNanos();
        p.readFrom(Sources.generator(Long.MAX_VALUE, i -> i))
                .custom(OperatorSpec.of("costly", () -> new Costly(job, costNs)));
        return p;
    }

    /** Has {@link #ready} events. */
    private static Pipeline sometimes(int job, Duration perBatch) {
        Pipeline p = Pipeline.create();
        long costNs = perBatch.toNanos();
        p.readFrom(SourceBuilder.batch("sometimes", () -> "")
                        .<Integer>fillBufferFn((context, buffer) -> {
                            if (ready > 0) {
                                buffer.add(ready--);
                            }
                        })
                        .build())
                .custom(OperatorSpec.of("costly", () -> new Costly(job, costNs)));
        return p;
    }

    /** Takes a time for each batch, which passes only here. */
    private static final class Costly implements Operator {
        private final int job;
        private final long costNs;

        private Costly(int job, long costNs) {
            this.job = job;
            this.costNs = costNs;
        }

        @Override
        public void process(int input, Batch batch, Output output) {
            usedNs[job] += costNs;
            clock.advance(Duration.ofNanos(costNs));
        }
    }
}
