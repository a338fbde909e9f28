package io.penstock.dag.step;

import io.penstock.dag.Failure;
import io.penstock.dag.Tag;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StageCounter;

/** Counts late events, and sends them to a side output if there is one. */
final class LateEvents {

    private final StageCounter late;
    private final String stage;
    private final int output;

    LateEvents(OperatorContext context, Tag<?> tag) {
        late = context.counter("late");
        stage = context.stage();
        output = tag == null ? -1 : context.output(tag);
    }

    /** Takes a late event of another input than the first; a side output carries those of the first only. */
    void takeOther() {
        late.add(1);
    }

    void take(long timeMs, Object event, Object key, long watermarkMs, Output out) {
        late.add(1);
        if (output >= 0) {
            out.emit(output, timeMs, new Failure<>(stage, event, key,
                    "late: the watermark is " + (watermarkMs - timeMs) + " ms ahead", null, 1));
        }
    }
}
