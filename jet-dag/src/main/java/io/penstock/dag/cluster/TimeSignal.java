package io.penstock.dag.cluster;

/**
 * What a sender says about time, in order with its rows.
 *
 * @param partition as of {@link Rows}
 * @param sender as of {@link Rows}
 * @param watermarkMs of {@link Kind#WATERMARK}; without meaning for the others
 */
record TimeSignal(int partition, int sender, Kind kind, long watermarkMs) {

    /** What there is to say. New ones go to the end, since members send their numbers. */
    enum Kind {
        WATERMARK,
        /** The sender gives nothing at present from which time could be told. */
        IDLE,
        /** It does again. */
        ACTIVE,
        /** Nothing comes from the sender any more. */
        END
    }
}
