package io.penstock.enrich;

import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.Transform;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.RowForm;
import io.penstock.enrich.lookup.MapLookup;
import io.penstock.enrich.lookup.MissPolicy;
import io.penstock.grid.MapRef;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Steps that add to each event what the grid knows about it. To be given to
 * {@link io.penstock.dag.Stage#apply Stage.apply}.
 */
public final class Enrich {

    private Enrich() {}

    /** {@link #with(MapRef, FunctionEx, BiFunctionEx, Consumer)}; a miss fails the job. */
    public static <T, K, V, R> Transform<T, R> with(
            MapRef<K, V> ref,
            FunctionEx<? super T, ? extends K> keyFn,
            BiFunctionEx<? super T, ? super V, ? extends R> joinFn) {
        return with(ref, keyFn, joinFn, options -> {});
    }

    /**
     * Joins each event with the value that a grid map holds under a key of the event, at the moment the event passes.
     *
     * <p>On a cluster, each member has a copy of a map of up to {@link io.penstock.dag.JobOptions#copyMapsUpTo}
     * entries. Of a larger one it has its part, and events go to the member that owns the key; {@code explain()} says
     * which. Then events with different keys may overtake each other on the way, and all that follows sees them in
     * another order: call {@code withTimestamps} before the enrichment, as events may be late behind it, and {@code
     * mapStateful} with {@code inTimeOrder} if order matters there. The key function is called once more for each event,
     * to find the member.
     *
     * @param keyFn the key to look up; null counts as a miss
     * @param joinFn gets the event and the value; null for no result
     * @param settings what happens to an event without an entry, and to one for which a function throws
     */
    public static <T, K, V, R> Transform<T, R> with(
            MapRef<K, V> ref,
            FunctionEx<? super T, ? extends K> keyFn,
            BiFunctionEx<? super T, ? super V, ? extends R> joinFn,
            Consumer<EnrichOptions<T, V>> settings) {
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(keyFn, "keyFn");
        Objects.requireNonNull(joinFn, "joinFn");
        EnrichOptions<T, V> options = new EnrichOptions<>();
        settings.accept(options);
        MissPolicy onMiss = options.onMiss();
        return stage -> {
            OperatorSpec spec =
                    OperatorSpec.of("enrich", () -> new MapLookup<T, K, V, R>(ref, keyFn, joinFn, onMiss))
                            .withRowForm(new RowForm.LookedUp(ref, keyFn, joinFn));
            return options.addTo(
                    stage, onMiss instanceof MissPolicy.ToSideOutput side ? spec.withSideOutput(side.tag()) : spec);
        };
    }
}
