package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.AsyncMap;
import io.penstock.grid.Grid;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapListener;
import io.penstock.grid.MapRef;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Hazelcast's own asynchronous calls start a thread for each of them on machines with one or two processors, unless the
 * JVM is given a flag. Those of a grid do not.
 */
@Timeout(120)
class AsyncThreadsIT {

    private static final MapRef<Integer, Integer> SQUARES = MapRef.of("squares", Integer.class, Integer.class);
    private static final int CALLS = 5_000;
    /**
     * 16 of the grid's for calls; some that Hazelcast starts when it has more to do; and while a map is followed, one for
     * each look at the ends of another member's journals, ten times a second.
     */
    private static final int STARTED_MAX = CALLS / 20;

    @Test
    void thousandsOfAsynchronousCallsStartFewThreads() throws Exception {
        try (StartedGrids grids = new StartedGrids()) {
            Grid one = grids.member();
            Grid two = grids.memberBeside(one);
            assertFewThreadsWhileFollowed(one);
            assertFewThreadsWhileFollowed(two);
            assertFewThreads(grids.client(StartedGrids.address(one)).map(SQUARES).async());
        }
    }

    private static void assertFewThreadsWhileFollowed(Grid grid) throws Exception {
        try (LocalView<Integer, Integer> view = grid.map(SQUARES).localView();
                MapListener.Registration listener = grid.map(SQUARES).listen(change -> { })) {
            assertFewThreads(grid.map(SQUARES).async());
            StartedGrids.eventually("all in the view", () -> view.reader().get(CALLS - 1) != null && listener != null);
        }
    }

    private static void assertFewThreads(AsyncMap<Integer, Integer> squares) throws Exception {
        long before = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
        List<CompletionStage<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            int key = i;
            CompletionStage<Integer> put = squares.put(key, key * key);
            if (i % 2 == 0) {
                answers.add(put.thenCompose(previous -> squares.get(key)));
            } else {
                answers.add(put.thenApply(previous -> key * key));
            }
        }
        for (int i = 0; i < CALLS; i++) {
            assertEquals(i * i, answers.get(i).toCompletableFuture().get(60, TimeUnit.SECONDS));
        }
        long started = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount() - before;
        assertTrue(started <= STARTED_MAX, () -> started + " threads were started for " + CALLS + " calls");
        List<String> unowned = Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.matches("ForkJoinPool.*|CompletableFutureDelayScheduler")).toList();
        assertEquals(List.of(), unowned);
    }
}
