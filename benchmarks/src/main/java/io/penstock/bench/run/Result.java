package io.penstock.bench.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Workload;
import java.util.List;

/**
 * What the runs of a workload on a system came to; the line of JSON that others read, and stable for that reason.
 * Rates are events per second. A run with a wrong answer does not count; if none is left, the rates are null.
 *
 * @param answer of the first run that was wrong, if there is one
 */
@JsonPropertyOrder({"workload", "system", "host", "threads", "n", "runs", "medianRate", "minRate", "maxRate", "answer",
    "answerOk"})
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Result(
        Workload workload,
        String system,
        String host,
        int threads,
        long n,
        int runs,
        Long medianRate,
        Long minRate,
        Long maxRate,
        String answer,
        boolean answerOk) {

    /** @param right what the answer must agree with */
    public static Result of(Order order, String host, List<Measurement> measurements, Answer right) {
        List<Measurement> good = measurements.stream().filter(run -> isRight(order, run, right)).toList();
        List<Double> rates = good.stream().map(Measurement::rate).sorted().toList();
        String answer = measurements.stream()
                .filter(run -> !isRight(order, run, right))
                .findFirst()
                .orElse(measurements.get(0))
                .answer();
        return new Result(
                order.workload(), order.system().text(), host, order.system().threads(), order.count(),
                measurements.size(), rounded(Medians.of(rates)), rounded(first(rates)), rounded(last(rates)), answer,
                good.size() == measurements.size());
    }

    private static boolean isRight(Order order, Measurement run, Answer right) {
        return order.system().kind() == SystemName.Kind.GENERATOR || new Answer(run.answer()).agreesWith(right);
    }

    private static double first(List<Double> sorted) {
        return sorted.isEmpty() ? Double.NaN : sorted.get(0);
    }

    private static double last(List<Double> sorted) {
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() - 1);
    }

    private static Long rounded(double rate) {
        return Double.isNaN(rate) ? null : Math.round(rate);
    }
}
