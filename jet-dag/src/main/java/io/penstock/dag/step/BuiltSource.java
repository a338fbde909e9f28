package io.penstock.dag.step;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.ConsumerEx;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.SourceBuffer;
import io.penstock.dag.SupplierEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Emitter;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import io.penstock.dag.operator.StageException;
import io.penstock.dag.operator.StateEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * A source made of the user's functions, which may block.
 *
 * <p>What one call of the user's function adds is given out to its end before a snapshot can pass: what does not fit
 * into a batch, the host pulls from an {@link Emitter}. So a snapshot holds what the user keeps, and no events.
 */
public final class BuiltSource<C, T> implements SourceOperator {

    /** The only key: the source has one instance. */
    private static final String STATE = "state";

    private final SupplierEx<? extends C> createFn;
    private final BiConsumerEx<? super C, ? super SourceBuffer<T>> fillBufferFn;
    private final ConsumerEx<? super C> destroyFn;
    private final FunctionEx<? super C, ?> createSnapshotFn;
    private final BiConsumerEx<? super C, List<Object>> restoreSnapshotFn;
    private final Buffer<T> buffer = new Buffer<>();
    private final List<Object> restored = new ArrayList<>();
    private OperatorContext operatorContext;
    private C context;
    private boolean opened;
    private boolean begun;

    /**
     * @param createSnapshotFn null for a source that is not replayable, and begins anew whenever it is opened
     * @param restoreSnapshotFn null if the other is
     */
    public BuiltSource(
            SupplierEx<? extends C> createFn,
            BiConsumerEx<? super C, ? super SourceBuffer<T>> fillBufferFn,
            ConsumerEx<? super C> destroyFn,
            FunctionEx<? super C, ?> createSnapshotFn,
            BiConsumerEx<? super C, List<Object>> restoreSnapshotFn) {
        this.createFn = createFn;
        this.fillBufferFn = fillBufferFn;
        this.destroyFn = destroyFn;
        this.createSnapshotFn = createSnapshotFn;
        this.restoreSnapshotFn = restoreSnapshotFn;
    }

    @Override
    public boolean isCooperative() {
        return false;
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        this.operatorContext = operatorContext;
        context = createFn.getEx();
        opened = true;
    }

    @Override
    public boolean fill(Output output) throws Exception {
        begin();
        if (!buffer.ended) {
            fillBufferFn.acceptEx(context, buffer);
        }
        for (int rows = 0; rows < Batch.CAPACITY && !buffer.events.isEmpty(); rows++) {
            output.emit(Batch.NO_TIME, buffer.events.poll());
        }
        if (!buffer.events.isEmpty()) {
            output.emitFrom(this::emitNext);
        }
        return !buffer.ended;
    }

    private boolean emitNext(Output output) {
        T event = buffer.events.poll();
        if (event != null) {
            output.emit(Batch.NO_TIME, event);
        }
        return event != null;
    }

    /** Known only now: whether the job goes on from a snapshot, and with which state. */
    private void begin() throws Exception {
        if (begun) {
            return;
        }
        begun = true;
        if (createSnapshotFn == null || !operatorContext.isRestored()) {
            return;
        }
        if (restored.isEmpty()) {
            buffer.ended = true;
        } else {
            restoreSnapshotFn.acceptEx(context, List.copyOf(restored));
            restored.clear();
        }
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        if (createSnapshotFn == null) {
            return Collections.emptyIterator();
        }
        try {
            begin();
            return buffer.ended
                    ? Collections.emptyIterator()
                    : List.of(new StateEntry(STATE, createSnapshot())).iterator();
        } catch (StageException e) {
            throw e;
        } catch (Exception e) {
            throw new StageException(operatorContext.stage(),
                    "cannot be saved: " + e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private Object createSnapshot() throws Exception {
        Object state = createSnapshotFn.applyEx(context);
        if (state == null) {
            throw new StageException(operatorContext.stage(), "createSnapshotFn has returned null; let it return"
                    + " something that says where to go on, also before the first event", null);
        }
        return state;
    }

    @Override
    public void restore(Object key, Object value) {
        restored.add(value);
    }

    @Override
    public void close() throws Exception {
        if (opened) {
            opened = false;
            destroyFn.acceptEx(context);
        }
    }

    private static final class Buffer<T> implements SourceBuffer<T> {

        private final ArrayDeque<T> events = new ArrayDeque<>();
        private boolean ended;

        @Override
        public void add(T event) {
            events.add(event);
        }

        @Override
        public void close() {
            ended = true;
        }
    }
}
