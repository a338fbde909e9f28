package io.penstock.bench.map;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where the maps are that are measured. */
enum MapHost {
    /** In the heap of the JVM that uses them. */
    EMBEDDED(
            1_000_000,
            List.of(1, 2),
            EnumSet.complementOf(EnumSet.of(MapOp.GET_ALL, MapOp.PUT_ALL))),
    /** On a cluster of which that JVM is a member. */
    CLUSTER(100_000, List.of(1, 16), Sets.ON_CLUSTERS),
    /** On a cluster of which that JVM is a client. */
    CLIENT(100_000, List.of(1, 16), Sets.ON_CLUSTERS);

    private static final class Sets {
        static final Set<MapOp> ON_CLUSTERS = EnumSet.complementOf(EnumSet.of(MapOp.FILL, MapOp.SCAN));
    }

    private final int entryCount;
    private final List<Integer> threads;
    private final Set<MapOp> ops;

    MapHost(int entryCount, List<Integer> threads, Set<MapOp> ops) {
        this.entryCount = entryCount;
        this.threads = threads;
        this.ops = ops;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isCluster() {
        return this != EMBEDDED;
    }

    /** How many entries to measure with unless told otherwise. */
    int entryCount() {
        return entryCount;
    }

    /** With how many threads to measure unless told otherwise. */
    List<Integer> threads() {
        return threads;
    }

    /** The operations that are measured here. */
    Set<MapOp> ops() {
        return ops;
    }
}
