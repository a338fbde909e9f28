package io.penstock.dag.conformance;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;

/** Counts in a grid map how often each row has come, so that a row that comes twice is seen; takes its time for it. */
final class CountingSink implements Operator {

    private final MapRef<Row, Long> ref;
    private final long nsPerRow;
    private GridMap<Row, Long> counts;

    CountingSink(MapRef<Row, Long> ref, long nsPerRow) {
        this.ref = ref;
        this.nsPerRow = nsPerRow;
    }

    @Override
    public void open(OperatorContext context) {
        counts = context.grid().map(ref);
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            Conformance.spin(nsPerRow);
            counts.merge((Row) batch.event(row), 1L, Long::sum);
        }
    }
}
