package io.penstock.bench.ask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one JVM is to measure. */
record AskOrder(String system, int threads, int warmUpSeconds, int seconds, List<Integer> rates) {

    static final String PENSTOCK = "penstock";
    static final String HAND = "hand";

    AskOrder {
        rates = List.copyOf(rates);
    }

    List<String> toArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                system, Integer.toString(threads), Integer.toString(warmUpSeconds), Integer.toString(seconds)));
        rates.forEach(rate -> arguments.add(rate.toString()));
        return arguments;
    }

    static AskOrder ofArguments(String[] arguments) {
        return new AskOrder(
                arguments[0],
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Arrays.stream(arguments).skip(4).map(Integer::valueOf).toList());
    }
}
