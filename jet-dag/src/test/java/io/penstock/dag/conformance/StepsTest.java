package io.penstock.dag.conformance;

import io.penstock.dag.AggregateOperation;
import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Failure;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.PredicateEx;
import io.penstock.dag.Tag;
import io.penstock.dag.ToLongFunctionEx;
import io.penstock.dag.Traverser;
import io.penstock.dag.operator.FailurePolicy;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.step.AsOfJoin;
import io.penstock.dag.step.Filter;
import io.penstock.dag.step.FlatMap;
import io.penstock.dag.step.IntervalJoin;
import io.penstock.dag.step.MapEach;
import io.penstock.dag.step.MapStateful;
import io.penstock.dag.step.PassThrough;
import io.penstock.dag.step.Timestamps;
import io.penstock.dag.step.TumblingWindow;
import io.penstock.dag.testing.OperatorTester;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every step does the same however its host calls it. */
class StepsTest {

    private static final Tag<Failure<Long>> FAILED = Tag.of("failed");
    private static final Tag<Failure<Event>> LATE = Tag.of("late");

    @Test
    void mapSendsFailuresToASideOutputAndLeavesOutNulls() {
        OperatorTester tester = OperatorTester.of(OperatorSpec.of("map", () -> new MapEach<Long, Long>(StepsTest::mapped))
                        .withRowForm(new RowForm.Mapped((FunctionEx<Long, Long>) StepsTest::mapped))
                        .withOnFailure(new FailurePolicy.ToSideOutput(FAILED)))
                .comparing(event -> event instanceof Failure<?> failure ? failure.event() : event)
                .inExactOrder();
        for (long id = 0; id < 600; id++) {
            tester.row(id, id);
            if (id % 5 == 0) {
                tester.expect(FAILED, id, id);
            } else if (id % 3 != 0) {
                tester.expect(id, id * 2);
            }
        }
        tester.verify();
    }

    private static Long mapped(long id) {
        if (id % 5 == 0) {
            throw new IllegalArgumentException("a fifth");
        }
        return id % 3 == 0 ? null : id * 2;
    }

    @Test
    void filterKeepsOrder() {
        PredicateEx<Long> isThird = id -> id % 3 == 0;
        OperatorTester tester = OperatorTester.of(OperatorSpec.of("filter", () -> new Filter<>(isThird))
                        .withRowForm(new RowForm.Filtered(isThird)))
                .inExactOrder();
        for (long id = 0; id < 600; id++) {
            tester.row(id, id);
            if (id % 3 == 0) {
                tester.expect(id, id);
            }
        }
        tester.verify();
    }

    @Test
    void passThroughPassesAllInputs() {
        OperatorTester.of(PassThrough.spec("pass"))
                .row(0, 1, "a").row(1, 2, "b").watermark(3).row(1, 4, "c")
                .expect(1, "a").expect(2, "b").expectWatermark(3).expect(4, "c")
                .inExactOrder()
                .verify();
    }

    @Test
    void flatMapEmitsManyRowsPerRowInOrder() {
        FunctionEx<Integer, Traverser<String>> flatMapFn =
                count -> Traverser.over(LongStream.range(0, count).mapToObj(i -> count + "." + i).toList());
        OperatorTester tester = OperatorTester.of(OperatorSpec.of("flatMap", () -> new FlatMap<>(flatMapFn))
                        .withRowForm(new RowForm.FlatMapped(flatMapFn)))
                .inExactOrder();
        for (int count : new int[] {0, 1, 3, 0, 700, 2, 10_000, 0}) {
            tester.row(count, count);
            LongStream.range(0, count).forEach(i -> tester.expect(count, count + "." + i));
        }
        tester.watermark(20_000).expectWatermark(20_000).verify();
    }

    @Test
    void timestampsSendWatermarksThatGrow() {
        OperatorTester tester = OperatorTester.of(timestamps(id -> id * 10)).ignoringWatermarks().inExactOrder();
        for (long id = 0; id < 600; id++) {
            tester.row(Long.MIN_VALUE, id).expect(id * 10, id);
        }
        tester.verify();
    }

    private static OperatorSpec timestamps(ToLongFunctionEx<Long> timeFn) {
        return OperatorSpec.of("timestamps", () -> new Timestamps<>(timeFn, 5))
                .withRowForm(new RowForm.Timestamped(timeFn, 5));
    }

    @Test
    void timestampsForwardUpstreamWatermarksThatAreAheadOfTheirOwn() {
        OperatorTester.of(timestamps(id -> id))
                .row(Long.MIN_VALUE, 10L).expect(10, 10L).expectWatermark(5)
                .watermark(4)
                .watermark(100).expectWatermark(100)
                .row(Long.MIN_VALUE, 50L).expect(50, 50L)
                .row(Long.MIN_VALUE, 200L).expect(200, 200L).expectWatermark(195)
                .watermark(195)
                .watermark(196).expectWatermark(196)
                .verify();
    }

    @Test
    void windowFiresOncePerKeyAndWindowAndKnowsLateEventsAfterARestart() {
        AggregateOperation<Event, long[], Long> counting = AggregateOperations.counting();
        OperatorTester.of(window(100, counting, LATE).withSideOutput(LATE))
                .keyedBy(Event::key)
                .comparing(event -> event instanceof Failure<?> failure ? failure.event() : event)
                .row(0, event(1, 1, 0)).row(99, event(2, 1, 99)).row(50, event(3, 2, 50)).row(100, event(4, 1, 100))
                .watermark(99)
                .expectWatermark(99)
                .row(98, event(5, 2, 98))
                .watermark(100)
                .expect(99, new KeyedWindowResult<>(0, 100, 1, 2L))
                .expect(99, new KeyedWindowResult<>(0, 100, 2, 2L))
                .expectWatermark(100)
                .row(99, event(6, 1, 99)).row(101, event(7, 1, 101)).row(0, event(8, 3, 0))
                .expect(LATE, 99, event(6, 1, 99)).expect(LATE, 0, event(8, 3, 0))
                .expect(199, new KeyedWindowResult<>(100, 200, 1, 2L))
                .verify();
    }

    private static OperatorSpec window(long sizeMs, AggregateOperation<Event, long[], Long> operation, Tag<?> onLate) {
        FunctionEx<Event, Integer> keyFn = Event::key;
        return OperatorSpec.of("window", () -> new TumblingWindow<>(keyFn, sizeMs, operation, onLate))
                .withRowForm(new RowForm.Aggregated(keyFn, operation.createFn(), operation.accumulateFn()));
    }

    @Test
    void windowFiresManyKeysAtOnce() {
        AggregateOperation<Event, long[], Long> counting = AggregateOperations.counting();
        OperatorTester tester = OperatorTester.of(window(10_000, counting, null)).keyedBy(Event::key);
        for (int key = 0; key < 300; key++) {
            tester.row(key, event(key, key, key));
            tester.expect(9_999, new KeyedWindowResult<>(0, 10_000, key, 1L));
        }
        tester.watermark(10_000).expectWatermark(10_000).verify();
    }

    @Test
    void mapStatefulForgetsWhatWasNotUsed() {
        OperatorTester.of(() -> new MapStateful<Event, Integer, long[], Row>(
                        Event::key, 100, () -> new long[1], (sum, key, event) ->
                                new Row(event.id(), key, sum[0] += event.amount())))
                .keyedBy(Event::key)
                .row(0, event(1, 1, 0)).row(1, event(2, 1, 1)).row(2, event(3, 2, 2))
                .expect(0, new Row(1, 1, 1)).expect(1, new Row(2, 1, 2)).expect(2, new Row(3, 2, 1))
                .watermark(102)
                .expectWatermark(102)
                .row(103, event(4, 1, 103)).row(103, event(5, 2, 103))
                .expect(103, new Row(4, 1, 1)).expect(103, new Row(5, 2, 2))
                .verify();
    }

    static LongStream seeds() {
        return Seed.several("StepsTest");
    }

    private static Event event(long id, int key, long timeMs) {
        return new Event(id, key, timeMs, 1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void asOfJoinEqualsTheReference(long seed) {
        Script script = new Script(seed, 700);
        AsOfJoin.Functions<Event, Event, Integer, long[], Row> functions = new AsOfJoin.Functions<>(
                Event::key,
                Event::key,
                () -> new long[2],
                (sum, fact) -> {
                    sum[0] += fact.amount();
                    sum[1]++;
                },
                (sum, key, event) -> new Row(event.id(), sum[0], sum[1]),
                null);
        OperatorTester tester = OperatorTester.of(
                        OperatorSpec.of("joinAsOf", () -> new AsOfJoin<>(functions, 40, LATE)).withSideOutput(LATE))
                .keyedBy(Event::key).keyedBy(Event::key)
                .comparing(event -> event instanceof Failure<?> failure ? failure.event() : event)
                .seed(seed);
        List<Row> rows = Reference.asOf(script.onTime(0), script.onTime(1), 40);
        script.feed(tester, row -> script.timeOfLeft(row.a()), rows);
        tester.verify();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void intervalJoinEqualsTheReference(long seed) {
        Script script = new Script(seed, 700);
        OperatorTester tester = OperatorTester.of(OperatorSpec.of("intervalJoin", () -> new IntervalJoin<>(
                                Event::key, Event::key, new IntervalJoin.Bounds(-20, 30),
                                (Event left, Event right) ->
                                        new Row(left.id(), right.id(), Math.max(left.timeMs(), right.timeMs())),
                                LATE))
                        .withSideOutput(LATE))
                .keyedBy(Event::key).keyedBy(Event::key)
                .comparing(event -> event instanceof Failure<?> failure ? failure.event() : event)
                .seed(seed);
        script.feed(tester, null, Reference.intervals(script.onTime(0), script.onTime(1), -20, 30));
        tester.verify();
    }

    /** A random script for two inputs with one watermark per some rows, some rows late. */
    private static final class Script {

        private record Step(int input, Event event, long watermarkMs, boolean isLate) {}

        private final List<Step> steps = new ArrayList<>();

        Script(long seed, int rowCount) {
            Random random = new Random(seed);
            long watermarkMs = 0;
            for (int id = 0; id < rowCount; id++) {
                long timeMs = Math.max(0, id + random.nextInt(60) - 30);
                Event event = new Event(id, random.nextInt(7), timeMs, random.nextInt(100));
                steps.add(new Step(random.nextInt(2), event, -1, timeMs < watermarkMs));
                if (random.nextInt(15) == 0 && id - 25 > watermarkMs) {
                    watermarkMs = id - 25;
                    steps.add(new Step(-1, null, watermarkMs, false));
                }
            }
        }

        List<Event> onTime(int input) {
            return steps.stream()
                    .filter(step -> step.input == input && !step.isLate)
                    .map(Step::event)
                    .toList();
        }

        long timeOfLeft(long id) {
            return steps.stream()
                    .filter(step -> step.event != null && step.event.id() == id)
                    .findFirst()
                    .orElseThrow()
                    .event
                    .timeMs();
        }

        /**
         * Gives the tester the script, and the rows to expect where they belong.
         *
         * @param timeOf a row's time, if rows wait for the watermark; null if a row comes with the later of its events
         */
        void feed(OperatorTester tester, ToLongFunction<Row> timeOf, List<Row> rows) {
            List<Row> left = new ArrayList<>(rows);
            if (timeOf != null) {
                left.sort(Comparator.comparingLong(timeOf));
            }
            for (Step step : steps) {
                if (step.input < 0) {
                    tester.watermark(step.watermarkMs);
                    if (timeOf != null) {
                        left.removeIf(row -> timeOf.applyAsLong(row) < step.watermarkMs
                                && tester.expect(timeOf.applyAsLong(row), row) != null);
                    }
                    tester.expectWatermark(step.watermarkMs);
                    continue;
                }
                Event event = step.event;
                tester.row(step.input, event.timeMs(), event);
                if (step.isLate) {
                    if (step.input == 0) { // the side output carries late events of the first input only
                        tester.expect(LATE, event.timeMs(), event);
                    }
                } else if (timeOf == null) {
                    left.removeIf(row -> Math.max(row.a(), row.b()) == event.id() && tester.expect(row.c(), row) != null);
                }
            }
            left.forEach(row -> tester.expect(timeOf == null ? row.c() : timeOf.applyAsLong(row), row));
        }
    }
}
