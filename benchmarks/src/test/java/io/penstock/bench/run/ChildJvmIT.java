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
        Order order = order(new SystemName(SystemName.Kind.HAND, 1, "hand-none"), 1);
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> child.measure(order));
        assertEquals("W2 hand-none: its JVM ended with exit code 1; the reason stands above", e.getMessage());
    }

    private static Order order(SystemName system, long count) {
        return new Order(Workload.W2, system, count, 0, false);
    }
}
