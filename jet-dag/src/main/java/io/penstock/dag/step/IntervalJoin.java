package io.penstock.dag.step;

import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.Tag;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Emitter;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StateEntry;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Joins two inputs by key where the right event's time lies in an interval after the left one's. Each row is joined
 * with the rows of the other side that came before it, and kept until the watermark says that no partner can come.
 */
public final class IntervalJoin<T, U, K, R> implements Operator, Emitter {

    /** From how long to how long after the left event the right one may be, in ms, both inclusive. */
    public record Bounds(long lowerMs, long upperMs) {

        boolean hold(long leftMs, long rightMs) {
            return rightMs >= Expiry.later(leftMs, lowerMs) && rightMs <= Expiry.later(leftMs, upperMs);
        }

        /** The last time at which a partner of a row may come. */
        long lastPartnerMs(int side, long timeMs) {
            return Expiry.later(timeMs, side == LEFT ? upperMs : -lowerMs);
        }
    }

    private static final int LEFT = 0;

    private record Row(long timeMs, Object event) implements Serializable {}

    /** The rows of a key, by side, and when the first of them expires. */
    private static final class Cell implements Serializable {
        private static final long serialVersionUID = 1L;
        private final ArrayList<ArrayList<Row>> sides =
                new ArrayList<>(List.of(new ArrayList<>(1), new ArrayList<>(1)));
        private long timerMs = Long.MAX_VALUE;

        private boolean isEmpty() {
            return sides.get(0).isEmpty() && sides.get(1).isEmpty();
        }
    }

    private final FunctionEx<? super T, ? extends K> leftKeyFn;
    private final FunctionEx<? super U, ? extends K> rightKeyFn;
    private final Bounds bounds;
    private final BiFunctionEx<? super T, ? super U, ? extends R> joinFn;
    private final Tag<?> onLate;
    private final Map<K, Cell> cells = new HashMap<>();
    private final Expiry<K> expiry = new Expiry<>();
    private OperatorContext context;
    private LateEvents late;

    private Batch batch;
    private int side;
    private int row;
    private K key;
    private List<Row> partners;
    private int partner;

    /** @param onLate the side output for late events, or null */
    public IntervalJoin(
            FunctionEx<? super T, ? extends K> leftKeyFn,
            FunctionEx<? super U, ? extends K> rightKeyFn,
            Bounds bounds,
            BiFunctionEx<? super T, ? super U, ? extends R> joinFn,
            Tag<?> onLate) {
        this.leftKeyFn = leftKeyFn;
        this.rightKeyFn = rightKeyFn;
        this.bounds = bounds;
        this.joinFn = joinFn;
        this.onLate = onLate;
    }

    @Override
    public boolean keepsRows() {
        return true;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
        late = new LateEvents(context, onLate);
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        this.batch = batch;
        side = input;
        row = 0;
        partners = null;
        output.emitFrom(this);
    }

    @Override
    public boolean emitNext(Output output) {
        if (row == batch.size()) {
            batch = null;
            return false;
        }
        if (partners == null && !begin(output)) {
            row++;
            return true;
        }
        if (partner < partners.size()) {
            join(partners.get(partner++), output);
            return true;
        }
        keep();
        partners = null;
        row++;
        return true;
    }

    private boolean begin(Output output) {
        Object event = batch.event(row);
        long timeMs = batch.timeMs(row);
        key = side == LEFT
                ? Keyed.<T, K>keyOf(leftKeyFn, timeMs, event, output)
                : Keyed.<U, K>keyOfOther(rightKeyFn, event, output);
        if (key == null) {
            return false;
        }
        long watermarkMs = context.watermarkMs();
        if (timeMs < watermarkMs) {
            if (side == LEFT) {
                late.take(timeMs, event, key, watermarkMs, output);
            } else {
                late.takeOther();
            }
            return false;
        }
        Cell cell = cells.get(key);
        partners = cell == null ? List.of() : cell.sides.get(1 - side);
        partner = 0;
        return true;
    }

    @SuppressWarnings("unchecked")
    private void join(Row other, Output output) {
        Row own = new Row(batch.timeMs(row), batch.event(row));
        Row left = side == LEFT ? own : other;
        Row right = side == LEFT ? other : own;
        if (!bounds.hold(left.timeMs, right.timeMs)) {
            return;
        }
        R result;
        try {
            result = joinFn.applyEx((T) left.event, (U) right.event);
        } catch (Exception e) {
            output.fail(left.timeMs, left.event, key, e);
            return;
        }
        if (result != null) {
            output.emit(Math.max(left.timeMs, right.timeMs), result);
        }
    }

    private void keep() {
        long timeMs = batch.timeMs(row);
        long lastMs = bounds.lastPartnerMs(side, timeMs);
        if (lastMs >= context.watermarkMs()) {
            Cell cell = cells.computeIfAbsent(key, ignored -> new Cell());
            cell.sides.get(side).add(new Row(timeMs, batch.event(row)));
            setTimer(key, cell, lastMs);
        }
    }

    /** A key has one timer that counts, the earliest; one that was set before it finds nothing to do. */
    private void setTimer(K ofKey, Cell cell, long timeMs) {
        if (timeMs < cell.timerMs) {
            cell.timerMs = timeMs;
            expiry.set(timeMs, ofKey);
        }
    }

    @Override
    public void onWatermark(long watermarkMs, Output output) {
        for (K expired = expiry.fire(watermarkMs); expired != null; expired = expiry.fire(watermarkMs)) {
            Cell cell = cells.get(expired);
            if (cell != null && cell.timerMs < watermarkMs) {
                forgetExpired(expired, cell, watermarkMs);
            }
        }
    }

    private void forgetExpired(K ofKey, Cell cell, long watermarkMs) {
        long nextMs = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            int ofSide = i;
            List<Row> rows = cell.sides.get(i);
            rows.removeIf(kept -> bounds.lastPartnerMs(ofSide, kept.timeMs) < watermarkMs);
            for (Row kept : rows) {
                nextMs = Math.min(nextMs, bounds.lastPartnerMs(i, kept.timeMs));
            }
        }
        if (cell.isEmpty()) {
            cells.remove(ofKey);
        } else {
            cell.timerMs = Long.MAX_VALUE;
            setTimer(ofKey, cell, nextMs);
        }
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        return cells.entrySet().stream()
                .map(entry -> new StateEntry(entry.getKey(), entry.getValue()))
                .iterator();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void restore(Object restoredKey, Object value) {
        Cell cell = (Cell) value;
        cells.put((K) restoredKey, cell);
        long restoredMs = cell.timerMs;
        cell.timerMs = Long.MAX_VALUE;
        setTimer((K) restoredKey, cell, restoredMs);
    }
}
