package io.penstock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.bench.work.Mix;
import io.penstock.dag.Job;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.enrich.Enrich;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Look-ups of W2's shape while a thread puts new versions of all entries, as fast as it can. */
class LookUpsUnderWritesIT {

    private static final int ENTRIES = 1_000;
    private static final long EVENTS = 10_000_000;
    private static final int WORKERS = 2;

    /** A value that shows when its fields are not of the same put. */
    private record Versioned(long version, long mixed) implements Serializable {
        private static Versioned of(long version) {
            return new Versioned(version, Mix.mix(version));
        }
    }

    private static final MapRef<Integer, Versioned> ENTRY = MapRef.of("entry", Integer.class, Versioned.class);
    private static final MapRef<String, String> WRONG = MapRef.of("wrong", String.class, String.class);

    private static final ThreadLocal<long[]> SEEN = ThreadLocal.withInitial(() -> new long[ENTRIES]);
    private static final AtomicLong NEWEST = new AtomicLong();

    @Test
    void seeNoTornValueAndNoneOlderThanTheLast() throws Exception {
        try (Grid grid = Grid.embedded()) {
            GridMap<Integer, Versioned> entries = grid.map(ENTRY);
            for (int key = 0; key < ENTRIES; key++) {
                entries.put(key, Versioned.of(0));
            }
            Job job = Jobs.of(grid, options -> options.workers(WORKERS)).submit(lookUps());
            for (long version = 1; job.status() == JobStatus.RUNNING; version++) {
                entries.put((int) (version % ENTRIES), Versioned.of(version));
            }
            job.join();
            assertEquals(0, grid.map(WRONG).size(), () -> grid.map(WRONG).values().toString());
            assertTrue(NEWEST.get() > ENTRIES, "new versions were seen, the newest " + NEWEST);
        }
    }

    private static Pipeline lookUps() {
        Pipeline p = Pipeline.create();
        p.readFrom(Sources.generator(EVENTS, index -> (int) ((Mix.mix(index) >>> 1) % ENTRIES)))
                .apply(Enrich.with(ENTRY, key -> key, LookUpsUnderWritesIT::faultOf))
                .writeTo(Sinks.map(WRONG, fault -> fault));
        return p;
    }

    /** Null, which is no result, if there is nothing wrong. */
    private static String faultOf(int key, Versioned value) {
        long[] seen = SEEN.get();
        if (value.mixed != Mix.mix(value.version)) {
            return "torn: " + value;
        }
        if (value.version < seen[key]) {
            return "key " + key + ": version " + value.version + " after " + seen[key];
        }
        if (value.version > seen[key]) {
            seen[key] = value.version;
            NEWEST.accumulateAndGet(value.version, Math::max);
        }
        return null;
    }
}
