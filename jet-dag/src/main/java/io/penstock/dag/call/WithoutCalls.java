package io.penstock.dag.call;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;
import java.util.function.BiConsumer;

/** Hides calls from a step that leads to no reply; in a compiled loop {@link CallForms#hiding} does. */
final class WithoutCalls extends AroundOperator {

    private final Batch events = new Batch();

    WithoutCalls(Operator inner) {
        super(inner);
    }

    @Override
    public void process(int input, Batch batch, Output output) throws Exception {
        events.clear();
        for (int row = 0; row < batch.size(); row++) {
            events.add(batch.timeMs(row), CallRow.eventOf(batch.event(row)));
        }
        inner.process(input, events, output);
    }

    @Override
    public void leave(Object row, Output output, BiConsumer<Object, Output> rest) {
        rest.accept(CallRow.eventOf(row), output);
    }

    @Override
    public void onWatermark(long watermarkMs, Output output) throws Exception {
        inner.onWatermark(watermarkMs, output);
    }

    @Override
    public void onTick(long nowMs, Output output) throws Exception {
        inner.onTick(nowMs, output);
    }

    @Override
    public void onIdle(Output output) throws Exception {
        inner.onIdle(output);
    }

    @Override
    public void onEnd(Output output) throws Exception {
        inner.onEnd(output);
    }
}
