package io.penstock.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call promises, on the engine's own threads. */
@Timeout(60)
class CallIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Tag<Failure<Long>> BAD = Tag.of("bad");
    private static final MapRef<Long, Long> ODD = MapRef.of("odd", Long.class, Long.class);
    private static final MapRef<String, Long> COUNTS = MapRef.of("counts", String.class, Long.class);

    /** What holds up the stage 'gate' of a test. */
    private static volatile CountDownLatch gate = new CountDownLatch(0);

    /** Whether something has come there. */
    private static volatile CountDownLatch atGate = new CountDownLatch(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Grid grid = Grid.embedded(config -> config.name("test").meterRegistry(registry));
    private final Pipeline pipeline = Pipeline.create();

    @AfterEach
    void closeGrid() {
        gate.countDown();
        grid.close();
    }

    private record Sum(long asked, long ofKey) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void everyCallerGetsItsOwnAnswerThroughAllKindsOfSteps(int workers) throws Exception {
        Stage<Long> asked = pipeline.readFrom(Sources.calls("numbers", Long.class))
                .withTimestamps(i -> i, Duration.ofSeconds(10));
        Stage<Sum> sums = asked.filter(i -> i % 10 != 3)
                .map(i -> i % 10 == 4 ? i / (i % 2) : i, o -> o.onFailure(BAD))
                .flatMap(i -> Traverser.of(i, i + 1_000_000_000L))
                .merge(asked.filter(i -> i % 10 == 5).map(i -> i + 2_000_000_000L))
                .groupingKey(i -> i % 10)
                .mapStateful(Duration.ofDays(1), () -> new long[1],
                        (state, key, i) -> new Sum(i, state[0]++));
        sums.map(sum -> sum.asked() % 1_000_000_000L).writeTo(Sinks.reply());
        Stage<Failure<Long>> bad = pipeline.sideOutput(BAD);
        bad.filter(failure -> failure.event() % 20 == 4).map(failure -> -failure.event()).writeTo(Sinks.reply());
        asked.filter(i -> i % 2 == 1).writeTo(Sinks.map(ODD, i -> i));
        asked.groupingKey(i -> i % 3)
                .window(WindowDefinition.tumbling(Duration.ofMillis(100)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.map(COUNTS, r -> r.key() + "@" + r.endMs(), KeyedWindowResult::result));

        Jobs jobs = Jobs.of(grid, o -> o.workers(workers));
        try (Call<Long, Long> numbers = jobs.serve("numbers", pipeline, o -> o.onNoAnswer(i -> -1L))) {
            int callers = 8;
            int each = 1_000;
            inThreads(callers, caller -> {
                Map<Long, CompletionStage<Long>> answers = new HashMap<>();
                for (long i = (long) caller * each; i < (long) (caller + 1) * each; i++) {
                    answers.put(i, numbers.ask(i, LONG));
                    if (answers.size() == 100) {
                        checkAndClear(answers);
                    }
                }
            });
        }
        assertEquals(4_000, grid.map(ODD).size());
        assertEquals(8_000, grid.map(COUNTS).values().stream().mapToLong(count -> count).sum());
    }

    private static void checkAndClear(Map<Long, CompletionStage<Long>> answers) throws Exception {
        for (Map.Entry<Long, CompletionStage<Long>> entry : answers.entrySet()) {
            long i = entry.getKey();
            long expected = i % 10 == 3 || i % 20 == 14 ? -1 : i % 20 == 4 ? -i : i;
            assertEquals(expected, answer(entry.getValue()), "of " + i);
        }
        answers.clear();
    }

    @Test
    void aCallWithoutAnswerFailsAtOnceAndNamesStageAndReason() throws Exception {
        Stage<Long> kept = pipeline.readFrom(Sources.calls("numbers", Long.class))
                .filter(i -> i >= 0, o -> o.name("positive"))
                .map(i -> 100 / i, o -> o.name("divide").onFailure(BAD));
        kept.map(i -> 100 / (i - 1), o -> o.name("again").skipFailures()).writeTo(Sinks.reply());
        pipeline.sideOutput(BAD).writeTo(Sinks.logged());

        Call<Long, Long> numbers = Jobs.of(grid).serve("numbers", pipeline);
        assertEquals(100 / 49, answer(numbers.ask(2L, LONG)));
        assertEquals("call 'numbers': no answer: stage 'positive' has no result for it",
                failure(CallException.Code.NO_ANSWER, numbers.ask(-1L, LONG)).getMessage());
        assertEquals("call 'numbers': no answer: stage 'divide': ArithmeticException in the stage's function",
                failure(CallException.Code.NO_ANSWER, numbers.ask(0L, LONG)).getMessage());
        assertEquals("call 'numbers': no answer: stage 'again': ArithmeticException in the stage's function",
                failure(CallException.Code.NO_ANSWER, numbers.ask(100L, LONG)).getMessage());
        assertEquals(3, count("unanswered"));
        assertEquals(1, count("answered"));
        assertEquals(4, count("made"));
    }

    @Test
    void theTimeIsBoundedAndALateReplyIsDroppedAndCounted() throws Exception {
        Call<Long, Long> slow = Jobs.of(grid).serve("slow", gated());
        int asked = 0;
        do { // again if the time was up before the pipeline had taken the input
            gate = new CountDownLatch(1);
            CallException failure = failure(CallException.Code.TIMED_OUT, slow.ask(1L, SHORT));
            assertEquals("call 'slow': no answer within 5 ms", failure.getMessage());
            assertEquals("slow", failure.call());
            gate.countDown();
            assertEquals(2, answer(slow.ask(2L, LONG))); // behind the other one
            assertEquals(++asked, count("timed.out"));
        } while (count("late") == 0);
        assertEquals(1, count("late"));
    }

    @Test
    void aDeclaredAnswerStandsInWhenTheTimeIsUp() throws Exception {
        Call<Long, Long> slow = Jobs.of(grid).serve("slow", gated(), o -> o.onTimeout(i -> -i));
        List<CompletionStage<Long>> answers = new ArrayList<>();
        for (long i = 1; i <= 20; i++) {
            answers.add(slow.ask(i, Duration.ofMillis(21 - i)));
        }
        for (int i = 1; i <= 20; i++) {
            assertEquals(-i, answer(answers.get(i - 1)));
        }
        assertEquals(0, registry.get("penstock.call.in.flight").gauge().value());
    }

    @Test
    void aFunctionForTheDefaultThatThrowsFailsTheCall() {
        Call<Long, Long> slow = Jobs.of(grid).serve("slow", gated(), o -> o.onTimeout(i -> i / (i - 1)));
        CallException failure = failure(CallException.Code.TIMED_OUT, slow.ask(1L, SHORT));
        assertEquals(ArithmeticException.class, failure.getCause().getClass());
    }

    /** The gate holds up the first input; those that wait longer than they may are not processed. */
    private Pipeline gated() {
        gate = new CountDownLatch(1);
        atGate = new CountDownLatch(1);
        pipeline.readFrom(Sources.calls("numbers", Long.class))
                .map(i -> {
                    atGate.countDown();
                    gate.await();
                    return i;
                }, o -> o.name("gate"))
                .writeTo(Sinks.reply());
        return pipeline;
    }

    @Test
    void refusesWhatIsTooMuchAtOnceWithoutBlocking() throws Exception {
        Call<Long, Long> slow = Jobs.of(grid).serve("slow", gated(), o -> o.inFlightMax(4));
        List<CompletionStage<Long>> taken = new ArrayList<>();
        for (long i = 0; i < 4; i++) {
            taken.add(slow.ask(i, LONG));
        }
        CallException refusal = failure(CallException.Code.REFUSED, slow.ask(4L, LONG));
        assertEquals("call 'slow': as many calls are in flight as it takes, 4; ask fewer at once, or raise"
                + " inFlightMax(...)", refusal.getMessage());
        gate.countDown();
        for (int i = 0; i < 4; i++) {
            assertEquals(i, answer(taken.get(i)));
        }
        assertEquals(5, answer(slow.ask(5L, LONG)));
        assertEquals(1, count("refused"));
    }

    @Test
    void whatATimedOutCallLeavesBehindIsBoundedToo() throws InterruptedException {
        Call<Long, Long> slow = Jobs.of(grid).serve("slow", gated(), o -> o.inFlightMax(4));
        slow.ask(0L, LONG);
        atGate.await();
        CallException.Code last = CallException.Code.TIMED_OUT;
        int asked = 0;
        for (; last == CallException.Code.TIMED_OUT; asked++) {
            last = failure(null, slow.ask(1L, Duration.ofNanos(1))).code();
        }
        assertEquals(CallException.Code.REFUSED, last);
        assertEquals(4 + 1, asked, "as many wait in the inbox, and the next is refused");
    }

    @Test
    void aJobThatFailsEndsAllOpenCallsWithItsReason() throws Exception {
        gate = new CountDownLatch(1);
        pipeline.readFrom(Sources.calls("numbers", Long.class))
                .map(i -> {
                    gate.await();
                    return 1 / i;
                }, o -> o.name("divide"))
                .writeTo(Sinks.reply());
        Call<Long, Long> numbers = Jobs.of(grid).serve("numbers", pipeline);
        CompletionStage<Long> first = numbers.ask(0L, LONG);
        CompletionStage<Long> second = numbers.ask(1L, LONG);
        gate.countDown();
        JobException reason = (JobException) failure(CallException.Code.CLOSED, first).getCause();
        assertEquals("divide", reason.stage());
        failure(CallException.Code.CLOSED, second);
        failure(CallException.Code.CLOSED, numbers.ask(2L, LONG));
        assertEquals(JobStatus.FAILED, numbers.job().status());
        numbers.close();
    }

    @Test
    void aCancelledJobEndsAllOpenCalls() {
        Call<Long, Long> slow = Jobs.of(grid).serve("slow", gated());
        CompletionStage<Long> open = slow.ask(1L, LONG);
        slow.job().cancel();
        gate.countDown();
        // a worker that replies before it sees the cancellation is right, too
        assertTrue(open.handle((answer, failure) -> answer != null || failure instanceof CallException)
                .toCompletableFuture().join());
        failure(CallException.Code.CLOSED, whenEnded(slow));
    }

    private static CompletionStage<Long> whenEnded(Call<Long, Long> call) {
        return call.job().completion().handle((done, failure) -> 0).toCompletableFuture().join() == 0
                ? call.ask(1L, LONG) : null;
    }

    @Test
    void closingAnswersWhatIsOpenAndEndsTheJob() throws Exception {
        Call<Long, Long> slow = Jobs.of(grid).serve("slow", gated());
        CompletionStage<Long> open = slow.ask(7L, LONG);
        gate.countDown();
        slow.close();
        assertEquals(7, answer(open));
        assertEquals(JobStatus.COMPLETED, slow.job().status());
        failure(CallException.Code.CLOSED, slow.ask(8L, LONG));
        slow.close();
        assertTrue(registry.getMeters().stream().noneMatch(m -> m.getId().getName().startsWith("penstock.call")));

        try (Call<Long, Long> again = Jobs.of(grid).serve("slow", pipeline)) {
            assertEquals(9, answer(again.ask(9L, LONG)));
        }
    }

    @Test
    void aGridThatClosesEndsAllOpenCallsAndTheThreads() {
        Call<Long, Long> slow = Jobs.of(grid).serve("slow", gated());
        CompletionStage<Long> open = slow.ask(1L, LONG);
        CompletionStage<Object> ended = open.handle((answer, failure) -> {
            assertFalse(failure == null && answer != 1);
            return "ended";
        });
        gate.countDown();
        grid.close();
        assertEquals("ended", ended.toCompletableFuture().getNow("open"));
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("penstock-test-")));
    }

    @Test
    void whatDependsOnAnAnswerMayAskAgain() throws Exception {
        pipeline.readFrom(Sources.calls("numbers", Long.class)).map(i -> i + 1).writeTo(Sinks.reply());
        Call<Long, Long> next = Jobs.of(grid).serve("next", pipeline, o -> o.inFlightMax(1));
        CompletionStage<Long> answer = next.ask(0L, LONG);
        for (int i = 0; i < 100; i++) {
            answer = answer.thenCompose(number -> next.ask(number, LONG));
        }
        assertEquals(101, answer(answer));
    }

    @Test
    void wrongInputIsRefusedWhereItIsAsked() {
        pipeline.readFrom(Sources.calls("numbers", Long.class)).writeTo(Sinks.reply());
        Call<Object, Long> numbers = Jobs.of(grid).serve("numbers", pipeline);
        assertEquals("call 'numbers' takes java.lang.Long, but was asked a java.lang.String",
                assertThrows(IllegalArgumentException.class, () -> numbers.ask("x", LONG)).getMessage());
        assertThrows(NullPointerException.class, () -> numbers.ask(null, LONG));
        assertThrows(IllegalArgumentException.class, () -> numbers.ask(1L, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> numbers.ask(1L, Duration.ofDays(2)));
    }

    @Test
    void refusesASecondCallOfTheSameNameAndTheFirstGoesOn() throws Exception {
        pipeline.readFrom(Sources.calls("numbers", Long.class)).writeTo(Sinks.reply());
        Call<Long, Long> numbers = Jobs.of(grid).serve("numbers", pipeline);
        assertThrows(IllegalStateException.class, () -> Jobs.of(grid).serve("numbers", pipeline));
        assertEquals(1, answer(numbers.ask(1L, LONG)));
        assertEquals(1, count("answered"));
    }

    @Test
    void aSubmittedPipelineTakesNoCalls() {
        pipeline.readFrom(Sources.calls("numbers", Long.class)).writeTo(Sinks.reply());
        String message = assertThrows(IllegalArgumentException.class, () -> Jobs.of(grid).submit(pipeline)).getMessage();
        assertTrue(message.startsWith("stage 'numbers' (CallIT.java:"), message);
        assertTrue(message.endsWith("use Jobs.serve(name, pipeline) in place of submit"), message);
    }

    private double count(String name) {
        return registry.get("penstock.call." + name).functionCounter().count();
    }

    private static <T> T answer(CompletionStage<T> stage) throws InterruptedException, ExecutionException {
        return stage.toCompletableFuture().get();
    }

    /** @param code null for any */
    private static CallException failure(CallException.Code code, CompletionStage<?> stage) {
        CallException failure = (CallException) assertThrows(
                CompletionException.class, () -> stage.toCompletableFuture().join()).getCause();
        if (code != null) {
            assertEquals(code, failure.code(), failure.getMessage());
        }
        return failure;
    }

    private interface Caller {
        void run(int caller) throws Exception;
    }

    private static void inThreads(int count, Caller caller) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CyclicBarrier start = new CyclicBarrier(count);
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                ends.add(threads.submit(() -> {
                    start.await();
                    caller.run(number);
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
