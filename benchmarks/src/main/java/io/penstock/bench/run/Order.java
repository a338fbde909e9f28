package io.penstock.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;

/**
 * What one run is to measure.
 *
 * @param count how many events
 * @param warmUpMs how long to run the same workload before, at least once unless this is 0
 * @param explain whether to show how the system has done it
 */
public record Order(
        Workload workload, SystemName system, Variant variant, long count, long warmUpMs, boolean explain) {

    /** An order of the plain workload. */
    public static Order plain(Workload workload, SystemName system, long count, long warmUpMs) {
        return new Order(workload, system, Variant.PLAIN, count, warmUpMs, false);
    }

    /** As the argument of a JVM. */
    String toArgument() throws JsonProcessingException {
        return JsonMapper.builder().build().writeValueAsString(this);
    }

    static Order ofArgument(String argument) throws JsonProcessingException {
        return JsonMapper.builder().build().readValue(argument, Order.class);
    }

    @Override
    public String toString() {
        String threads = system.threads() == 1 ? "1 thread" : system.threads() + " threads";
        String rest = variant.toString();
        return workload.id() + " " + system.text() + " (" + threads + (rest.isEmpty() ? "" : ", " + rest) + ")";
    }
}
