package io.penstock.bench.jet;

import com.hazelcast.function.ConsumerEx;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.Sinks;

/** A cooperative sink that keeps results in this JVM: a map of the grid would cost more than the workload. */
final class RowSink<T> extends AbstractProcessor {

    private final ConsumerEx<? super T> addFn;

    private RowSink(ConsumerEx<? super T> addFn) {
        this.addFn = addFn;
    }

    static <T> Sink<T> of(ConsumerEx<? super T> addFn) {
        return Sinks.fromProcessor("rows", ProcessorMetaSupplier.of(() -> new RowSink<T>(addFn)));
    }

    @Override
    @SuppressWarnings("unchecked")
    protected boolean tryProcess(int ordinal, Object item) {
        addFn.accept((T) item);
        return true;
    }
}
