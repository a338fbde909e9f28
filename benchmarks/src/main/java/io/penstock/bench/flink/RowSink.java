package io.penstock.bench.flink;

import java.io.Serializable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Keeps results in this JVM. */
final class RowSink<T> implements Sink<T> {

    private static final long serialVersionUID = 1L;

    /** What to do with a result. */
    @FunctionalInterface
    interface Add<T> extends Serializable {
        void add(T row);
    }

    private final Add<T> addFn;

    RowSink(Add<T> addFn) {
        this.addFn = addFn;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            @Override
            public void write(T row, Context ignored) {
                addFn.add(row);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
