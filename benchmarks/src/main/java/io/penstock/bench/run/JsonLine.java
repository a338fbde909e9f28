package io.penstock.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.bench.latency.Latencies;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results for programs: one object a line, with keys that stay. Figures are null if no run was right. */
public final class JsonLine {

    private static final double THOUSAND = 1e3;

    private JsonLine() {}

    public static String of(Result result) throws JsonProcessingException {
        Order order = result.order();
        Map<String, Object> line = head(order, result.host(), order.system().text(), result.runs().size());
        if (order.workload() == Workload.W5) {
            line.put("p50Ms", rounded(result.medianLatency(Latencies::p50Ms)));
            line.put("p99Ms", rounded(result.medianLatency(Latencies::p99Ms)));
            line.put("p999Ms", rounded(result.medianLatency(Latencies::p999Ms)));
            line.put("maxMs", rounded(result.medianLatency(Latencies::maxMs)));
        } else {
            line.put("medianRate", whole(result.medianRate()));
            line.put("minRate", whole(result.minRate()));
            line.put("maxRate", whole(result.maxRate()));
        }
        line.put("answer", result.answer());
        line.put("answerOk", result.answerOk());
        if (order.workload() != Workload.W5) {
            line.put("bytesPerEvent", rounded(result.median(Measurement::bytesPerEvent)));
        }
        line.putAll(variant(order.variant()));
        return text(line);
    }

    /** What a queue costs. */
    public static String ofHop(HopCost cost) throws JsonProcessingException {
        Result result = cost.hop();
        Map<String, Object> line = head(
                result.order(), result.host(), SystemName.Kind.PENSTOCK.text(), result.runs().size());
        line.put("hopCpuNs", rounded(cost.cpuNs()));
        line.put("hopThreadNs", rounded(cost.threadNs()));
        line.put("answerOk", cost.answerOk());
        return text(line);
    }

    private static Map<String, Object> head(Order order, String host, String system, int runCount) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("workload", order.workload().id());
        line.put("system", system);
        line.put("host", host);
        line.put("threads", order.system().threads());
        line.put("n", order.count());
        line.put("runs", runCount);
        return line;
    }

    /** What is not as in the plain workload. */
    private static Map<String, Object> variant(Variant variant) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("source", variant.hasObjects() ? variant.source().text() : false);
        parts.put("jobs", variant.jobs() > 1 ? variant.jobs() : false);
        parts.put("polluted", variant.polluted());
        parts.put("writer", variant.writer());
        parts.put("members", variant.hasCluster() ? variant.members() : false);
        parts.values().removeAll(List.of(false));
        return parts;
    }

    private static String text(Map<String, Object> line) throws JsonProcessingException {
        return JsonMapper.builder().build().writeValueAsString(line);
    }

    private static Long whole(double figure) {
        return Double.isNaN(figure) ? null : Math.round(figure);
    }

    private static Double rounded(double figure) {
        return Double.isNaN(figure) ? null : Math.round(figure * THOUSAND) / THOUSAND;
    }
}
