package io.penstock.grid;

/**
 * A reader of a map's changes wanted some that the journal of a partition has no more, or never had. The reader is not
 * harmed: it goes on with the oldest change that is left.
 */
public final class ChangesLostException extends GridException {

    private static final long serialVersionUID = 1L;

    private final int partition;
    private final long lostCount;

    public ChangesLostException(String message, int partition, long lostCount) {
        super(Code.CHANGES_LOST, message);
        this.partition = partition;
        this.lostCount = lostCount;
    }

    /** The partition with the gap; -1 if it is all of them. */
    public int partition() {
        return partition;
    }

    /** The number of changes in the gap; -1 if nobody knows. */
    public long lostCount() {
        return lostCount;
    }
}
