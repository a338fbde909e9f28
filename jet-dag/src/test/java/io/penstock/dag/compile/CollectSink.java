package io.penstock.dag.compile;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.operator.TakenRows;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts, by its name, how often each row has come, with its time. For tests on one thread. */
final class CollectSink implements Operator, TakenRows {

    record TimedRow(long timeMs, Object event) {}

    static final Map<String, Map<TimedRow, Integer>> ROWS = new TreeMap<>();

    private final String name;

    private CollectSink(String name) {
        this.name = name;
    }

    static OperatorSpec spec(String name) {
        return OperatorSpec.of("collect", () -> new CollectSink(name)).withRowForm(new RowForm.Taken());
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            take(batch.timeMs(row), batch.event(row));
        }
    }

    @Override
    public void take(long timeMs, Object event) {
        ROWS.computeIfAbsent(name, ignored -> new HashMap<>()).merge(new TimedRow(timeMs, event), 1, Integer::sum);
    }
}
