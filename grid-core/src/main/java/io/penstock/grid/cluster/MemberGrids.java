package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.Grid;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The grids of a member, by their map prefix, for work that was sent to it. Kept by the member itself, since several
 * grids may share one.
 */
public final class MemberGrids {

    private static final String KEY = "io.penstock.grids";

    private final Map<String, Deque<Grid>> byPrefix = new HashMap<>();

    private MemberGrids() {}

    /** Those of a member in this JVM. */
    public static MemberGrids of(HazelcastInstance member) {
        return (MemberGrids) member.getUserContext().computeIfAbsent(KEY, ignored -> new MemberGrids());
    }

    synchronized void add(String mapPrefix, Grid grid) {
        byPrefix.computeIfAbsent(mapPrefix, ignored -> new ArrayDeque<>()).addFirst(grid);
        notifyAll();
    }

    synchronized void remove(String gridName, String mapPrefix) {
        Deque<Grid> grids = byPrefix.getOrDefault(mapPrefix, new ArrayDeque<>());
        grids.removeIf(grid -> grid.name().equals(gridName) && grid.isClosed());
    }

    /**
     * The open grid of that prefix, the newest if there are several. A member that has just joined is about to open it:
     * so this waits.
     *
     * @return null if there was none all the time
     */
    public synchronized Grid await(String mapPrefix, Duration atMost) throws InterruptedException {
        long endNs = System.nanoTime() + atMost.toNanos();
        while (true) {
            for (Grid grid : byPrefix.getOrDefault(mapPrefix, new ArrayDeque<>())) {
                if (!grid.isClosed()) {
                    return grid;
                }
            }
            long leftMs = (endNs - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                return null;
            }
            wait(leftMs);
        }
    }
}
