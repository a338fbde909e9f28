package io.penstock.bench.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is different from the plain workload.
 *
 * @param source where a system finds the events
 * @param jobs how many jobs share the events, all at once
 * @param polluted whether other pipelines have run in the JVM before
 * @param writer whether the map that is looked up is written meanwhile
 * @param members of the cluster that a system runs on, of which one is in the JVM that is measured; 0 for no cluster
 */
public record Variant(Source source, int jobs, boolean polluted, boolean writer, int members) {

    /** Where events come from. */
    public enum Source {
        /** Made where they are needed. */
        INLINE,
        /** Finished objects, made before anything is measured. */
        OBJECTS;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final Variant PLAIN = new Variant(Source.INLINE, 1, false, false);

    /** The most jobs at once. */
    public static final int JOBS_MAX = 1_000;

    /** The most events that are made beforehand, as many as the heap holds. */
    public static final long OBJECTS_MAX = 40_000_000;

    /** The most members of a cluster, which are all on this machine. */
    public static final int MEMBERS_MAX = 16;

    /** A variant on no cluster. */
    public Variant(Source source, int jobs, boolean polluted, boolean writer) {
        this(source, jobs, polluted, writer, 0);
    }

    public boolean hasCluster() {
        return members > 0;
    }

    public boolean hasObjects() {
        return source == Source.OBJECTS;
    }

    /** For people; empty if the workload is plain. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (hasObjects()) {
            parts.add("finished objects");
        }
        if (jobs > 1) {
            parts.add(jobs + " jobs at once");
        }
        if (polluted) {
            parts.add("after other pipelines");
        }
        if (writer) {
            parts.add("while the map is written");
        }
        if (hasCluster()) {
            parts.add(members == 1 ? "on one member" : "on " + members + " members");
        }
        return String.join(", ", parts);
    }
}
