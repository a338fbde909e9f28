package io.penstock.bench.ask;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/** Measures one system in this JVM, after a warm-up. The main class of the JVMs that are measured. */
final class AskRun {

    private static final int WARM_UP_RATE = 20_000;

    private AskRun() {}

    /** Prints the figures as one line of JSON. */
    public static void main(String[] arguments) throws Exception {
        AskFigures figures = measure(AskOrder.ofArguments(arguments));
        System.out.println(JsonMapper.builder().build().writeValueAsString(figures));
    }

    static AskFigures measure(AskOrder order) throws InterruptedException, OrtException {
        List<AskFigures.OfRate> figures = new ArrayList<>();
        try (Decider decider = open(order)) {
            long nextPayment = 0;
            if (order.warmUpSeconds() > 0) {
                int count = order.warmUpSeconds() * WARM_UP_RATE;
                PacedCalls.run(decider, nextPayment, WARM_UP_RATE, count);
                nextPayment += count;
            }
            for (int rate : order.rates()) {
                System.gc();
                int count = order.seconds() * rate;
                PacedCalls.Outcome outcome = PacedCalls.run(decider, nextPayment, rate, count);
                nextPayment += count;
                figures.add(new AskFigures.OfRate(rate, count, outcome.percentileUs(0.5), outcome.percentileUs(0.99),
                        outcome.percentileUs(1), outcome.scoreSum()));
            }
        }
        return new AskFigures(figures);
    }

    private static Decider open(AskOrder order) throws OrtException {
        return order.system().equals(AskOrder.HAND) ? new ByHand() : new ByPipeline(order.threads());
    }
}
