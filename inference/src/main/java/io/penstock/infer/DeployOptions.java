package io.penstock.infer;

import io.penstock.dag.operator.Batch;
import java.time.Duration;
import java.time.Instant;

/** What a deployment may be told beyond the model. Not thread-safe; used while the model is deployed and not kept. */
public final class DeployOptions {

    private static final Duration WAIT_MAX_LIMIT = Duration.ofDays(1);

    private long fromMs = Batch.NO_TIME;
    private Duration waitMax = Duration.ofSeconds(60);

    DeployOptions() {}

    /**
     * Lets the version score the events from that time on; those before it stay with its predecessors. Default: it
     * scores all events, and replaces all versions, at once.
     *
     * @param eventTimeMs in ms since the epoch
     */
    public DeployOptions from(long eventTimeMs) {
        if (eventTimeMs == Batch.NO_TIME) {
            throw new IllegalArgumentException("from: " + eventTimeMs + " stands for no event time; to let the version"
                    + " score all events, deploy it without from(...)");
        }
        fromMs = eventTimeMs;
        return this;
    }

    /** {@link #from(long)} for those who have an instant; what it has beyond milliseconds is cut off. */
    public DeployOptions from(Instant eventTime) {
        return from(eventTime.toEpochMilli());
    }

    /**
     * On a cluster, how long the deployment waits for the other members that have the model loaded, of which each
     * loads the version. Up to a day; default 60 s.
     */
    public DeployOptions waitMax(Duration waitMax) {
        if (waitMax.isNegative() || waitMax.compareTo(WAIT_MAX_LIMIT) > 0) {
            throw new IllegalArgumentException("waitMax must be from 0 to 1 day, but is " + waitMax);
        }
        this.waitMax = waitMax;
        return this;
    }

    long fromMs() {
        return fromMs;
    }

    Duration waitMax() {
        return waitMax;
    }
}
