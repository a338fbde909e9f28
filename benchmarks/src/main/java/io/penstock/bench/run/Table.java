package io.penstock.bench.run;

import io.penstock.bench.work.Workload;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Results for people. */
public final class Table {

    private static final String HEAD = "  %-12s %7s %13s %13s %13s %8s %12s %12s  %s%n";
    private static final String ROW = "  %-12s %7d %13s %13s %13s %8s %12.2f %12.2f  %s%n";

    private Table() {}

    /** One line for each system; its ratio is to the hand-written loop with as many threads, if that was measured. */
    public static String of(Workload workload, List<Comparison.Row> rows) {
        Result any = rows.get(0).result();
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s  %s: %,d events, %d %s%n",
                workload, workload.title(), any.n(), any.runs(), any.runs() == 1 ? "run" : "runs"));
        text.append(String.format(
                Locale.ROOT, HEAD, "system", "threads", "median", "min", "max", "of hand", "CPU ns/event", "bytes/event", "answer"));
        for (Comparison.Row row : rows) {
            Result result = row.result();
            text.append(String.format(Locale.ROOT, ROW, result.system(), result.threads(), rate(result.medianRate()),
                    rate(result.minRate()), rate(result.maxRate()), ratio(result, rows),
                    median(row, Measurement::cpuNsPerEvent), median(row, Measurement::bytesPerEvent),
                    result.answer() + (result.answerOk() ? "" : "  WRONG")));
        }
        return text.toString();
    }

    private static double median(Comparison.Row row, ToDoubleFunction<Measurement> figure) {
        return Medians.of(row.measurements().stream().map(figure::applyAsDouble).toList());
    }

    private static String rate(Long perSecond) {
        return perSecond == null ? "-" : String.format(Locale.ROOT, "%.3f M/s", perSecond / 1e6);
    }

    private static String ratio(Result result, List<Comparison.Row> rows) {
        OptionalDouble hand = rows.stream()
                .map(Comparison.Row::result)
                .filter(other -> other.system().equals(SystemName.hand(result.threads()).text()))
                .filter(other -> other.medianRate() != null)
                .mapToDouble(Result::medianRate)
                .findAny();
        return hand.isEmpty() || result.medianRate() == null
                ? "-"
                : String.format(Locale.ROOT, "%.3f", result.medianRate() / hand.getAsDouble());
    }

    /** One line about what else the machine did during the measurements. */
    public static String othersLine(List<Comparison.Row> rows) {
        List<Measurement> all = rows.stream().flatMap(row -> row.measurements().stream()).toList();
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
