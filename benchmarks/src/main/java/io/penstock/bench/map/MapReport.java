package io.penstock.bench.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.bench.run.Medians;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * What the measured orders came to, for people and for programs.
 *
 * @param orders in the order in which they were asked for, each with the figures of its runs
 */
record MapReport(Map<MapOrder, List<MapFigures>> orders) {

    private static final String HEAD = "  %-10s %-17s %7s %10s %9s %9s %9s %9s %9s  %s%n";
    private static final String ROW = "  %-10s %-17s %7d %10s %9s %9s %9s %9s %9s  %s%n";
    private static final double THOUSAND = 1e3;
    private static final double MILLION = 1e6;

    boolean answerOk() {
        return results().stream().allMatch(MapResult::answerOk);
    }

    /** By operation, by number of threads, and in the order in which systems were asked for. */
    List<MapResult> results() {
        List<MapResult> results = new ArrayList<>();
        orders.forEach((order, runs) -> {
            for (MapFigures.OfOp figure : runs.get(0).ops()) {
                MapOp op = figure.op();
                results.add(new MapResult(order, op, runs.stream()
                        .flatMap(run -> run.ops().stream().filter(other -> other.op() == op))
                        .toList()));
            }
        });
        results.sort(Comparator.comparing(MapResult::op).thenComparing(result -> result.order().threads()));
        return results;
    }

    // ---- for people

    String table() {
        MapOrder any = any();
        int runs = orders.get(any).size();
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "map%s: %,d entries, Long to a record of about 100 bytes, %d %s of %s s%s%n", any.where(),
                any.entryCount(), runs,
                runs == 1 ? "run" : "runs", seconds(any.durationMs()),
                any.writesPerSecond() == 0 ? ""
                        : String.format(Locale.ROOT, "; %,d writes/s during look-ups", any.writesPerSecond())));
        List<MapResult> results = results();
        addRates(results, text);
        if (!any.host().isCluster()) {
            addBytes(text);
        }
        text.append("  ").append(othersLine(results)).append(System.lineSeparator());
        return text.toString();
    }

    private static void addRates(List<MapResult> results, StringBuilder text) {
        String last = "";
        for (MapResult result : results) {
            MapOp op = result.op();
            String yardstick = yardstick(result);
            if (!last.equals(yardstick)) {
                text.append(String.format(Locale.ROOT, HEAD, "operation", "system", "threads", "M ops/s", "min", "max",
                        "of " + yardstick, "by CPU", "CPU ns/op", "answers"));
            }
            text.append(String.format(Locale.ROOT, ROW, op.text(), result.order().system().text(),
                    result.order().threads(), millions(result.medianRate()), millions(result.minRate()),
                    millions(result.maxRate()), decimal(result.rateRatio(results)), decimal(result.cpuRatio(results)),
                    nanoseconds(result.cpuNs()), answers(result)));
            last = yardstick;
        }
    }

    /** One word for those that are alike. */
    private static String yardstick(MapResult result) {
        if (!result.order().host().isCluster()) {
            return result.order().system().yardstick(MapHost.EMBEDDED, result.op()).text();
        }
        return result.op().hasLongKeys() ? "cache" : "imap";
    }

    private void addBytes(StringBuilder text) {
        text.append(String.format(Locale.ROOT, "  %-10s %-17s %10s %20s%n", "", "bytes per entry", "map alone",
                "with key and value"));
        for (MapSystem system : systems()) {
            text.append(String.format(Locale.ROOT, "  %-10s %-17s %10s %20s%n", "heap", system.text(),
                    bytes(medianBytes(system, system::ownBytes)), bytes(medianBytes(system, system::totalBytes))));
        }
    }

    private static String answers(MapResult result) {
        String right = result.order().isWrittenDuring(result.op())
                ? String.format(Locale.ROOT, "right, %,.0f writes/s", result.writesPerSecond())
                : "right";
        return result.runs().stream()
                .map(MapFigures.OfOp::fault)
                .filter(Objects::nonNull)
                .findFirst()
                .map(fault -> "WRONG: " + fault)
                .orElse(right);
    }

    /** One line about what else the machine did during the measurements. */
    static String othersLine(List<MapResult> results) {
        List<Double> others = results.stream()
                .flatMap(result -> result.runs().stream())
                .map(run -> run.timing().otherCores())
                .filter(cores -> !cores.isNaN())
                .toList();
        if (others.isEmpty()) {
            return "how busy others were is not known: no /proc/stat, or measurements of less than 100 ms";
        }
        return String.format(Locale.ROOT, "others kept %.2f cores busy in the median measurement, %.2f at most; there"
                        + " are %d",
                Medians.of(others), others.stream().mapToDouble(Double::doubleValue).max().getAsDouble(),
                Runtime.getRuntime().availableProcessors());
    }

    private static String seconds(long ms) {
        return ms % 1000 == 0 ? Long.toString(ms / 1000) : Double.toString(ms / THOUSAND);
    }

    private static String millions(double perSecond) {
        return format("%.3f", perSecond / MILLION);
    }

    private static String decimal(double figure) {
        return format("%.2f", figure);
    }

    private static String nanoseconds(double figure) {
        return format("%.1f", figure);
    }

    private static String bytes(double figure) {
        return format("%.1f", figure);
    }

    private static String format(String pattern, double figure) {
        return Double.isNaN(figure) ? "-" : String.format(Locale.ROOT, pattern, figure);
    }

    // ---- for programs

    /** One object a line, with keys that stay. Figures are null if no run was right, or if they are not known. */
    List<String> jsonLines() throws JsonProcessingException {
        List<MapResult> results = results();
        List<String> lines = new ArrayList<>();
        for (MapResult result : results) {
            Map<String, Object> line = head(result.order().system(), result.op().text(), result.order());
            line.put("threads", result.order().threads());
            line.put("runs", result.runs().size());
            line.put("medianRate", whole(result.medianRate()));
            line.put("minRate", whole(result.minRate()));
            line.put("maxRate", whole(result.maxRate()));
            line.put("cpuNs", rounded(result.cpuNs()));
            line.put("rateRatio", rounded(result.rateRatio(results)));
            line.put("cpuRatio", rounded(result.cpuRatio(results)));
            line.put("writesPerSecond", whole(result.writesPerSecond()));
            line.put("answerOk", result.answerOk());
            lines.add(JsonMapper.builder().build().writeValueAsString(line));
        }
        for (MapSystem system : any().host().isCluster() ? List.<MapSystem>of() : systems()) {
            Map<String, Object> line = head(system, "bytes", any());
            line.put("ownBytes", rounded(medianBytes(system, system::ownBytes)));
            line.put("totalBytes", rounded(medianBytes(system, system::totalBytes)));
            lines.add(JsonMapper.builder().build().writeValueAsString(line));
        }
        return lines;
    }

    private static Map<String, Object> head(MapSystem system, String op, MapOrder order) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("workload", "map");
        line.put("op", op);
        line.put("system", system.text());
        if (order.host().isCluster()) {
            line.put("host", order.host().text());
            line.put("members", order.members());
        }
        line.put("entries", order.entryCount());
        return line;
    }

    private static Long whole(double figure) {
        return Double.isNaN(figure) ? null : Math.round(figure);
    }

    private static Double rounded(double figure) {
        return Double.isNaN(figure) ? null : Math.round(figure * THOUSAND) / THOUSAND;
    }

    private MapOrder any() {
        return orders.keySet().iterator().next();
    }

    private List<MapSystem> systems() {
        return orders.keySet().stream().map(MapOrder::system).distinct().toList();
    }

    /** Of all runs of the system, with however many threads. */
    private double medianBytes(MapSystem system, ToDoubleFunction<MapFigures.Bytes> figure) {
        return Medians.of(orders.entrySet().stream()
                .filter(entry -> entry.getKey().system() == system)
                .flatMap(entry -> entry.getValue().stream())
                .map(run -> figure.applyAsDouble(run.bytes()))
                .toList());
    }
}
