package io.penstock.bench.run;

import io.penstock.bench.latency.Latencies;
import io.penstock.bench.work.Answer;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the runs of a workload on a system came to. A run with a wrong answer does not count; if none is left, the
 * figures are NaN.
 *
 * @param right what the answers must agree with
 */
public record Result(Order order, String host, List<Measurement> runs, Answer right) {

    public boolean answerOk() {
        return runs.stream().allMatch(this::isRight);
    }

    /** Of the first run that was wrong, if there is one. */
    String answer() {
        return runs.stream().filter(run -> !isRight(run)).findFirst().orElse(runs.get(0)).answer();
    }

    /** Events per second. */
    double medianRate() {
        return median(Measurement::rate);
    }

    double minRate() {
        return good().stream().mapToDouble(Measurement::rate).min().orElse(Double.NaN);
    }

    double maxRate() {
        return good().stream().mapToDouble(Measurement::rate).max().orElse(Double.NaN);
    }

    /** Of the runs that count. */
    double median(ToDoubleFunction<Measurement> figure) {
        return Medians.of(good().stream().map(figure::applyAsDouble).toList());
    }

    /** Of the runs that count, all of which measured latencies. */
    double medianLatency(ToDoubleFunction<Latencies> figure) {
        return median(run -> figure.applyAsDouble(run.latencies()));
    }

    private List<Measurement> good() {
        return runs.stream().filter(this::isRight).toList();
    }

    private boolean isRight(Measurement run) {
        return order.system().kind() == SystemName.Kind.GENERATOR || new Answer(run.answer()).agreesWith(right);
    }
}
