package io.penstock.bench;

import static org.junit.jupiter.api.Assertions.fail;

import io.penstock.bench.run.ChildJvm;
import io.penstock.bench.run.Measurement;
import io.penstock.bench.run.Order;
import io.penstock.bench.run.SystemName;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What an event may allocate, by all threads of a JVM of its own after a warm-up: a figure that noise does not move, once
 * the JIT is done. On a machine where it has not been given the time, another JVM gets more.
 */
class AllocationIT {

    private static final double W2_BYTES_MAX = 1;
    private static final double W2_OBJECTS_BYTES_MAX = 49;
    private static final double W3_BYTES_MAX = 33;

    private static final int WORKERS = 2;
    private static final List<Long> WARM_UPS_MS = List.of(3_000L, 10_000L, 30_000L);
    private static final Variant OBJECTS = new Variant(Variant.Source.OBJECTS, 1, false, false);
    private static final ChildJvm CHILD = new ChildJvm(List.of("-Xmx2g"));

    @Test
    void eventsThatAreMadeInPlaceStayOutOfTheHeap() throws Exception {
        assertAtMost(W2_BYTES_MAX, Workload.W2, Variant.PLAIN, 5_000_000);
    }

    @Test
    void objectsOfASourceAreNotCopiedTwice() throws Exception {
        assertAtMost(W2_OBJECTS_BYTES_MAX, Workload.W2, OBJECTS, 5_000_000);
    }

    @Test
    void lookUpsAllocateOneObject() throws Exception {
        assertAtMost(W3_BYTES_MAX, Workload.W3, Variant.PLAIN, 3_000_000);
    }

    private static void assertAtMost(double bytesMax, Workload workload, Variant variant, long count)
            throws Exception {
        SystemName penstock = SystemName.parse("penstock", WORKERS).iterator().next();
        List<Double> found = new ArrayList<>();
        for (long warmUpMs : WARM_UPS_MS) {
            Measurement run = CHILD.measure(new Order(workload, penstock, variant, count, warmUpMs, false));
            if (run.bytesPerEvent() <= bytesMax) {
                return;
            }
            found.add(run.bytesPerEvent());
        }
        fail(workload.id() + " allocates " + found + " bytes an event, of at most " + bytesMax);
    }
}
