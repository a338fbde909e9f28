package io.penstock.bench.run;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What it costs an event to go through a queue: what a pipeline with one costs more than one without.
 *
 * @param direct the pipeline without
 * @param hop the pipeline with
 */
public record HopCost(Result direct, Result hop) {

    /** @param results as {@link Comparison} returns them for the workload */
    public static HopCost of(List<Result> results) {
        return new HopCost(results.get(0), results.get(1));
    }

    /** Processor time of the whole process. */
    double cpuNs() {
        return difference(Measurement::cpuNsPerEvent);
    }

    /** Wall time, times the number of threads that share the work. */
    double threadNs() {
        return hop.order().system().threads() * difference(Measurement::wallNsPerEvent);
    }

    boolean answerOk() {
        return direct.answerOk() && hop.answerOk();
    }

    private double difference(ToDoubleFunction<Measurement> figure) {
        return hop.median(figure) - direct.median(figure);
    }
}
