package io.penstock.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.bench.work.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildJvmIT {

    private final ChildJvm child = new ChildJvm(List.of("-Xmx256m"));

    @Test
    void measuresInAJvmOfItsOwn() throws Exception {
        Order order = order(SystemName.parse("penstock", 2).iterator().next(), 10_000);
        Measurement here = MeasuredRun.measure(order, System.err);
        Measurement there = child.measure(order);
        assertEquals(here.answer(), there.answer());
        assertEquals(10_000, there.count());
    }

    @Test
    void saysWhichRunFailed() {
        SystemName flink = SystemName.parse("flink-static", 2).iterator().next();
        Order order = Order.plain(Workload.W4, flink, 1, 0);
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> child.measure(order));
        assertEquals("W4 flink-static (2 threads): its JVM ended with exit code 1; the reason stands above", e.getMessage());
    }

    private static Order order(SystemName system, long count) {
        return Order.plain(Workload.W2, system, count, 0);
    }
}
