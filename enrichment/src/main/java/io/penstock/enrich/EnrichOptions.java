package io.penstock.enrich;

import io.penstock.dag.Failure;
import io.penstock.dag.StepOptions;
import io.penstock.dag.Tag;
import io.penstock.enrich.lookup.MissPolicy;
import java.util.Objects;

/**
 * What an enrichment may be told beyond its functions.
 *
 * @param <T> the type of the events
 * @param <V> the type of the values that are looked up
 */
public final class EnrichOptions<T, V> extends StepOptions<T, EnrichOptions<T, V>> {

    private MissPolicy onMiss = new MissPolicy.FailJob();

    EnrichOptions() {}

    @Override
    protected EnrichOptions<T, V> self() {
        return this;
    }

    /** Sends an event for whose key the map has no entry to a side output. Default: the job fails. */
    public EnrichOptions<T, V> onMiss(Tag<Failure<T>> tag) {
        onMiss = new MissPolicy.ToSideOutput(tag);
        return this;
    }

    /** Leaves out, and counts, an event for whose key the map has no entry. */
    public EnrichOptions<T, V> skipMisses() {
        onMiss = new MissPolicy.Skip();
        return this;
    }

    /** Joins an event for whose key the map has no entry with this value, which must be serializable. */
    public EnrichOptions<T, V> onMissUse(V value) {
        onMiss = new MissPolicy.Default(Objects.requireNonNull(value, "value"));
        return this;
    }

    MissPolicy onMiss() {
        return onMiss;
    }
}
