package io.penstock.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.bench.latency.Latencies;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final String RIGHT = "f367a4bc76832056";
    private static final Comparison.Settings SETTINGS = new Comparison.Settings("engine", 3, 0, false);

    @Test
    void comparesWithTheLoopOfAsManyThreads() throws Exception {
        List<Result> results = results(order -> measurement(
                RIGHT, order.system().kind() == SystemName.Kind.HAND ? order.system().threads() * 10_000_000 : 40_000_000));
        assertEquals("""
                W3  enrichment from 1,000,000 records, sums by category; 10 jobs at once, 3 runs
                  system           threads       events        median           min           max  of hand CPU ns/event  bytes/event  answer
                  penstock               2      400,000    10.000 M/s    10.000 M/s    10.000 M/s    0.500       250.00        33.00  f367a4bc76832056
                  hand-1                 1      400,000    40.000 M/s    40.000 M/s    40.000 M/s    1.000       250.00        33.00  f367a4bc76832056
                  hand-2                 2      400,000    20.000 M/s    20.000 M/s    20.000 M/s    1.000       250.00        33.00  f367a4bc76832056
                """, table(results));
    }

    @Test
    void showsLatenciesInPlaceOfRates() throws Exception {
        Launcher launcher = order -> new Measurement(RIGHT, 400_000, 1, 100_000_000, 1, 0.25, 0.5,
                order.system().kind() == SystemName.Kind.HAND ? null : new Latencies(0.5, 1, 1.5, 2));
        List<Result> results = new Comparison(launcher, SETTINGS, line -> {})
                .compare(Workload.W5, Variant.PLAIN, 400_000, SystemName.parse("penstock", 2));
        assertEquals("""
                W5  latency of W1 at 50,000 sentences/s, 3 runs
                  system           threads     p50 ms     p99 ms   p99.9 ms     max ms CPU ns/event  answer
                  penstock               2       0.50       1.00       1.50       2.00       250.00  f367a4bc76832056
                """, Table.of(Workload.W5, Variant.PLAIN, results));
    }

    @Test
    void wrongRunsDoNotCount() throws Exception {
        List<Result> rows = results(order -> measurement("ffffffffffffffff", 1));
        assertTrue(table(rows).contains(
                "  hand-1                 1      400,000             -             -             -        -"), table(rows));
        assertTrue(table(rows).contains("ffffffffffffffff  WRONG"));
    }

    @Test
    void saysHowBusyOthersWere() throws Exception {
        List<Result> rows = results(order -> measurement(RIGHT, 1));
        assertTrue(Table.othersLine(rows).startsWith(
                "others kept 0.25 cores busy in the median run, 0.25 at most, and the hypervisor took 0.50 at most"));
    }

    @Test
    void saysWhenItIsNotKnownHowBusyOthersWere() throws Exception {
        List<Result> rows =
                results(order -> new Measurement(RIGHT, 400_000, 1, 1, 1, Double.NaN, Double.NaN, null));
        assertEquals("how busy others were is not known: no /proc/stat, or runs of less than 100 ms", Table.othersLine(rows));
    }

    private static String table(List<Result> results) {
        return Table.of(Workload.W3, new Variant(Variant.Source.INLINE, 10, false, false), results);
    }

    private static List<Result> results(Launcher launcher) throws Exception {
        List<SystemName> systems = new ArrayList<>(SystemName.parse("penstock", 2));
        systems.addAll(SystemName.parse("hand", 2));
        return new Comparison(launcher, SETTINGS, line -> {}).compare(Workload.W3, Variant.PLAIN, 400_000, systems);
    }

    private static Measurement measurement(String answer, long wallNs) {
        return new Measurement(answer, 400_000, wallNs, 100_000_000, 13_200_000, 0.25, 0.5, null);
    }
}
