package io.penstock.bench.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AskBenchTest {

    private final List<AskOrder> orders = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int bench(AskJvm jvm, String... arguments) {
        CommandLine commandLine = AskBench.commandLine(order -> {
            orders.add(order);
            return jvm.measure(order);
        });
        return commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    private static AskFigures figures(AskOrder order, double scoreSum) {
        return new AskFigures(order.rates().stream()
                .map(rate -> new AskFigures.OfRate(rate, rate * order.seconds(), 10, 20, 30, scoreSum))
                .toList());
    }

    @Test
    void theFunctionAndTheHandGiveTheSameAnswers() {
        assertEquals(0, bench(AskRun::measure,
                "--rates", "200,2000", "--seconds", "1", "--runs", "1", "--warm-up-seconds", "0", "--json"),
                err::toString);
        List<String> lines = out.toString().lines().toList();
        assertEquals(4, lines.size(), out::toString);
        assertTrue(lines.get(0).startsWith("{\"workload\":\"ask\",\"system\":\"penstock\",\"threads\":2,\"rate\":200,"
                + "\"calls\":200,\"runs\":1,\"p50Us\":"), lines.get(0));
        assertTrue(lines.stream().allMatch(line -> line.endsWith("\"answerOk\":true}")), out::toString);
    }

    @Test
    void systemsTakeTurnsWithTheSamePayments() {
        assertEquals(0, bench(order -> figures(order, 5), "--runs", "2", "--threads", "4"));
        assertEquals(List.of("penstock", "hand", "penstock", "hand"), orders.stream().map(AskOrder::system).toList());
        assertEquals(orders.get(0), AskOrder.ofArguments(orders.get(0).toArguments().toArray(String[]::new)));
        assertTrue(out.toString().startsWith("ask: look-up, state and model"), out::toString);
    }

    @Test
    void otherAnswersMakeTheExitCodeOne() {
        assertEquals(1, bench(order -> figures(order, order.system().equals("hand") ? 5 : 6)));
        assertTrue(out.toString().contains("WRONG"), out::toString);
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertEquals(2, bench(order -> figures(order, 5), "--rates", "0"));
        assertEquals("bench ask: --rates must be from 1 to 1000000, but is 0; see --help", err.toString().strip());
        assertEquals(List.of(), orders);
    }

    @Test
    void countsFromWhenACallShouldHaveBeenMade() throws InterruptedException {
        Decider slow = new Decider() {
            @Override
            public void decide(int call, Payment payment, Answers answers) {
                long endNs = System.nanoTime() + 2_000_000;
                while (System.nanoTime() < endNs) {
                    Thread.onSpinWait();
                }
                answers.score(call, 1);
            }

            @Override
            public void close() {}
        };
        PacedCalls.Outcome outcome = PacedCalls.run(slow, 0, 1_000, 20);
        assertEquals(20, outcome.scoreSum());
        assertTrue(outcome.percentileUs(1) >= 20_000, "20 calls of 2 ms each that come every ms");
    }
}
