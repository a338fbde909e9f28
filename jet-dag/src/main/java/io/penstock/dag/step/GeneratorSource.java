package io.penstock.dag.step;

import io.penstock.dag.LongFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.IndexedSource;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StateEntry;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Makes each event from its index. Instance p of P has the slice p, p + P, p + 2P, ...; a snapshot holds, per slice,
 * the next index, so that after a restart the slices are finished by whichever instances there are. One that has
 * several makes the events of all of them in the order of their index: one slice after the other, the second would be
 * late as a whole.
 */
public final class GeneratorSource<T> implements IndexedSource {

    /** A slice is addressed by its first index and its stride, which differ between parallelisms. */
    private record Slice(long first, int stride) implements Serializable {}

    private static final class Position {
        private final Slice slice;
        private long next;

        private Position(Slice slice, long next) {
            this.slice = slice;
            this.next = next;
        }
    }

    /** More would let the index behind the last one overflow; nobody lives to see it. */
    private static final long COUNT_MAX = Long.MAX_VALUE - Integer.MAX_VALUE;

    private final long count;
    private final LongFunctionEx<? extends T> eventFn;
    private final PriorityQueue<Position> positions = new PriorityQueue<>(Comparator.comparingLong(p -> p.next));
    private OperatorContext context;
    /** The position that is next; null if it has to be taken from the others. */
    private Position current;
    private long endIndex;
    private boolean begun;

    public GeneratorSource(long count, LongFunctionEx<? extends T> eventFn) {
        this.count = Math.min(count, COUNT_MAX);
        this.eventFn = eventFn;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
    }

    @Override
    public boolean fill(Output output) throws Exception {
        int room = Batch.CAPACITY;
        while (room > 0 && next(room)) {
            long index = current.next;
            for (; index < endIndex; room--, index += stride()) {
                output.emit(Batch.NO_TIME, eventFn.applyEx(index));
            }
            advance(index);
        }
        return !isEnded();
    }

    @Override
    public boolean next(int rowsMax) {
        begin();
        if (current == null) {
            current = positions.poll();
        }
        if (current == null) {
            return false;
        }
        long othersIndex = positions.isEmpty() ? count : positions.peek().next + 1;
        long left = (count - 1 - current.next) / stride() + 1;
        endIndex = left > rowsMax ? current.next + rowsMax * stride() : count;
        endIndex = Math.min(endIndex, Math.min(othersIndex, count));
        return true;
    }

    @Override
    public long index() {
        return current.next;
    }

    @Override
    public long endIndex() {
        return endIndex;
    }

    @Override
    public long stride() {
        return current.slice.stride;
    }

    @Override
    public void advance(long index) {
        current.next = index;
        if (index >= count) {
            current = null;
        } else if (!positions.isEmpty()) {
            positions.add(current);
            current = null;
        }
    }

    @Override
    public boolean isEnded() {
        return begun && current == null && positions.isEmpty();
    }

    /** Takes its own slice, unless the job goes on from a snapshot, which then says what is left. */
    private void begin() {
        if (!begun && !context.isRestored() && context.instance() < count) {
            positions.add(new Position(new Slice(context.instance(), context.instanceCount()), context.instance()));
        }
        begun = true;
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        begin();
        return Stream.concat(positions.stream(), Stream.ofNullable(current))
                .map(position -> new StateEntry(position.slice, position.next))
                .iterator();
    }

    @Override
    public void restore(Object key, Object value) {
        Slice slice = (Slice) key;
        if (slice.first % context.instanceCount() == context.instance()) {
            positions.add(new Position(slice, (Long) value));
        }
    }
}
