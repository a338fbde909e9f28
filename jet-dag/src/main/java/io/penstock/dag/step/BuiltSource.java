package io.penstock.dag.step;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.ConsumerEx;
import io.penstock.dag.SourceBuffer;
import io.penstock.dag.SupplierEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import java.util.ArrayDeque;

/** A source made of the user's functions, which may block. */
public final class BuiltSource<C, T> implements SourceOperator {

    private final SupplierEx<? extends C> createFn;
    private final BiConsumerEx<? super C, ? super SourceBuffer<T>> fillBufferFn;
    private final ConsumerEx<? super C> destroyFn;
    private final Buffer<T> buffer = new Buffer<>();
    private C context;
    private boolean opened;

    public BuiltSource(
            SupplierEx<? extends C> createFn,
            BiConsumerEx<? super C, ? super SourceBuffer<T>> fillBufferFn,
            ConsumerEx<? super C> destroyFn) {
        this.createFn = createFn;
        this.fillBufferFn = fillBufferFn;
        this.destroyFn = destroyFn;
    }

    @Override
    public boolean isCooperative() {
        return false;
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        context = createFn.getEx();
        opened = true;
    }

    @Override
    public boolean fill(Output output) throws Exception {
        if (buffer.events.isEmpty() && !buffer.ended) {
            fillBufferFn.acceptEx(context, buffer);
        }
        for (int rows = 0; rows < Batch.CAPACITY && !buffer.events.isEmpty(); rows++) {
            output.emit(Batch.NO_TIME, buffer.events.poll());
        }
        return !(buffer.ended && buffer.events.isEmpty());
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
