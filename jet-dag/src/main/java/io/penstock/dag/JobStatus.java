package io.penstock.dag;

/** Where a job stands in its life. */
public enum JobStatus {
    /** Its stages are being opened, at first, on being resumed and, on a cluster, after a member was lost or came. */
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
