package io.penstock.bench.run;

import io.penstock.bench.latency.Latencies;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Results for people. */
public final class Table {

    private static final String RATES_HEAD = "  %-16s %7s %12s %13s %13s %13s %8s %12s %12s  %s%n";
    private static final String RATES_ROW = "  %-16s %7d %,12d %13s %13s %13s %8s %12s %12s  %s%n";
    private static final String LATENCIES_HEAD = "  %-16s %7s %10s %10s %10s %10s %12s  %s%n";
    private static final String LATENCIES_ROW = "  %-16s %7d %10s %10s %10s %10s %12s  %s%n";

    private Table() {}

    /**
     * One line for each system; its ratio is to the hand-written loop with as many threads, if that was measured.
     *
     * @param variant as it was asked for; a system may have had no use for parts of it
     */
    public static String of(Workload workload, Variant variant, List<Result> results) {
        int runs = results.get(0).runs().size();
        String rest = variant.toString();
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%s  %s%s, %d %s%n", workload.id(),
                workload.title(), rest.isEmpty() ? "" : "; " + rest, runs, runs == 1 ? "run" : "runs"));
        if (workload == Workload.W5) {
            addLatencies(results, text);
        } else {
            addRates(results, text);
        }
        return text.toString();
    }

    private static void addRates(List<Result> results, StringBuilder text) {
        text.append(String.format(Locale.ROOT, RATES_HEAD, "system", "threads", "events", "median", "min", "max",
                "of hand", "CPU ns/event", "bytes/event", "answer"));
        for (Result result : results) {
            Order order = result.order();
            text.append(String.format(Locale.ROOT, RATES_ROW, order.system().text(), order.system().threads(),
                    order.count(), rate(result.medianRate()), rate(result.minRate()), rate(result.maxRate()),
                    ratio(result, results), decimal(result.median(Measurement::cpuNsPerEvent)),
                    decimal(result.median(Measurement::bytesPerEvent)), answer(result)));
        }
    }

    private static void addLatencies(List<Result> results, StringBuilder text) {
        text.append(String.format(Locale.ROOT, LATENCIES_HEAD, "system", "threads", "p50 ms", "p99 ms", "p99.9 ms",
                "max ms", "CPU ns/event", "answer"));
        for (Result result : results) {
            SystemName system = result.order().system();
            text.append(String.format(Locale.ROOT, LATENCIES_ROW, system.text(), system.threads(),
                    decimal(result.medianLatency(Latencies::p50Ms)), decimal(result.medianLatency(Latencies::p99Ms)),
                    decimal(result.medianLatency(Latencies::p999Ms)), decimal(result.medianLatency(Latencies::maxMs)),
                    decimal(result.median(Measurement::cpuNsPerEvent)), answer(result)));
        }
    }

    /** One line about what a queue costs. */
    public static String ofHop(HopCost cost) {
        return String.format(Locale.ROOT, "  one hop through a queue costs %s ns of CPU an event; %s ns of the time of"
                + " each of %d threads%n", decimal(cost.cpuNs()), decimal(cost.threadNs()),
                cost.hop().order().system().threads());
    }

    /** The main figure of a run. */
    static String figure(Measurement run) {
        return run.latencies() == null
                ? rate(run.rate())
                : String.format(Locale.ROOT, "p50 %.2f ms, p99 %.2f ms", run.latencies().p50Ms(), run.latencies().p99Ms());
    }

    private static String answer(Result result) {
        return result.answer() + (result.answerOk() ? "" : "  WRONG");
    }

    private static String decimal(double figure) {
        return Double.isNaN(figure) ? "-" : String.format(Locale.ROOT, "%.2f", figure);
    }

    private static String rate(double perSecond) {
        return Double.isNaN(perSecond) ? "-" : String.format(Locale.ROOT, "%.3f M/s", perSecond / 1e6);
    }

    private static String ratio(Result result, List<Result> results) {
        SystemName yardstick = SystemName.hand(result.order().system().threads());
        OptionalDouble hand = results.stream()
                .filter(other -> other.order().system().equals(yardstick))
                .mapToDouble(Result::medianRate)
                .findAny();
        double ratio = hand.isEmpty() ? Double.NaN : result.medianRate() / hand.getAsDouble();
        return Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.3f", ratio);
    }

    /** One line about what else the machine did during the measurements. */
    public static String othersLine(List<Result> results) {
        List<Measurement> all = results.stream().flatMap(result -> result.runs().stream()).toList();
        List<Double> others = all.stream().map(Measurement::otherCores).filter(cores -> !cores.isNaN()).toList();
        if (others.isEmpty()) {
            return "how busy others were is not known: no /proc/stat, or runs of less than 100 ms";
        }
        double worst = others.stream().mapToDouble(Double::doubleValue).max().getAsDouble();
        double stolen = all.stream()
                .mapToDouble(Measurement::stolenCores)
                .filter(cores -> !Double.isNaN(cores))
                .max()
                .orElse(Double.NaN);
        return String.format(Locale.ROOT, "others kept %.2f cores busy in the median run, %.2f at most, and the hypervisor"
                        + " took %.2f at most; there are %d",
                Medians.of(others), worst, stolen, Runtime.getRuntime().availableProcessors());
    }
}
