package io.penstock.dag;

/**
 * What becomes of the events of a job that has to begin again in the middle: after it was suspended or restarted and,
 * on a cluster, after a member was lost or came.
 */
public enum Guarantee {
    /** The job begins anew, with empty state and at the beginning of its sources. */
    NONE,
    /** No event is lost; those since the last snapshot may count twice. */
    AT_LEAST_ONCE,
    /** Every event counts once in the state of the stages, and in sinks that a repeated write does not change. */
    EXACTLY_ONCE
}
