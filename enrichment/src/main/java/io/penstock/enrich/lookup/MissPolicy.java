package io.penstock.enrich.lookup;

import io.penstock.dag.Failure;
import io.penstock.dag.Tag;
import java.io.Serializable;

/** What happens to an event for whose key a map has no entry. */
public sealed interface MissPolicy extends Serializable {

    /** Fails the job, naming stage and map. */
    record FailJob() implements MissPolicy {}

    /** Leaves the event out. */
    record Skip() implements MissPolicy {}

    /** Sends a {@link Failure} to a side output. */
    record ToSideOutput(Tag<? extends Failure<?>> tag) implements MissPolicy {}

    /** Uses a value instead. */
    record Default(Object value) implements MissPolicy {}
}
