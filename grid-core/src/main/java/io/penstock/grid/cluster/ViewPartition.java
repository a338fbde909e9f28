package io.penstock.grid.cluster;

import io.penstock.grid.cluster.ViewDeadlines.Deadline;
import java.util.HashMap;
import java.util.Map;

/** A partition in a view's table. Used by the thread that fills the table. */
final class ViewPartition<K> {

    static final long UNKNOWN = -1;

    /** The keys that are in the table, each with its deadline, or null if it has none. */
    Map<K, Deadline<K>> keys = new HashMap<>();
    /** What a scan found, kept up to date until it is shown; null if there is none. */
    Map<Stored, Stored> staged;
    /** The number of the first event that need not be in what is shown; {@link #UNKNOWN} until it was asked for. */
    long showFrom = UNKNOWN;
    boolean isHeadAsked;

    void unstage() {
        staged = null;
        showFrom = UNKNOWN;
        isHeadAsked = false;
    }
}
