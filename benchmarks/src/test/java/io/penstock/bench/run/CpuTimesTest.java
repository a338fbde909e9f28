package io.penstock.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuTimesTest {

    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void tellsOthersFromThisProcess() {
        CpuTimes before = CpuTimes.of(0, 0, List.of("cpu  100 0 50 9000 7 0 10 40 0 0", "cpu0 1 2 3"));
        CpuTimes after = CpuTimes.of(2 * SECOND_NS, SECOND_NS, List.of("cpu  350 10 80 9100 9 5 15 60 0 0"));

        assertEquals((2_500 + 100 + 300 + 50 + 50 - 1_000) / 2_000.0, after.otherCoresSince(before), 1e-9);
        assertEquals(0.1, after.stolenCoresSince(before), 1e-9);
    }

    @Test
    void othersAreNeverLessThanNobody() {
        CpuTimes before = CpuTimes.of(0, 0, List.of("cpu  100 0 50 9000 7 0 10 40 0 0"));
        CpuTimes after = CpuTimes.of(SECOND_NS, SECOND_NS, List.of("cpu  190 0 50 9000 7 0 10 40 0 0"));

        assertEquals(0, after.otherCoresSince(before));
    }

    @Test
    void othersAreUnknownAfterAFewTicks() {
        CpuTimes before = CpuTimes.of(0, 0, List.of("cpu  100 0 50 9000 7 0 10 40 0 0"));
        CpuTimes after = CpuTimes.of(SECOND_NS / 20, 0, List.of("cpu  110 0 50 9000 7 0 10 40 0 0"));

        assertTrue(Double.isNaN(after.otherCoresSince(before)));
    }

    @Test
    void othersAreUnknownWithoutProc() {
        CpuTimes before = CpuTimes.of(0, 0, List.of());
        CpuTimes after = CpuTimes.of(SECOND_NS, SECOND_NS, List.of());

        assertTrue(Double.isNaN(after.otherCoresSince(before)));
        assertTrue(Double.isNaN(after.stolenCoresSince(before)));
    }
}
