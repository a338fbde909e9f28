package io.penstock.dag;

/** Where a job stands in its life. */
public enum JobStatus {
    RUNNING,
    /** All sources ended, and everything that followed from their events is done. */
    COMPLETED,
    FAILED,
    CANCELLED
}
