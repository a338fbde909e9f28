package io.penstock.dag.compile;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Emitter;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.plan.StageNode;
import java.util.ArrayList;
import java.util.List;

/** A stage of a loop without a host: keeps what the loop tells it. */
final class FakeNode implements LoopNode {

    final Batch out = new Batch();
    final List<Object> failed = new ArrayList<>();
    long in;
    long outCount;
    private final Operator operator;

    private FakeNode(Operator operator) {
        this.operator = operator;
    }

    static List<FakeNode> of(List<StageNode> stages) {
        return stages.stream().map(stage -> new FakeNode(stage.spec().supplier().get())).toList();
    }

    @Override
    public Operator operator() {
        return operator;
    }

    @Override
    public Batch out() {
        return out;
    }

    @Override
    public boolean isFull() {
        return out.isFull();
    }

    @Override
    public void countIn(long rows) {
        in += rows;
    }

    @Override
    public long eventsIn() {
        return in;
    }

    @Override
    public void countOut(long rows) {
        outCount += rows;
    }

    @Override
    public void emit(int output, long timeMs, Object event) {
        out.add(timeMs, event);
    }

    @Override
    public void emitFrom(Emitter emitter) {
        throw new AssertionError("no stage of these tests has many rows");
    }

    @Override
    public void emitWatermark(long watermarkMs) {}

    @Override
    public void fail(long timeMs, Object event, Object key, String reason, Throwable cause) {
        failed.add(event);
    }

    @Override
    public void failOther(Object event, Object key, String reason, Throwable cause) {
        failed.add(event);
    }
}
