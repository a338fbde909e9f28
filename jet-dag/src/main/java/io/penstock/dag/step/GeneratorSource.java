package io.penstock.dag.step;

import io.penstock.dag.LongFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import io.penstock.dag.operator.StateEntry;
import java.util.Iterator;
import java.util.TreeMap;

/**
 * Makes each event from its index. Instance p of P has the slice p, p + P, p + 2P, ...; a snapshot holds, per slice,
 * the next index, so that after a restart the slices are finished by whichever instances there are.
 */
public final class GeneratorSource<T> implements SourceOperator {

    /** A slice is addressed by its first index and its stride, which differ between parallelisms. */
    private record Slice(long first, int stride) implements Comparable<Slice>, java.io.Serializable {
        @Override
        public int compareTo(Slice other) {
            return Long.compare(first, other.first);
        }
    }

    private final long count;
    private final LongFunctionEx<? extends T> eventFn;
    private final TreeMap<Slice, Long> slices = new TreeMap<>();
    private int instance;
    private int instanceCount;
    private boolean slicesKnown;
    private Slice slice;
    private long next;

    public GeneratorSource(long count, LongFunctionEx<? extends T> eventFn) {
        this.count = count;
        this.eventFn = eventFn;
    }

    @Override
    public void open(OperatorContext context) {
        instance = context.instance();
        instanceCount = context.instanceCount();
    }

    @Override
    public boolean fill(Output output) throws Exception {
        if (slice == null && !begin()) {
            return false;
        }
        int stride = slice.stride;
        long index = next;
        for (int rows = 0; rows < Batch.CAPACITY && index < count; rows++, index += stride) {
            output.emit(Batch.NO_TIME, eventFn.applyEx(index));
        }
        next = index;
        if (index >= count) {
            slice = null;
            return !slices.isEmpty();
        }
        return true;
    }

    private boolean begin() {
        if (slices.isEmpty() && !slicesKnown) {
            slices.put(new Slice(instance, instanceCount), (long) instance);
            slicesKnown = true;
        }
        var first = slices.pollFirstEntry();
        if (first == null) {
            return false;
        }
        slice = first.getKey();
        next = first.getValue();
        return true;
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        TreeMap<Slice, Long> all = new TreeMap<>(slices);
        if (slice != null) {
            all.put(slice, next);
        } else if (all.isEmpty() && !slicesKnown) {
            all.put(new Slice(instance, instanceCount), (long) instance);
        }
        if (all.isEmpty()) {
            all.put(new Slice(instance, instanceCount), count);
        }
        return all.entrySet().stream()
                .map(entry -> new StateEntry(entry.getKey(), entry.getValue()))
                .iterator();
    }

    @Override
    public void restore(Object key, Object value) {
        slicesKnown = true;
        Slice saved = (Slice) key;
        if (saved.first % instanceCount == instance) {
            slices.put(saved, (Long) value);
        }
    }
}
