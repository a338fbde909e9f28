package io.penstock.dag;

import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.step.BuiltSource;
import java.util.List;
import java.util.Objects;

/**
 * Builds a source from functions. It has one instance, on a thread of its own, so that its functions may block; on a
 * cluster, on one of the members. Its functions, and what they refer to, must be serializable.
 *
 * <p>A job with a {@link Guarantee} needs a source that can go on in the middle: see {@link
 * WithFill#createSnapshotFn}.
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
     * @param createFn opens what the source reads from, when the job starts, and when it starts again
     */
    public static <C> SourceBuilder<C> batch(String name, SupplierEx<? extends C> createFn) {
        return new SourceBuilder<>(name, createFn);
    }

    /**
     * How events are read: {@code fillBufferFn} adds some hundreds of them, or none if there are none at the moment,
     * and calls {@link SourceBuffer#close()} at the end. What one call adds is sent on before the next call, and before
     * a snapshot.
     */
    public <T> WithFill<C, T> fillBufferFn(BiConsumerEx<? super C, ? super SourceBuffer<T>> fillBufferFn) {
        return new WithFill<>(this, fillBufferFn, ignored -> {}, null, null);
    }

    /** A builder that knows how to read. */
    public static final class WithFill<C, T> {

        private final SourceBuilder<C> builder;
        private final BiConsumerEx<? super C, ? super SourceBuffer<T>> fillBufferFn;
        private final ConsumerEx<? super C> destroyFn;
        private final FunctionEx<? super C, ?> createSnapshotFn;
        private final BiConsumerEx<? super C, List<Object>> restoreSnapshotFn;

        /** The last two are null if the source is not replayable. */
        private WithFill(
                SourceBuilder<C> builder,
                BiConsumerEx<? super C, ? super SourceBuffer<T>> fillBufferFn,
                ConsumerEx<? super C> destroyFn,
                FunctionEx<? super C, ?> createSnapshotFn,
                BiConsumerEx<? super C, List<Object>> restoreSnapshotFn) {
            this.builder = builder;
            this.fillBufferFn = Objects.requireNonNull(fillBufferFn, "fillBufferFn");
            this.destroyFn = Objects.requireNonNull(destroyFn, "destroyFn");
            this.createSnapshotFn = createSnapshotFn;
            this.restoreSnapshotFn = restoreSnapshotFn;
        }

        /** What closes the source's context, also after a failure. */
        public WithFill<C, T> destroyFn(ConsumerEx<? super C> destroyFn) {
            return new WithFill<>(builder, fillBufferFn, destroyFn, createSnapshotFn, restoreSnapshotFn);
        }

        /**
         * What a snapshot keeps of the source, such as its place in what it reads: enough to go on behind the events
         * that {@code fillBufferFn} has added so far. Called between two calls of that, when all these events have been
         * sent on. With it, and with {@link FaultTolerant#restoreSnapshotFn}, the source gives {@link
         * Guarantee#EXACTLY_ONCE}.
         *
         * @param createSnapshotFn returns something serializable, not null; the context may change afterwards
         */
        public <S> FaultTolerant<C, T, S> createSnapshotFn(FunctionEx<? super C, ? extends S> createSnapshotFn) {
            return new FaultTolerant<>(this, Objects.requireNonNull(createSnapshotFn, "createSnapshotFn"));
        }

        public Source<T> build() {
            SupplierEx<? extends C> create = builder.createFn;
            BiConsumerEx<? super C, ? super SourceBuffer<T>> fill = fillBufferFn;
            ConsumerEx<? super C> destroy = destroyFn;
            FunctionEx<? super C, ?> save = createSnapshotFn;
            BiConsumerEx<? super C, List<Object>> restore = restoreSnapshotFn;
            OperatorSpec spec = OperatorSpec.of(
                    "source", () -> new BuiltSource<C, T>(create, fill, destroy, save, restore));
            return new Source<>(
                    builder.name, save != null ? spec : spec.withGuarantee(Guarantee.NONE), 1);
        }
    }

    /**
     * A builder that knows what to keep, and not yet how to go on from it.
     *
     * @param <S> the type of what is kept
     */
    public static final class FaultTolerant<C, T, S> {

        private final WithFill<C, T> builder;
        private final FunctionEx<? super C, ? extends S> createSnapshotFn;

        private FaultTolerant(WithFill<C, T> builder, FunctionEx<? super C, ? extends S> createSnapshotFn) {
            this.builder = builder;
            this.createSnapshotFn = createSnapshotFn;
        }

        /**
         * Lets a context that was just created go on from what was kept. Called before the first call of {@code
         * fillBufferFn}, if the job goes on from a snapshot in which the source had not ended.
         *
         * @param restoreSnapshotFn takes the list of what was kept by each instance of the source; there was one
         */
        @SuppressWarnings("unchecked") // what was kept came from createSnapshotFn
        public WithFill<C, T> restoreSnapshotFn(BiConsumerEx<? super C, ? super List<S>> restoreSnapshotFn) {
            Objects.requireNonNull(restoreSnapshotFn, "restoreSnapshotFn");
            return new WithFill<>(builder.builder, builder.fillBufferFn, builder.destroyFn, createSnapshotFn,
                    (BiConsumerEx<? super C, List<Object>>) (BiConsumerEx<?, ?>) restoreSnapshotFn);
        }
    }
}
