package io.penstock.dag.cluster;

import com.hazelcast.jet.config.JobConfig;

/** Hazelcast's serializers of what jobs send and save. Jet uses them for edges between members and for snapshots. */
final class WireSerializers {

    /**
     * Part of what members must agree on; never used for anything else. They follow those of grid-core, and stay below
     * what users take for theirs.
     */
    static final int ROWS_ID = 7_350_101;
    static final int TIME_SIGNAL_ID = 7_350_102;
    static final int SAVED_KEY_ID = 7_350_103;
    static final int SAVED_VALUE_ID = 7_350_104;

    private WireSerializers() {}

    /** Lets the members of a job understand each other. */
    static void register(JobConfig config) {
        config.registerSerializer(Rows.class, RowsSerializer.class)
                .registerSerializer(TimeSignal.class, TimeSignalSerializer.class)
                .registerSerializer(SavedKey.class, SavedKeySerializer.class)
                .registerSerializer(SavedValue.class, SavedValueSerializer.class);
    }
}
