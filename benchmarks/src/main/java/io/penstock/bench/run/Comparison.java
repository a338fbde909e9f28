package io.penstock.bench.run;

import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures systems in turn, so that a noisy minute hits all of them.
 *
 * @param count how many events, if not as many as is usual for the workload
 * @param explain whether systems show once how they do it
 * @param progress gets a line for each step
 */
public record Comparison(
        Launcher launcher,
        String host,
        Optional<Long> count,
        int runs,
        long warmUpMs,
        boolean explain,
        Consumer<String> progress) {

    /** A system's result and the measurements behind it. */
    public record Row(Result result, List<Measurement> measurements) {}

    /** One row for each system, in their order. */
    public List<Row> compare(Workload workload, Collection<SystemName> systems) throws Exception {
        long events = count.orElse(workload.defaultCount());
        Answer right = rightAnswer(workload, events);
        Map<SystemName, List<Measurement>> measurements = new LinkedHashMap<>();
        for (int run = 1; run <= runs; run++) {
            for (SystemName system : systems) {
                Order order = new Order(workload, system, events, warmUpMs, explain && run == 1);
                Measurement measurement = launcher.measure(order);
                progress.accept(String.format(Locale.ROOT, "%s, run %d of %d: %.3f M/s, answer %s",
                        order, run, runs, measurement.rate() / 1e6, measurement.answer()));
                measurements.computeIfAbsent(system, ignored -> new ArrayList<>()).add(measurement);
            }
        }
        List<Row> rows = new ArrayList<>();
        measurements.forEach((system, ofSystem) -> {
            Order order = new Order(workload, system, events, warmUpMs, false);
            rows.add(new Row(Result.of(order, host, ofSystem, right), ofSystem));
        });
        return rows;
    }

    private Answer rightAnswer(Workload workload, long events) throws Exception {
        Optional<Answer> listed = workload.rightAnswer(events);
        if (listed.isPresent()) {
            return listed.get();
        }
        Order order = new Order(workload, SystemName.hand(1), events, 0, false);
        Answer right = new Answer(launcher.measure(order).answer());
        progress.accept(workload + ": no answer is listed for " + events
                + " events; the hand-written loop with one thread says " + right.text());
        return right;
    }
}
