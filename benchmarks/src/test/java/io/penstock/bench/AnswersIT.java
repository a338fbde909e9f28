package io.penstock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.bench.latency.Latencies;
import io.penstock.bench.run.MeasuredRun;
import io.penstock.bench.run.Measurement;
import io.penstock.bench.run.Order;
import io.penstock.bench.run.SystemName;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Schedule;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every system gives the same answers, with any number of threads; counts are not multiples of batch or thread. */
class AnswersIT {

    private static final List<SystemName> OTHERS = Stream.of("hand-2", "penstock-1", "penstock-2", "penstock-4")
            .map(AnswersIT::system)
            .toList();

    private static final Map<Workload, Answer> RIGHT = new EnumMap<>(Workload.class);

    static Stream<Arguments> othersOnAllWorkloads() {
        return Stream.of(
                        Arguments.of(Workload.W1, 110_001L),
                        Arguments.of(Workload.W2, 10_100_003L),
                        Arguments.of(Workload.W4, 20_011L))
                .flatMap(count -> OTHERS.stream()
                        .map(system -> Arguments.of(count.get()[0], count.get()[1], system)));
    }

    @ParameterizedTest
    @MethodSource("othersOnAllWorkloads")
    void agreesWithTheLoopOfOneThread(Workload workload, long count, SystemName system) throws Exception {
        Answer answer = answer(workload, system, count);
        if (!RIGHT.containsKey(workload)) {
            RIGHT.put(workload, answer(workload, system("hand-1"), count));
        }
        Answer right = RIGHT.get(workload);
        assertTrue(answer.agreesWith(right), () -> answer + ", but hand-1 says " + right);
    }

    static List<SystemName> others() {
        return OTHERS;
    }

    @ParameterizedTest
    @MethodSource("others")
    void enrichmentGivesTheListedAnswer(SystemName system) throws Exception {
        assertEquals(new Answer("f367a4bc76832056"), answer(Workload.W3, system, 400_000));
    }

    @ParameterizedTest
    @MethodSource("others")
    void copesWithFewerEventsThanThreads(SystemName system) throws Exception {
        for (Workload workload : List.of(Workload.W1, Workload.W2, Workload.W4)) {
            assertTrue(answer(workload, system, 1).agreesWith(answer(workload, system("hand-1"), 1)), workload::name);
        }
    }

    @Test
    void laterRunsOfAContenderDoNotSeeEarlierOnes() throws Exception {
        Order warmedUp = Order.plain(Workload.W2, system("penstock-2"), 50_000, 1);
        assertEquals(answer(Workload.W2, system("hand-1"), 50_000), new Answer(measure(warmedUp).answer()));
    }

    @Test
    void measuresTimeAndAllocation() throws Exception {
        Measurement measurement = measure(Order.plain(Workload.W1, system("hand-1"), 10_000, 0));
        assertTrue(measurement.wallNs() > 0, measurement::toString);
        assertTrue(measurement.allocatedBytes() > 10_000 * 8 * 24, "eight words a sentence: " + measurement);
    }

    static Stream<Variant> variants() {
        return Stream.of(
                new Variant(Variant.Source.OBJECTS, 1, false, false),
                new Variant(Variant.Source.OBJECTS, 7, false, false),
                new Variant(Variant.Source.INLINE, 1, true, false),
                new Variant(Variant.Source.INLINE, 3, false, true));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void givesTheSameAnswerInEachVariant(Variant variant) throws Exception {
        Order order = new Order(Workload.W2, system("penstock-2"), variant, 300_007, 0, false);
        assertEquals(answer(Workload.W2, system("hand-1"), 300_007), new Answer(measure(order).answer()));
    }

    @Test
    void handWrittenLoopGivesTheSameAnswerForObjects() throws Exception {
        Variant objects = new Variant(Variant.Source.OBJECTS, 1, false, false);
        Order order = new Order(Workload.W2, system("hand-2"), objects, 300_007, 0, false);
        assertEquals(answer(Workload.W2, system("hand-1"), 300_007), new Answer(measure(order).answer()));
    }

    @Test
    void severalJobsShareTheEventsOfEachWorkload() throws Exception {
        Variant jobs = new Variant(Variant.Source.INLINE, 3, false, false);
        for (Workload workload : List.of(Workload.W1, Workload.W4)) {
            Order order = new Order(workload, system("penstock-2"), jobs, 20_011, 0, false);
            Answer answer = new Answer(measure(order).answer());
            assertTrue(answer.agreesWith(answer(workload, system("hand-1"), 20_011)), workload::name);
        }
    }

    @Test
    void pipelinesWithAndWithoutAHopSeeAllEvents() throws Exception {
        Answer right = answer(Workload.HOP, system("hand-1"), 1_000_003);
        for (SystemName.Kind kind : List.of(SystemName.Kind.DIRECT, SystemName.Kind.HOP)) {
            assertEquals(right, answer(Workload.HOP, new SystemName(kind, 2, kind.name()), 1_000_003));
        }
    }

    @Test
    void measuresLatencyOfEachResult() throws Exception {
        long count = Schedule.ofMeasured(1).count();
        Measurement measurement = measure(Order.plain(Workload.W5, system("penstock-2"), count, 0));
        assertEquals(answer(Workload.W5, system("hand-1"), count), new Answer(measurement.answer()));
        Latencies latencies = measurement.latencies();
        assertTrue(0 < latencies.p50Ms() && latencies.p50Ms() <= latencies.maxMs(), latencies::toString);
    }

    private static Answer answer(Workload workload, SystemName system, long count) throws Exception {
        return new Answer(measure(Order.plain(workload, system, count, 0)).answer());
    }

    private static Measurement measure(Order order) throws Exception {
        return MeasuredRun.measure(order, System.err);
    }

    /** A system by its name and its number of threads. */
    private static SystemName system(String nameAndThreads) {
        int dash = nameAndThreads.indexOf('-');
        int threads = Integer.parseInt(nameAndThreads.substring(dash + 1));
        return nameAndThreads.startsWith("hand")
                ? SystemName.hand(threads)
                : SystemName.parse(nameAndThreads.substring(0, dash), threads).iterator().next();
    }
}
