package io.penstock.bench;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.bench.run.ChildJvm;
import io.penstock.bench.run.MeasuredRun;
import io.penstock.bench.run.Measurement;
import io.penstock.bench.run.Order;
import io.penstock.bench.run.SystemName;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Schedule;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Peers, and jobs on clusters, give the answers of the hand-written loop; all of a kind in one JVM, with its options. */
class PeersIT {

    private static final ChildJvm CHILD = new ChildJvm(List.of("-Xmx1g"));
    private static final Variant THREE_JOBS_WITH_OBJECTS = new Variant(Variant.Source.OBJECTS, 3, false, false);
    private static final Variant WRITER = new Variant(Variant.Source.INLINE, 1, false, true);
    private static final long LATENCY_COUNT = Schedule.ofMeasured(1).count();

    @Test
    void jetGivesTheSameAnswers() throws Exception {
        assertRight(List.of(
                order(Workload.W1, "jet-static", 3, 110_001),
                order(Workload.W2, "jet-static", 2, 1_100_003, THREE_JOBS_WITH_OBJECTS),
                order(Workload.W2, "jet-imap", 2, 10_007, WRITER),
                order(Workload.W2, "jet-replicated", 2, 300_007),
                order(Workload.W3, "jet-static", 2, 400_000),
                order(Workload.W4, "jet-batch", 2, 20_011),
                order(Workload.W5, "jet-static", 2, LATENCY_COUNT)));
    }

    @Test
    void membersOfAClusterGiveTheSameAnswers() throws Exception {
        Variant onOne = new Variant(Variant.Source.INLINE, 1, false, false, 1);
        Variant onTwo = new Variant(Variant.Source.INLINE, 1, false, false, 2);
        assertRight(List.of(
                order(Workload.W1, "penstock", 2, 110_001, onTwo),
                order(Workload.W1, "jet-static", 2, 110_001, onTwo),
                order(Workload.W2, "penstock", 2, 1_100_003, onOne),
                order(Workload.W2, "jet-static", 2, 1_100_003, onTwo),
                order(Workload.W4, "penstock", 1, 20_011, onTwo),
                order(Workload.W4, "jet-batch", 2, 20_011, onOne),
                new Order(Workload.HOP, new SystemName(SystemName.Kind.HOP, 2, "hop"), onTwo, 1_000_003, 0, true)));
    }

    @Test
    void flinkGivesTheSameAnswers() throws Exception {
        assertRight(List.of(
                order(Workload.W1, "flink-static", 3, 110_001),
                order(Workload.W2, "flink-static", 4, 1),
                order(Workload.W2, "flink-static", 2, 1_100_003, THREE_JOBS_WITH_OBJECTS),
                order(Workload.W3, "flink-static", 2, 400_000),
                order(Workload.W5, "flink-tuned", 2, LATENCY_COUNT)));
    }

    private static Order order(Workload workload, String system, int threads, long count) {
        return order(workload, system, threads, count, Variant.PLAIN);
    }

    private static Order order(Workload workload, String system, int threads, long count, Variant variant) {
        return new Order(workload, SystemName.parse(system, threads).iterator().next(), variant, count, 0, false);
    }

    private static void assertRight(List<Order> orders) throws Exception {
        List<Measurement> measurements = CHILD.measure(orders);
        assertEquals(orders.size(), measurements.size());
        List<Executable> claims = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            Measurement measurement = measurements.get(i);
            Answer right = right(order);
            claims.add(() -> assertTrue(
                    new Answer(measurement.answer()).agreesWith(right), order + " says " + measurement.answer()));
            claims.add(() -> assertEquals(order.workload() == Workload.W5, measurement.latencies() != null));
        }
        assertAll(claims);
    }

    private static Answer right(Order order) throws Exception {
        Order hand = Order.plain(order.workload(), SystemName.hand(1), order.count(), 0);
        return new Answer(MeasuredRun.measure(hand, System.err).answer());
    }
}
