package io.penstock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.bench.latency.Latencies;
import io.penstock.bench.run.Launcher;
import io.penstock.bench.run.Measurement;
import io.penstock.bench.run.Order;
import io.penstock.bench.work.Variant;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchTest {

    private static final String RIGHT_W3 = "f367a4bc76832056";
    private static final String WRONG = "0123456789abcdef";

    private final List<Order> orders = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsOneObjectALineWithTheKeysThatAreDocumented() throws Exception {
        assertEquals(0, bench(right(), "W3", "--n", "400000", "--json"));

        List<String> lines = out.toString().lines().toList();
        assertEquals(3, lines.size(), out::toString);
        JsonNode first = JsonMapper.builder().build().readTree(lines.get(0));
        List<String> keys = new ArrayList<>();
        first.fieldNames().forEachRemaining(keys::add);
        assertEquals(
                List.of("workload", "system", "host", "threads", "n", "runs", "medianRate", "minRate", "maxRate",
                        "answer", "answerOk", "bytesPerEvent"),
                keys);
        assertEquals(
                "{\"workload\":\"W3\",\"system\":\"penstock\",\"host\":\"engine\",\"threads\":2,\"n\":400000,\"runs\":3,"
                        + "\"medianRate\":2000000,\"minRate\":1000000,\"maxRate\":4000000,"
                        + "\"answer\":\"f367a4bc76832056\",\"answerOk\":true,\"bytesPerEvent\":33.0}",
                lines.get(0));
    }

    @Test
    void printsATableForPeople() {
        assertEquals(0, bench(right(), "W3", "--n", "400000"));
        assertTrue(out.toString().startsWith("W3  enrichment from 1,000,000 records"), out::toString);
        assertTrue(out.toString().contains("others kept 0.25 cores busy"), out::toString);
    }

    @Test
    void systemsTakeTurns() {
        bench(right(), "W3", "--n", "400000", "--runs", "2", "--threads", "2");
        assertEquals(
                List.of("penstock", "hand-1", "hand-2", "penstock", "hand-1", "hand-2"),
                orders.stream().map(order -> order.system().text()).toList());
    }

    @Test
    void explainsOnceAndOnlyToPeople() {
        bench(right(), "W3", "--n", "400000", "--systems", "penstock");
        assertEquals(List.of(true, false, false), orders.stream().map(Order::explain).toList());
        orders.clear();
        bench(right(), "W3", "--n", "400000", "--systems", "penstock", "--json");
        assertEquals(List.of(false, false, false), orders.stream().map(Order::explain).toList());
    }

    @Test
    void oneWrongAnswerMakesTheExitCodeOne() throws Exception {
        assertEquals(1, bench(order -> measurement(orders.size() == 2 ? WRONG : RIGHT_W3, 1_000_000),
                "W3", "--n", "400000", "--json", "--systems", "penstock"));
        JsonNode line = JsonMapper.builder().build().readTree(out.toString());
        assertEquals(WRONG, line.get("answer").asText());
        assertEquals(false, line.get("answerOk").asBoolean());
    }

    @Test
    void wrongRunsHaveNoRate() throws Exception {
        assertEquals(1, bench(order -> measurement(WRONG, 1_000_000), "W3", "--n", "400000", "--json"));
        JsonNode line = JsonMapper.builder().build().readTree(out.toString().lines().findFirst().orElseThrow());
        assertTrue(line.get("medianRate").isNull() && line.get("minRate").isNull() && line.get("maxRate").isNull());
    }

    @Test
    void asksTheHandWrittenLoopWhenNoAnswerIsListed() {
        assertEquals(0, bench(order -> measurement(WRONG, 1), "W3", "--n", "400001", "--systems", "penstock",
                "--runs", "1"));
        assertEquals(List.of("hand-1", "penstock"), orders.stream().map(order -> order.system().text()).toList());
    }

    @Test
    void usesTheNumberOfEventsForWhichTheAnswerIsListed() {
        bench(right(), "W1", "W2", "--systems", "hand-1", "--runs", "1");
        assertEquals(List.of(3_000_000L, 20_000_000L), orders.stream().map(Order::count).toList());
    }

    @Test
    void failedRunMakesTheExitCodeOne() {
        assertEquals(1, bench(order -> {
            throw new IllegalStateException(order + ": its JVM ended with exit code 3");
        }, "W3"));
        assertEquals("bench: W3 penstock (2 threads): its JVM ended with exit code 3" + System.lineSeparator(), err.toString());
    }

    @Test
    void refusesWhatThereIsNot() {
        refuses("unknown workload 'W9'; there are: W1 (word count, tumbling windows of 1 s), W2 (", "W9");
        refuses("'ask' is a measurement of its own; try ./bench ask --help", "W1", "ask");
        refuses("'map' is a measurement of its own; try ./bench map --help", "map", "W1");
        refuses("unknown host 'moon'; there are: engine, cluster", "W2", "--host", "moon");
        refuses("--host cluster is there for W1 to W4 and hop, without --source, --jobs and --polluted",
                "W5", "--host", "cluster");
        refuses("--host cluster is there for W1 to W4 and hop, without --source, --jobs and --polluted",
                "W2", "--host", "cluster", "--jobs", "2");
        refuses("unknown system 'spark'; there are penstock, generator, jet-static, ", "W2", "--systems", "spark");
        refuses("unknown source 'kafka'; there are: inline, objects", "W2", "--source", "kafka");
        refuses("Missing required parameter: '<workload>'");
    }

    @Test
    void runsThoseOnMembersThatHaveAClusterSideBySide() {
        bench(right(), "W3", "--n", "400000", "--runs", "1", "--host", "cluster", "--members", "1,3",
                "--systems", "penstock,jet-static,hand-2");
        assertEquals(
                List.of("W3 penstock (2 threads, on one member)", "W3 jet-static (2 threads, on one member)",
                        "W3 hand-2 (2 threads)", "W3 penstock (2 threads, on 3 members)",
                        "W3 jet-static (2 threads, on 3 members)", "W3 hand-2 (2 threads)"),
                orders.stream().map(Order::toString).toList());
    }

    @Test
    void refusesNumbersOutOfRange() {
        refuses("--members must be from 1 to 16, but is 0", "W2", "--host", "cluster", "--members", "0");
        refuses("--threads must be from 1 to 1024, but is 0", "W2", "--threads", "0");
        refuses("--runs must be from 1 to 1000, but is 0", "W2", "--runs", "0");
        refuses("--n must be from 1 to 100000000000, but is 0", "W2", "--n", "0");
        refuses("--warm-up-ms must be from 0 to 600000, but is -1", "W2", "--warm-up-ms", "-1");
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        refuses("none of the systems jet-imap runs W1", "W1", "--systems", "jet-imap");
        refuses("none of the systems flink runs W4", "W3", "W4", "--systems", "flink");
        refuses("--source objects is there for W2 only", "W2", "W3", "--source", "objects");
        refuses("--writer is there for W2 and W3 only", "W1", "--writer");
        refuses("--n with --source objects must be from 1 to 40000000, but is 50000000",
                "W2", "--source", "inline,objects", "--n", "50000000");
    }

    @Test
    void measuresEachNumberOfThreadsAndJobsAndEachSource() {
        bench(right(), "W2", "--n", "400000", "--systems", "penstock,hand", "--threads", "1,2,4", "--runs", "1");
        assertEquals(
                List.of("penstock 1", "hand-1 1", "penstock 2", "hand-2 2", "penstock 4", "hand-4 4"),
                systems().skip(1).toList());

        orders.clear();
        bench(right(), "W2", "--n", "400000", "--systems", "penstock", "--jobs", "1,10", "--source", "inline,objects",
                "--runs", "1");
        assertEquals(
                List.of(new Variant(Variant.Source.INLINE, 1, false, false),
                        new Variant(Variant.Source.INLINE, 10, false, false),
                        new Variant(Variant.Source.OBJECTS, 1, false, false),
                        new Variant(Variant.Source.OBJECTS, 10, false, false)),
                orders.stream().skip(1).map(Order::variant).toList());
    }

    @Test
    void systemsGetOnlyThePartsOfAVariantThatTheyHaveAUseFor() {
        bench(right(), "W3", "--n", "400000", "--systems", "penstock,hand-1,jet-replicated", "--jobs", "10",
                "--polluted", "--writer", "--runs", "1");
        assertEquals(
                List.of(new Variant(Variant.Source.INLINE, 10, true, true), Variant.PLAIN,
                        new Variant(Variant.Source.INLINE, 10, false, true)),
                orders.stream().map(Order::variant).toList());
    }

    @Test
    void saysInJsonWhatIsNotPlain() throws Exception {
        bench(right(), "W3", "--n", "400000", "--systems", "penstock", "--jobs", "10", "--polluted", "--json");
        JsonNode line = JsonMapper.builder().build().readTree(out.toString());
        assertEquals(10, line.get("jobs").asInt());
        assertTrue(line.get("polluted").asBoolean());
        assertTrue(!line.has("writer") && !line.has("source"), line::toString);
    }

    @Test
    void jetAndFlinkStandForWhatRunsTheWorkload() {
        bench(right(), "W3", "--n", "400000", "--systems", "jet,flink", "--runs", "1", "--warm-up-ms", "7");
        assertEquals(List.of("hand-1 1", "jet-static 2", "jet-replicated 2", "jet-imap 2", "flink-static 2"),
                systems().toList());
        assertEquals(List.of(8_000L, 400_000L, 400_000L, 8_000L, 400_000L),
                orders.stream().map(Order::count).toList());
    }

    @Test
    void latencyHasPercentilesInPlaceOfRates() throws Exception {
        assertEquals(0, bench(order -> new Measurement(RIGHT_W3, order.count(), 1, 1, 1, 0.25, 0,
                new Latencies(0.5, 1.25, 2, 3.1415)), "W5", "--json", "--systems", "penstock", "--seconds", "2"));
        assertEquals(
                "{\"workload\":\"W5\",\"system\":\"penstock\",\"host\":\"engine\",\"threads\":2,\"n\":200000,"
                        + "\"runs\":3,\"p50Ms\":0.5,\"p99Ms\":1.25,\"p999Ms\":2.0,\"maxMs\":3.142,"
                        + "\"answer\":\"f367a4bc76832056\",\"answerOk\":true}",
                out.toString().trim());
        assertEquals(List.of(0L, 0L, 0L, 0L), orders.stream().map(Order::warmUpMs).toList());
    }

    @Test
    void hopIsTheDifferenceOfTwoPipelines() throws Exception {
        assertEquals(0, bench(order -> new Measurement(RIGHT_W3, 100, 1_000, orders.size() % 2 == 0 ? 2_000 : 5_000, 1,
                0.25, 0, null), "hop", "--json", "--n", "100", "--threads", "1"));
        List<String> lines = out.toString().lines().toList();
        assertEquals(3, lines.size(), out::toString);
        assertEquals(
                "{\"workload\":\"hop\",\"system\":\"penstock\",\"host\":\"engine\",\"threads\":1,\"n\":100,"
                        + "\"runs\":3,\"hopCpuNs\":30.0,\"hopThreadNs\":0.0,\"answerOk\":true}",
                lines.get(2));
    }

    private Stream<String> systems() {
        return orders.stream().map(order -> order.system().text() + " " + order.system().threads());
    }

    private void refuses(String message, String... arguments) {
        err.getBuffer().setLength(0);
        assertEquals(2, bench(right(), arguments));
        assertTrue(err.toString().startsWith("bench: " + message), err::toString);
        assertTrue(orders.isEmpty() && out.toString().isEmpty());
    }

    /** The right answer of W3 for 400,000 events; each system's first run at 4, its second at 2, its third at 1 M/s. */
    private Launcher right() {
        return order -> {
            long earlierRuns = orders.stream().filter(other -> other.system().equals(order.system())).count() - 1;
            return measurement(RIGHT_W3, 100_000_000L << earlierRuns);
        };
    }

    private static Measurement measurement(String answer, long wallNs) {
        return new Measurement(answer, 400_000, wallNs, 1, 13_200_000, 0.25, 0, null);
    }

    private int bench(Launcher launcher, String... arguments) {
        CommandLine commandLine = Bench.commandLine(order -> {
            orders.add(order);
            return launcher.measure(order);
        });
        return commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
