package io.penstock.dag.host;

/** The keys of what the host itself keeps for a stage in a snapshot, beside the stage's own state. */
enum HostKey {
    WATERMARK,
    COUNTERS
}
