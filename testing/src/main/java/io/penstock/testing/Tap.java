package io.penstock.testing;

import io.penstock.dag.Tag;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;
import java.util.ArrayList;
import java.util.List;

/** Keeps what has come to a side output, beside whatever the pipeline does with it. */
final class Tap {

    /** More are not looked at by anybody, and would fill the memory unseen. */
    private static final int EVENTS_MAX = 1_000_000;

    private final Tag<?> tag;
    private final List<Object> events = new ArrayList<>();

    Tap(Tag<?> tag) {
        this.tag = tag;
    }

    List<Object> events() {
        return events;
    }

    Operator newOperator() {
        return new Operator() {
            @Override
            public void process(int input, Batch batch, Output output) {
                if (events.size() + batch.size() > EVENTS_MAX) {
                    throw new IllegalStateException("a test keeps up to " + EVENTS_MAX
                            + " events of side output '" + tag.name() + "'; send fewer");
                }
                for (int row = 0; row < batch.size(); row++) {
                    events.add(batch.event(row));
                }
            }
        };
    }
}
