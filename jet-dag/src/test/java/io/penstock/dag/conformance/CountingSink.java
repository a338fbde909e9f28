package io.penstock.dag.conformance;

import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Counts in a grid map how often each row has come, so that a row that comes twice is seen; takes its time for it. Each
 * operator counts by itself, under keys of its own: so none needs to read what the map has, and what one has counted
 * before a restart stays.
 */
public final class CountingSink implements Operator {

    /** @param sink which operator has counted */
    public record Counted(Row row, long sink) {}

    public static final MapRef<Counted, Long> COUNTS = MapRef.of("rows", Counted.class, Long.class);

    private final BiFunctionEx<Long, Object, Row> rowFn;
    private final boolean isCooperative;
    private final long nsPerRow;
    private final long sink = UUID.randomUUID().getLeastSignificantBits();
    private final Map<Row, Long> counts = new HashMap<>();
    private GridMap<Counted, Long> map;

    private CountingSink(BiFunctionEx<Long, Object, Row> rowFn, boolean isCooperative, long nsPerRow) {
        this.rowFn = rowFn;
        this.isCooperative = isCooperative;
        this.nsPerRow = nsPerRow;
    }

    /** @param host that will run it */
    static OperatorSpec spec(Host host, long nsPerRow) {
        return spec(host, nsPerRow, (timeMs, row) -> (Row) row);
    }

    /** @param rowFn what to count, of an event's time and the event */
    public static OperatorSpec spec(Host host, long nsPerRow, BiFunctionEx<Long, Object, Row> rowFn) {
        boolean isCooperative = host.isEngine(); // maps of a cluster may let one wait
        return OperatorSpec.of("count", () -> new CountingSink(rowFn, isCooperative, nsPerRow));
    }

    @Override
    public boolean isCooperative() {
        return isCooperative;
    }

    @Override
    public void open(OperatorContext context) {
        map = context.grid().map(COUNTS);
    }

    @Override
    public void process(int input, Batch batch, Output output) throws Exception {
        Map<Counted, Long> counted = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Conformance.spin(nsPerRow);
            Row row = rowFn.applyEx(batch.timeMs(i), batch.event(i));
            counted.put(new Counted(row, sink), counts.merge(row, 1L, Long::sum));
        }
        map.putAll(counted);
    }
}
