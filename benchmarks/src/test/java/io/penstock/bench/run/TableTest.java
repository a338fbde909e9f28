package io.penstock.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.bench.work.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final String RIGHT = "f367a4bc76832056";

    @Test
    void comparesWithTheLoopOfAsManyThreads() throws Exception {
        List<Comparison.Row> rows = rows(order -> measurement(
                RIGHT, order.system().kind() == SystemName.Kind.HAND ? order.system().threads() * 10_000_000 : 40_000_000));
        assertEquals("""
                W3  enrichment from 1,000,000 records, sums by category: 400,000 events, 3 runs
                  system       threads        median           min           max  of hand CPU ns/event  bytes/event  answer
                  penstock           2    10.000 M/s    10.000 M/s    10.000 M/s    0.500       250.00        33.00  f367a4bc76832056
                  hand-1             1    40.000 M/s    40.000 M/s    40.000 M/s    1.000       250.00        33.00  f367a4bc76832056
                  hand-2             2    20.000 M/s    20.000 M/s    20.000 M/s    1.000       250.00        33.00  f367a4bc76832056
                """, Table.of(Workload.W3, rows));
    }

    @Test
    void wrongRunsDoNotCount() throws Exception {
        List<Comparison.Row> rows = rows(order -> measurement("ffffffffffffffff", 1));
        assertTrue(Table.of(Workload.W3, rows).contains(
                "  hand-1             1             -             -             -        -"), Table.of(Workload.W3, rows));
        assertTrue(Table.of(Workload.W3, rows).contains("ffffffffffffffff  WRONG"));
    }

    @Test
    void saysHowBusyOthersWere() throws Exception {
        List<Comparison.Row> rows = rows(order -> measurement(RIGHT, 1));
        assertTrue(Table.othersLine(rows).startsWith(
                "others kept 0.25 cores busy in the median run, 0.25 at most, and the hypervisor took 0.50 at most"));
    }

    @Test
    void saysWhenItIsNotKnownHowBusyOthersWere() throws Exception {
        List<Comparison.Row> rows =
                rows(order -> new Measurement(RIGHT, 400_000, 1, 1, 1, Double.NaN, Double.NaN));
        assertEquals("how busy others were is not known: no /proc/stat, or runs of less than 100 ms", Table.othersLine(rows));
    }

    private static List<Comparison.Row> rows(Launcher launcher) throws Exception {
        List<SystemName> systems = new ArrayList<>(SystemName.parse("penstock", 2));
        systems.addAll(SystemName.parse("hand", 2));
        return new Comparison(launcher, "engine", Optional.of(400_000L), 3, 0, false, line -> {})
                .compare(Workload.W3, systems);
    }

    private static Measurement measurement(String answer, long wallNs) {
        return new Measurement(answer, 400_000, wallNs, 100_000_000, 13_200_000, 0.25, 0.5);
    }
}
