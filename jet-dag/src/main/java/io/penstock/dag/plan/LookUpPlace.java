package io.penstock.dag.plan;

import java.io.Serializable;
import java.util.Locale;

/**
 * Where a stage looks keys up on a cluster, and why: in a copy of the whole map, or on the member that owns the key, to
 * which rows go then.
 *
 * @param entryCount about how many entries the map had when the job was submitted, or {@link MapSizes#UNKNOWN}
 * @param copiedEntriesMax the most entries of a map that is copied to every member
 */
public record LookUpPlace(long entryCount, long copiedEntriesMax) implements Serializable {

    /**
     * Whether each member has a copy. Not of a map of which nothing is known: an exchange that was not needed costs
     * some time, a copy that does not fit the memory of every member.
     */
    boolean isCopied() {
        return entryCount != MapSizes.UNKNOWN && entryCount <= copiedEntriesMax;
    }

    /** The place and the reason, in words and numbers. */
    String text() {
        if (isCopied()) {
            return String.format(Locale.ROOT, "in a copy of all %,d entries on each member (no more than %,d)",
                    entryCount, copiedEntriesMax);
        }
        return entryCount == MapSizes.UNKNOWN
                ? String.format(Locale.ROOT, "on the member that owns the key (entries not counted; maybe more than"
                        + " %,d)", copiedEntriesMax)
                : String.format(Locale.ROOT, "on the member that owns the key (%,d entries, more than %,d)",
                        entryCount, copiedEntriesMax);
    }
}
