package io.penstock.dag;

import io.penstock.dag.call.ReplySpec;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.step.LogSink;
import io.penstock.dag.step.MapSink;
import io.penstock.dag.step.NoopSink;
import io.penstock.grid.MapRef;
import java.util.Objects;

/** The usual {@link Sink}s. */
public final class Sinks {

    private Sinks() {}

    /** {@link #map(MapRef, FunctionEx, FunctionEx)} of the events themselves. */
    public static <K, V> Sink<V> map(MapRef<K, V> ref, FunctionEx<? super V, ? extends K> keyFn) {
        return map(ref, keyFn, event -> event);
    }

    /**
     * Puts a value made of each event into a grid map, under a key of the event. For a key the order of the events is
     * kept, and so what is in the map when all are written: a job that is restarted with a {@link Guarantee} writes
     * some of them again.
     *
     * <p>On a cluster the events of a batch are put in one call, on a thread that may wait for it, and of those with
     * the same key only the last: who follows the map's changes does not see each of them.
     */
    public static <T, K, V> Sink<T> map(
            MapRef<K, V> ref, FunctionEx<? super T, ? extends K> keyFn, FunctionEx<? super T, ? extends V> valueFn) {
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(keyFn, "keyFn");
        Objects.requireNonNull(valueFn, "valueFn");
        return new Sink<>("map-" + ref.name(), OperatorSpec.of("map sink", () -> new MapSink<>(ref, keyFn, valueFn))
                .withRowForm(new RowForm.Written(keyFn, valueFn)));
    }

    /**
     * Writes a line of log, at level WARN, for each {@link Failure}, and its type for any other event; at most 10
     * lines a second and instance, and then how many were left out. Never shows an event's content. A job that is
     * restarted may log some of them again.
     */
    public static <T> Sink<T> logged() {
        return new Sink<>("logged", OperatorSpec.of("log sink", LogSink::new).withRowForm(new RowForm.Taken()));
    }

    /** Answers the call that the event came of; for a pipeline that is served, see {@link Jobs#serve}. */
    public static <T> Sink<T> reply() {
        return new Sink<>("reply", OperatorSpec.of("reply", new ReplySpec())
                .withRowForm(new RowForm.Taken())
                .withGuarantee(Guarantee.NONE));
    }

    /** Forgets the events; the stage's metrics have counted them. */
    public static <T> Sink<T> noop() {
        return new Sink<>("noop", OperatorSpec.of("noop sink", NoopSink::new).withRowForm(new RowForm.Taken()));
    }
}
