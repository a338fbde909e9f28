package io.penstock.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.bench.run.ChildJvm;
import io.penstock.bench.run.Measurement;
import io.penstock.bench.run.Order;
import io.penstock.bench.run.SystemName;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What an event may allocate, by all threads of a JVM of its own after a warm-up: a figure that noise does not move.
 *
 * <p>The limits of inline W2 and of W3 are what chains of operators need that call each other. Once chains are compiled
 * they become the project's targets: 1 and 33.
 */
class AllocationIT {

    private static final double W2_BYTES_MAX = 75;
    private static final double W2_OBJECTS_BYTES_MAX = 49;
    private static final double W3_BYTES_MAX = 85;

    private static final int WORKERS = 2;
    private static final long WARM_UP_MS = 3_000;
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
        Measurement run = CHILD.measure(new Order(workload, penstock, variant, count, WARM_UP_MS, false));
        assertTrue(run.bytesPerEvent() <= bytesMax,
                () -> workload.id() + " allocates " + run.bytesPerEvent() + " bytes an event, of at most " + bytesMax);
    }
}
