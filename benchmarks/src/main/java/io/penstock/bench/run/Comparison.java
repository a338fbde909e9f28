package io.penstock.bench.run;

import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures systems in turn, so that a noisy minute hits all of them. Not thread-safe. */
public final class Comparison {

    /**
     * How to measure.
     *
     * @param warmUpMs before each run
     * @param explain whether systems show once how they do it
     */
    public record Settings(String host, int runs, long warmUpMs, boolean explain) {}

    private record Task(Workload workload, long count) {}

    private final Launcher launcher;
    private final Settings settings;
    private final Consumer<String> progress;
    private final Map<Task, Answer> rightAnswers = new LinkedHashMap<>();

    /** @param progress gets a line for each step */
    public Comparison(Launcher launcher, Settings settings, Consumer<String> progress) {
        this.launcher = launcher;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * One result for each system that runs the workload, in their order.
     *
     * @param count how many events; a slow system gets fewer
     */
    public List<Result> compare(Workload workload, Variant variant, long count, Collection<SystemName> systems)
            throws Exception {
        List<Order> orders = systems.stream()
                .filter(system -> system.kind().runs(workload))
                .map(system -> order(workload, variant, count, system))
                .toList();
        for (Order order : orders) {
            askForAnswer(new Task(workload, order.count()));
        }
        Map<Order, List<Measurement>> measurements = new LinkedHashMap<>();
        for (int run = 1; run <= settings.runs(); run++) {
            for (Order order : orders) {
                Measurement measurement = launcher.measure(explaining(order, settings.explain() && run == 1));
                progress.accept(String.format(Locale.ROOT, "%s, run %d of %d: %s, answer %s",
                        order, run, settings.runs(), Table.figure(measurement), measurement.answer()));
                measurements.computeIfAbsent(order, ignored -> new ArrayList<>()).add(measurement);
            }
        }
        List<Result> results = new ArrayList<>();
        measurements.forEach((order, ofOrder) -> {
            Answer right = rightAnswers.get(new Task(workload, order.count()));
            results.add(new Result(order, settings.host(), ofOrder, right));
        });
        return results;
    }

    /** The results whose difference is the cost of a queue. */
    public List<Result> compareHops(Variant variant, long count, int threads) throws Exception {
        return compare(Workload.HOP, variant, count, SystemName.ofHop(threads));
    }

    /** Latencies have a warm-up in themselves, at the rate at which they are measured. */
    private Order order(Workload workload, Variant variant, long count, SystemName system) {
        Variant applicable = system.kind().applicable(variant, workload);
        long warmUpMs = workload == Workload.W5 ? 0 : settings.warmUpMs();
        return new Order(workload, system, applicable, system.kind().scaled(count), warmUpMs, false);
    }

    private static Order explaining(Order order, boolean explain) {
        return new Order(
                order.workload(), order.system(), order.variant(), order.count(), order.warmUpMs(), explain);
    }

    private void askForAnswer(Task task) throws Exception {
        if (rightAnswers.containsKey(task)) {
            return;
        }
        Optional<Answer> listed = task.workload.rightAnswer(task.count);
        if (listed.isPresent()) {
            rightAnswers.put(task, listed.get());
            return;
        }
        Order order = Order.plain(task.workload, SystemName.hand(1), task.count, 0);
        Answer right = new Answer(launcher.measure(order).answer());
        progress.accept(task.workload.id() + ": no answer is listed for " + task.count
                + " events; the hand-written loop with one thread says " + right.text());
        rightAnswers.put(task, right);
    }
}
