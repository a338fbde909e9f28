package io.penstock.dag;

/** Where a job stands in its life. */
public enum JobStatus {
    /** On a cluster: the members prepare to run it, at first, or again after one of them was lost or came. */
    STARTING,
    RUNNING,
    /** Stopped until {@link Job#resume()}. */
    SUSPENDED,
    /** All sources ended, and everything that followed from their events is done. */
    COMPLETED,
    FAILED,
    CANCELLED;

    /** Whether the job has ended and will never run again. */
    public boolean isEnd() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
