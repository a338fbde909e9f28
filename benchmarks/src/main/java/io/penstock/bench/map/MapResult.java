package io.penstock.bench.map;

import io.penstock.bench.run.Medians;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the runs of an operation on a system came to. A run with a fault does not count; if none is left, the figures
 * are NaN.
 */
record MapResult(MapOrder order, MapOp op, List<MapFigures.OfOp> runs) {

    boolean answerOk() {
        return runs.stream().allMatch(MapFigures.OfOp::hasRightAnswer);
    }

    /** Operations per second. */
    double medianRate() {
        return median(MapFigures.OfOp::rate);
    }

    double minRate() {
        return good().stream().mapToDouble(MapFigures.OfOp::rate).min().orElse(Double.NaN);
    }

    double maxRate() {
        return good().stream().mapToDouble(MapFigures.OfOp::rate).max().orElse(Double.NaN);
    }

    /** Per operation. */
    double cpuNs() {
        return median(MapFigures.OfOp::cpuNs);
    }

    double writesPerSecond() {
        return median(MapFigures.OfOp::writesPerSecond);
    }

    /** The rate as a share of the yardstick's with as many threads; NaN if that was not measured. */
    double rateRatio(List<MapResult> all) {
        return medianRate() / ofYardstick(all, MapResult::medianRate);
    }

    /** The yardstick's processor time as a share of this one's, so that more is better here, too. */
    double cpuRatio(List<MapResult> all) {
        return ofYardstick(all, MapResult::cpuNs) / cpuNs();
    }

    private double ofYardstick(List<MapResult> all, ToDoubleFunction<MapResult> figure) {
        return all.stream()
                .filter(other -> other.op == op
                        && other.order.system() == order.system().yardstick(order.host(), op)
                        && other.order.threads() == order.threads())
                .mapToDouble(figure)
                .findAny()
                .orElse(Double.NaN);
    }

    private double median(ToDoubleFunction<MapFigures.OfOp> figure) {
        return Medians.of(good().stream().map(figure::applyAsDouble).toList());
    }

    private List<MapFigures.OfOp> good() {
        return runs.stream().filter(MapFigures.OfOp::hasRightAnswer).toList();
    }
}
