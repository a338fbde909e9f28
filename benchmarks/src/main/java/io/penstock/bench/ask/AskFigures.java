package io.penstock.bench.ask;

import java.util.List;

/** What was measured in one JVM, in the order of the rates. */
record AskFigures(List<OfRate> rates) {

    /** @param scoreSum by which the answers of two systems are compared */
    record OfRate(int rate, int calls, double p50Us, double p99Us, double maxUs, double scoreSum) {}

    AskFigures {
        rates = List.copyOf(rates);
    }
}
