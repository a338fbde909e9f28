package io.penstock.bench.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MapBenchTest {

    private final List<MapOrder> orders = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int bench(MapJvm jvm, String... arguments) {
        CommandLine commandLine = MapBench.commandLine(order -> {
            orders.add(order);
            return jvm.measure(order);
        });
        return commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    /** Penstock does half as many operations as others, and the second of its runs twice as many as the first. */
    private MapFigures figures(MapOrder order, String fault) {
        boolean isPenstock = order.system().text().startsWith("penstock");
        long run = orders.stream().filter(order::equals).count();
        long count = (isPenstock ? 5_000_000 : 10_000_000) * run;
        Timing timing = new Timing(count, 1_000_000_000, 600_000_000, 0.25, 0);
        return new MapFigures(new MapFigures.Bytes(isPenstock ? 58.52 : 42.04, 24, 104), order.ops().stream()
                .filter(order::has)
                .map(op -> new MapFigures.OfOp(op, timing, order.isWrittenDuring(op) ? 9_990 : 0, fault))
                .toList());
    }

    private int benchFigures(String... arguments) {
        return bench(order -> figures(order, null), arguments);
    }

    @Test
    void systemsTakeTurns() {
        assertEquals(0, benchFigures("--systems", "penstock,chm", "--runs", "2", "--threads", "1,2"));
        List<String> turns = List.of("map penstock (1 thread)", "map chm (1 thread)", "map penstock (2 threads)",
                "map chm (2 threads)");
        assertEquals(turns, orders.subList(0, 4).stream().map(MapOrder::toString).toList());
        assertEquals(orders.subList(0, 4), orders.subList(4, 8));
    }

    @Test
    void anOrderSurvivesBeingAnArgument() throws Exception {
        benchFigures("--systems", "imap", "--runs", "1", "--seconds", "0.5", "--writer", "10");
        assertEquals(orders.get(0), MapOrder.ofArgument(orders.get(0).toArgument()));
        assertEquals(500, orders.get(0).durationMs());
    }

    @Test
    void measuresEverythingUnlessToldOtherwise() {
        assertEquals(0, benchFigures());
        assertEquals(
                List.of("agrona", "caffeine", "chm", "imap", "penstock", "penstock-evicting", "penstock-view"),
                systemsOrdered());
        assertEquals(
                List.of("fill", "get", "view", "view-pass", "view-batch", "scan", "put", "update"), opsOrdered());
        assertEquals(1_000_000, orders.get(0).entryCount());
        assertEquals(List.of(1, 2), orders.stream().map(MapOrder::threads).distinct().toList());
        assertEquals(
                List.of(1),
                orders.stream()
                        .filter(order -> order.system() == MapSystem.AGRONA)
                        .map(MapOrder::threads)
                        .distinct()
                        .toList());
    }

    @Test
    void measuresOtherSystemsAndOperationsOnAClusterUnlessToldOtherwise() {
        assertEquals(0, benchFigures("--host", "cluster", "--runs", "1"));
        assertEquals(
                List.of("imap", "imap-journal", "near-cache", "penstock", "penstock-bare", "penstock-view",
                        "query-cache", "replicated"),
                systemsOrdered());
        assertEquals(
                List.of("get", "get-all", "view", "view-pass", "view-batch", "put", "put-all", "update"), opsOrdered());
        assertEquals(List.of(1, 16), orders.stream().map(MapOrder::threads).distinct().toList());
        assertEquals(100_000, orders.get(0).entryCount());
        assertEquals("map penstock on a cluster of 2 members (1 thread)", orders.get(0).toString());
    }

    @Test
    void clientsHaveNoReplicatedMap() {
        assertEquals(0, benchFigures("--host", "client", "--runs", "1", "--members", "1", "--threads", "4"));
        assertEquals(
                List.of("imap", "imap-journal", "near-cache", "penstock", "penstock-bare", "penstock-view",
                        "query-cache"),
                systemsOrdered());
        assertEquals("map penstock as a client of 1 member (4 threads)", orders.get(0).toString());
    }

    private List<String> systemsOrdered() {
        return orders.stream().map(order -> order.system().text()).distinct().sorted().toList();
    }

    private List<String> opsOrdered() {
        return orders.get(0).ops().stream().map(MapOp::text).toList();
    }

    @Test
    void comparesWithTheYardstickOfAsManyThreads() throws IOException {
        assertEquals(0, benchFigures("--systems", "penstock,penstock-view,chm,agrona", "--threads", "1,2",
                "--runs", "2", "--ops", "view,get", "--writer", "10000"));
        assertReported("report.txt");
    }

    @Test
    void comparesOnAClusterWithHazelcastThatKeepsAsMuch() throws IOException {
        assertEquals(0, benchFigures("--host", "cluster", "--systems",
                "penstock,imap-journal,penstock-bare,imap,penstock-view,near-cache", "--threads", "16", "--runs", "2",
                "--ops", "put,view"));
        assertReported("cluster-report.txt");
    }

    private void assertReported(String name) throws IOException {
        try (InputStream golden = MapBenchTest.class.getResourceAsStream(name)) {
            assertEquals(new String(golden.readAllBytes(), StandardCharsets.UTF_8),
                    out.toString().replaceAll("  others kept 0.25 cores busy.*\\R", ""));
        }
    }

    @Test
    void printsOneObjectALineWithTheKeysThatAreDocumented() {
        assertEquals(0, benchFigures("--systems", "penstock,chm,imap", "--threads", "1", "--runs", "1", "--ops", "put",
                "--entries", "1000", "--json"));
        String rest = ",\"threads\":1,\"runs\":1,\"medianRate\":RATE,\"minRate\":RATE,\"maxRate\":RATE,\"cpuNs\":CPU,"
                + "\"rateRatio\":RATIO,\"cpuRatio\":RATIO,\"writesPerSecond\":0,\"answerOk\":true}";
        String fast = rest.replace("RATE", "10000000").replace("CPU", "60.0").replace("RATIO", "1.0");
        String slow = rest.replace("RATE", "5000000").replace("CPU", "120.0").replace("RATIO", "0.5");
        assertEquals(
                List.of("put\",\"system\":\"penstock\",\"entries\":1000" + slow,
                        "put\",\"system\":\"chm\",\"entries\":1000" + fast,
                        "put\",\"system\":\"imap\",\"entries\":1000" + fast,
                        "bytes\",\"system\":\"penstock\",\"entries\":1000,\"ownBytes\":58.52,\"totalBytes\":186.52}",
                        "bytes\",\"system\":\"chm\",\"entries\":1000,\"ownBytes\":42.04,\"totalBytes\":170.04}",
                        "bytes\",\"system\":\"imap\",\"entries\":1000,\"ownBytes\":null,\"totalBytes\":42.04}"),
                out.toString().lines().map(line -> line.replace("{\"workload\":\"map\",\"op\":\"", "")).toList());
    }

    @Test
    void aLineAboutAClusterSaysSo() {
        assertEquals(0, benchFigures("--host", "client", "--systems", "imap", "--threads", "1", "--runs", "1", "--ops",
                "put", "--entries", "1000", "--json"));
        assertTrue(
                out.toString().startsWith("{\"workload\":\"map\",\"op\":\"put\",\"system\":\"imap\",\"host\":"
                        + "\"client\",\"members\":2,\"entries\":1000,\"threads\":1,"),
                out::toString);
        assertEquals(1, out.toString().lines().count());
    }

    @Test
    void runsWithAFaultDoNotCountAndMakeTheExitCodeOne() {
        assertEquals(1, bench(order -> figures(order, orders.size() == 1 ? "key 7 has null" : null),
                "--systems", "penstock", "--threads", "1", "--ops", "get", "--runs", "2"));
        assertTrue(
                out.toString().contains("   10.000    10.000    10.000         -         -      60.0  WRONG: key 7"),
                out::toString);
    }

    @Test
    void figuresOfFaultyRunsOnlyAreNotKnown() {
        assertEquals(1, bench(order -> figures(order, "bad"), "--systems", "chm", "--threads", "1", "--ops", "get",
                "--runs", "1", "--json"));
        assertTrue(out.toString().contains("\"medianRate\":null,\"minRate\":null,\"maxRate\":null,\"cpuNs\":null,"
                + "\"rateRatio\":null"), out::toString);
    }

    @Test
    void failedRunMakesTheExitCodeOne() {
        assertEquals(1, bench(order -> {
            throw new IllegalStateException(order + ": its JVM ended with exit code 3");
        }, "--systems", "chm"));
        assertEquals("bench map: map chm (1 thread): its JVM ended with exit code 3",
                err.toString().lines().skip(1).findFirst().orElse(""));
    }

    @Test
    void refusesWhatThereIsNot() {
        refuses("unknown system 'redis'; there are: penstock, penstock-evicting, ", "--systems", "redis");
        refuses("unknown operation 'sort'; there are: fill, get, view, view-pass, view-batch, ", "--ops", "get,sort");
        refuses("none of the systems agrona has view with so many threads", "--systems", "agrona", "--ops", "view",
                "--threads", "2");
        refuses("unknown host 'moon'; there are: embedded, cluster, client", "--host", "moon");
        refuses("unknown system 'chm'; there are: penstock, penstock-bare, penstock-view, imap, imap-journal,",
                "--host", "client", "--systems", "chm");
        refuses("unknown operation 'scan'; there are: get, get-all, view,", "--host", "cluster", "--ops", "scan");
        refuses("none of the systems agrona has get with so many threads", "--systems", "agrona", "--ops", "get");
    }

    @Test
    void refusesNumbersOutOfRange() {
        refuses("--threads must be from 1 to 64, but is 0", "--threads", "0");
        refuses("--entries must be from 1000 to 5000000, but is 10", "--entries", "10");
        refuses("--members must be from 1 to 8, but is 9", "--host", "client", "--members", "9");
        refuses("--runs must be from 1 to 1000, but is 0", "--runs", "0");
        refuses("--writer must be from 0 to 1000000, but is -1", "--writer", "-1");
        refuses("--seconds must be from 0 to 3600, but is -0.5", "--seconds", "-0.5");
        refuses("--warm-up-seconds must be from 0 to 3600, but is 3601.0", "--warm-up-seconds", "3601");
    }

    private void refuses(String message, String... arguments) {
        err.getBuffer().setLength(0);
        assertEquals(2, benchFigures(arguments));
        assertTrue(err.toString().startsWith("bench map: " + message), err::toString);
        assertTrue(orders.isEmpty() && out.toString().isEmpty());
    }
}
