package io.penstock.dag.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.CallException;
import io.penstock.dag.CallException.Code;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.engine.SteppedJob;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The calls of a pipeline without threads, in a time that the test moves. */
class CallDeskTest {

    private static final int IN_FLIGHT_MAX = 8;

    private final Grid grid = Grid.embedded();
    private long nowNs = 1_000_000;
    private final CallDesk<Long, Long> desk = desk();
    private SteppedJob job = start();

    private CallDesk<Long, Long> desk() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.calls("numbers", Long.class)).map(i -> i + 1).writeTo(Sinks.reply());
        return new CallDesk<>("next", new CallPlan(pipeline.forHost()),
                new CallSettings<>(IN_FLIGHT_MAX, Duration.ofDays(1), null, null), new Deadlines("none", () -> nowNs));
    }

    private SteppedJob start() {
        return SteppedJob.start(grid, "next", Planner.plan(desk.servedPlan(), 2), new Random(1));
    }

    @AfterEach
    void close() {
        job.close();
        grid.close();
    }

    private CompletableFuture<Long> ask(long number, long timeoutNs) {
        return desk.ask(number, Duration.ofNanos(timeoutNs)).toCompletableFuture();
    }

    /** What {@link Deadlines} does when it wakes, {@code ns} after the start. */
    private long look(long ns) {
        nowNs = 1_000_000 + ns;
        return desk.endDue(ns);
    }

    private static Code failure(CompletableFuture<?> answer) {
        assertTrue(answer.isDone());
        return ((CallException) assertThrows(CompletionException.class, answer::join).getCause()).code();
    }

    @Test
    void aCallEndsAtItsDeadlineAndNotBefore() {
        CompletableFuture<Long> late = ask(1, 500);
        CompletableFuture<Long> later = ask(2, 700);
        assertEquals(500, look(499));
        assertFalse(late.isDone());
        assertEquals(700, look(500));
        assertEquals(Code.TIMED_OUT, failure(late));
        assertFalse(later.isDone());
        assertEquals(Deadlines.NEVER, look(700));
        assertEquals(Code.TIMED_OUT, failure(later));
    }

    /** So that a caller need not wake the thread that looks. */
    @Test
    void looksAgainForAsLongAsCallsCome() {
        ask(1, 500);
        job.runUntilIdle();
        assertEquals(600, look(100), "one was made since the last look, and the next may be due after 500");
        assertEquals(Deadlines.NEVER, look(600), "none was made");
    }

    @Test
    void anInputWhoseTimeIsUpIsNotProcessed() {
        CompletableFuture<Long> late = ask(1, 500);
        CompletableFuture<Long> inTime = ask(2, 5_000);
        look(500);
        job.runUntilIdle();
        assertEquals(Code.TIMED_OUT, failure(late));
        assertEquals(3, inTime.join());
        assertEquals(1, job.metrics().eventsIn("map"));
    }

    @Test
    void refusesWhatIsTooMuch() {
        for (int i = 0; i < IN_FLIGHT_MAX; i++) {
            assertFalse(ask(i, 500).isDone());
        }
        assertEquals(Code.REFUSED, failure(ask(0, 500)));
        look(500); // frees the places of calls, but not those in the inbox, which nobody has taken
        assertEquals(Code.REFUSED, failure(ask(0, 500)));
        job.runUntilIdle();
        CompletableFuture<Long> answer = ask(5, 500);
        job.runUntilIdle();
        assertEquals(6, answer.join());
    }

    @Test
    void aRestartEndsWhatWasInFlightAndTheNextCallIsAnswered() {
        CompletableFuture<Long> lost = ask(1, 500);
        job.close();
        job = start();
        assertEquals(Code.CLOSED, failure(lost));
        CompletableFuture<Long> answer = ask(2, 500);
        job.runUntilIdle();
        assertEquals(3, answer.join());
        assertEquals(1, job.metrics().eventsIn("map"), "what was lost is not processed");
    }

    @Test
    void whatACallerDoesToItsFutureIsNobodyElsesBusiness() {
        CompletableFuture<Long> own = ask(1, 500);
        own.cancel(true);
        job.runUntilIdle();
        CompletableFuture<Long> next = ask(2, 500);
        job.runUntilIdle();
        assertEquals(3, next.join());
        assertTrue(own.isCancelled());
    }
}
