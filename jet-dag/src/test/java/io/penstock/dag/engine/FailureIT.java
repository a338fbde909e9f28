package io.penstock.dag.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StageException;
import io.penstock.grid.Grid;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a job fails: it ends, says where and why, and everything that was made for it is closed. */
@Timeout(60)
class FailureIT {

    /** What an operator does beside passing on. */
    private enum Fault {
        NONE,
        OPEN,
        PROCESS,
        PROCESS_AND_CLOSE,
        CLOSE,
        CLOSE_WITH_ERROR,
        PROCESS_WITH_ERROR,
        SAME_EXCEPTION
    }

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final AtomicInteger CLOSED = new AtomicInteger();
    private static final StageException SAME = new StageException("b", "always the same", null);

    private final Grid grid = Grid.embedded();

    @BeforeEach
    void reset() {
        MADE.set(0);
        CLOSED.set(0);
    }

    @AfterEach
    void closeGrid() {
        grid.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void namesTheStageAndClosesAll(int workers) {
        JobException failure = failureOf(workers, Fault.NONE, Fault.PROCESS, Fault.NONE);
        assertEquals("b", failure.stage());
        assertEquals("job 'j': stage 'b': IllegalStateException: cannot process", failure.getMessage());
        assertEquals("cannot process", failure.getCause().getMessage());
    }

    @Test
    void aFailureToCloseDoesNotHideWhyTheJobFailed() {
        JobException failure = failureOf(2, Fault.CLOSE, Fault.PROCESS_AND_CLOSE, Fault.CLOSE_WITH_ERROR);
        assertEquals("b", failure.stage());
        assertEquals("cannot process", failure.getCause().getMessage());
        String others = Arrays.toString(failure.getSuppressed()) + Arrays.stream(failure.getSuppressed())
                .map(other -> Arrays.toString(other.getSuppressed())).toList();
        for (String stage : Set.of("a", "b", "c")) {
            assertTrue(others.contains("stage '" + stage + "': cannot close"), others);
        }
    }

    @Test
    void aJobThatCannotBeClosedHasFailed() {
        JobException failure = failureOf(2, Fault.NONE, Fault.CLOSE, Fault.NONE);
        assertEquals("b", failure.stage());
        assertTrue(failure.getMessage().contains("cannot close"), failure.getMessage());
    }

    @Test
    void anErrorNamesItsStage() {
        JobException failure = failureOf(2, Fault.NONE, Fault.PROCESS_WITH_ERROR, Fault.NONE);
        assertEquals("b", failure.stage());
        assertSame(AssertionError.class, failure.getCause().getClass());
    }

    /** An exception cannot be attached to itself: this once left the job running for ever. */
    @Test
    void allInstancesMayThrowTheSameException() {
        for (int run = 0; run < 20; run++) {
            assertEquals("b", failureOf(4, Fault.NONE, Fault.SAME_EXCEPTION, Fault.NONE).stage());
        }
    }

    @Test
    void aStageThatCannotBeOpenedRefusesTheJobAndClosesAll() {
        Pipeline p = pipeline(Fault.NONE, Fault.OPEN, Fault.NONE);
        JobException failure = assertThrows(JobException.class, () -> Jobs.of(grid).submit(p, o -> o.name("j")));
        assertEquals("job 'j': stage 'b': cannot open: IllegalStateException: cannot open", failure.getMessage());
        assertTrue(CLOSED.get() > MADE.get(), "also those that were not opened");
    }

    private JobException failureOf(int workers, Fault a, Fault b, Fault c) {
        Job job = Jobs.of(grid, o -> o.workers(workers)).submit(pipeline(a, b, c), o -> o.name("j"));
        JobException failure = assertThrows(JobException.class, job::join);
        assertEquals(JobStatus.FAILED, job.status());
        assertTrue(MADE.get() > 0);
        assertEquals(MADE.get(), CLOSED.get());
        return failure;
    }

    private static Pipeline pipeline(Fault a, Fault b, Fault c) {
        Pipeline p = Pipeline.create();
        Stage<Long> source = p.readFrom(Sources.generator(100_000, i -> i));
        source.<Long>custom("a", OperatorSpec.of("a", () -> new Faulty(a)))
                .groupingKey(i -> i)
                .<Long>custom(OperatorSpec.of("b", () -> new Faulty(b)))
                .custom("c", OperatorSpec.of("c", () -> new Faulty(c)));
        return p;
    }

    private static final class Faulty implements Operator {
        private final Fault fault;

        private Faulty(Fault fault) {
            this.fault = fault;
        }

        @Override
        public void open(OperatorContext context) {
            MADE.incrementAndGet();
            if (fault == Fault.OPEN) {
                throw new IllegalStateException("cannot open");
            }
        }

        @Override
        public void process(int input, Batch batch, Output output) {
            switch (fault) {
                case PROCESS, PROCESS_AND_CLOSE -> throw new IllegalStateException("cannot process");
                case PROCESS_WITH_ERROR -> throw new AssertionError("wrong");
                case SAME_EXCEPTION -> throw SAME;
                default -> {
                    for (int row = 0; row < batch.size(); row++) {
                        output.emit(batch.timeMs(row), batch.event(row));
                    }
                }
            }
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
            switch (fault) {
                case CLOSE, PROCESS_AND_CLOSE -> throw new IllegalStateException("cannot close");
                case CLOSE_WITH_ERROR -> throw new AssertionError("cannot close");
                default -> { }
            }
        }
    }
}
