package io.penstock.infer;

import io.penstock.dag.operator.Emitter;
import io.penstock.dag.operator.Output;
import java.util.ArrayList;
import java.util.List;

/** Notes what is emitted and given up, in one order. */
final class Notes implements Output {

    private final List<String> lines = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    List<String> lines() {
        return lines;
    }

    /** Why rows were given up. */
    List<String> reasons() {
        return reasons;
    }

    @Override
    public void emit(int output, long timeMs, Object event) {
        lines.add(timeMs + ": " + event);
    }

    @Override
    public void emitFrom(Emitter emitter) {
        throw new AssertionError("emits no more than it takes");
    }

    @Override
    public void emitWatermark(long watermarkMs) {
        throw new AssertionError("sends no watermarks");
    }

    @Override
    public void fail(long timeMs, Object event, Object key, String reason, Throwable cause) {
        lines.add(timeMs + ": failed " + event);
        reasons.add(reason);
    }

    @Override
    public void failOther(Object event, Object key, String reason, Throwable cause) {
        throw new AssertionError("has one input");
    }
}
