package io.penstock.dag;

import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.step.BuiltSource;
import java.util.Objects;

/**
 * Builds a source from functions. It has one instance, on a thread of its own, so that its functions may block.
 *
 * @param <C> the type of what the source holds open, such as a reader
 */
public final class SourceBuilder<C> {

    private final String name;
    private final SupplierEx<? extends C> createFn;

    private SourceBuilder(String name, SupplierEx<? extends C> createFn) {
        this.name = Objects.requireNonNull(name, "name");
        this.createFn = Objects.requireNonNull(createFn, "createFn");
    }

    /**
     * A source that ends.
     *
     * @param createFn opens what the source reads from, when the job starts
     */
    public static <C> SourceBuilder<C> batch(String name, SupplierEx<? extends C> createFn) {
        return new SourceBuilder<>(name, createFn);
    }

    /**
     * How events are read: {@code fillBufferFn} adds some hundreds of them, or none if there are none at the moment,
     * and calls {@link SourceBuffer#close()} at the end.
     */
    public <T> WithFill<C, T> fillBufferFn(BiConsumerEx<? super C, ? super SourceBuffer<T>> fillBufferFn) {
        return new WithFill<>(this, fillBufferFn, ignored -> {});
    }

    /** A builder that knows how to read. */
    public static final class WithFill<C, T> {

        private final SourceBuilder<C> builder;
        private final BiConsumerEx<? super C, ? super SourceBuffer<T>> fillBufferFn;
        private final ConsumerEx<? super C> destroyFn;

        private WithFill(
                SourceBuilder<C> builder,
                BiConsumerEx<? super C, ? super SourceBuffer<T>> fillBufferFn,
                ConsumerEx<? super C> destroyFn) {
            this.builder = builder;
            this.fillBufferFn = Objects.requireNonNull(fillBufferFn, "fillBufferFn");
            this.destroyFn = Objects.requireNonNull(destroyFn, "destroyFn");
        }

        /** What closes the source's context, also after a failure. */
        public WithFill<C, T> destroyFn(ConsumerEx<? super C> destroyFn) {
            return new WithFill<>(builder, fillBufferFn, destroyFn);
        }

        public Source<T> build() {
            SupplierEx<? extends C> create = builder.createFn;
            BiConsumerEx<? super C, ? super SourceBuffer<T>> fill = fillBufferFn;
            ConsumerEx<? super C> destroy = destroyFn;
            OperatorSpec spec = OperatorSpec.of("source", () -> new BuiltSource<C, T>(create, fill, destroy));
            return new Source<>(builder.name, spec.withGuarantee(Guarantee.NONE), 1);
        }
    }
}
