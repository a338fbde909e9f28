package io.penstock.dag.step;

import io.penstock.dag.PredicateEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;

/** Keeps the events for which a predicate holds. */
public final class Filter<T> implements Operator {

    private final PredicateEx<? super T> predicate;

    public Filter(PredicateEx<? super T> predicate) {
        this.predicate = predicate;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            Object event = batch.event(row);
            boolean keep;
            try {
                keep = predicate.testEx((T) event);
            } catch (Exception e) {
                output.fail(batch.timeMs(row), event, null, e);
                continue;
            }
            if (keep) {
                output.emit(batch.timeMs(row), event);
            }
        }
    }
}
