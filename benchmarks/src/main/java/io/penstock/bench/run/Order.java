package io.penstock.bench.run;

import io.penstock.bench.work.Workload;
import java.util.List;

/**
 * What one run is to measure.
 *
 * @param count how many events
 * @param warmUpMs how long to run the same workload before, at least once unless this is 0
 * @param explain whether to show how the system is going to do it
 */
public record Order(Workload workload, SystemName system, long count, long warmUpMs, boolean explain) {

    /** As arguments of a JVM. */
    List<String> toArguments() {
        return List.of(
                workload.name(),
                system.text(),
                Integer.toString(system.threads()),
                Long.toString(count),
                Long.toString(warmUpMs),
                Boolean.toString(explain));
    }

    static Order ofArguments(String[] arguments) {
        return new Order(
                Workload.valueOf(arguments[0]),
                SystemName.parse(arguments[1], Integer.parseInt(arguments[2])).iterator().next(),
                Long.parseLong(arguments[3]),
                Long.parseLong(arguments[4]),
                Boolean.parseBoolean(arguments[5]));
    }

    @Override
    public String toString() {
        return workload + " " + system.text();
    }
}
