package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;
import io.penstock.grid.Seed;
import io.penstock.grid.cluster.TestCluster.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Local views while members join, leave and crash, under writes. A writer counts up the values of the keys below
 * {@value #COUNTED}, which are never absent; others come and go. Each value is its number twice, so that a mix of two
 * would show.
 *
 * <p>A write is only certain once its call has returned: until then Hazelcast lets others see it, and may lose it with
 * its owner. So whoever saw a value must not see one that is older and than which a newer one was certain.
 */
class ClusterViewChurnIT {

    private static final MapRef<Long, String> NUMBERS = MapRef.of("numbers", Long.class, String.class);
    private static final int COUNTED = 60;
    private static final int OTHERS = 200;
    private static final int CHURNS = Boolean.getBoolean("penstock.soak") ? 40 : 4;

    /** What is written, and what of it is certain. */
    private static final class Numbers {

        private final AtomicIntegerArray certain = new AtomicIntegerArray(COUNTED);
        private final AtomicBoolean ended = new AtomicBoolean();

        Void write(GridMap<Long, String> map, long seed) {
            Random random = new Random(seed);
            for (int number = 1; !ended.get(); number++) {
                for (int key = 0; key < COUNTED && !ended.get(); key++) {
                    long counted = key;
                    String value = number + ":" + number;
                    untilCertain(() -> map.put(counted, value));
                    certain.set(key, number);
                    long other = COUNTED + random.nextInt(OTHERS);
                    boolean puts = random.nextBoolean();
                    untilCertain(() -> puts ? map.put(other, value) : map.remove(other));
                }
            }
            return null;
        }

        /** Makes a write again whose answer was lost with its owner. */
        private static void untilCertain(Supplier<String> write) {
            while (true) {
                try {
                    write.get();
                    return;
                } catch (GridException e) {
                    assertEquals(GridException.Code.OUTCOME_UNKNOWN, e.code());
                }
            }
        }

        Long check(LocalView.Reader<Long, String> reader, String who) {
            int[] seen = new int[COUNTED];
            Object[] values = new Object[COUNTED];
            long[] keys = new long[COUNTED];
            for (int key = 0; key < COUNTED; key++) {
                keys[key] = key;
            }
            long checks = 0;
            while (!ended.get()) {
                for (int key = 0; key < COUNTED; key++) {
                    int floor = Math.min(seen[key], certain.get(key));
                    String value = checks % 2 == 0 ? reader.getLong(key) : reader.get((long) key);
                    seen[key] = Math.max(seen[key], number(value, floor, key, who));
                }
                int[] floors = new int[COUNTED];
                for (int key = 0; key < COUNTED; key++) {
                    floors[key] = Math.min(seen[key], certain.get(key));
                }
                reader.getAll(keys, COUNTED, values);
                for (int key = 0; key < COUNTED; key++) {
                    seen[key] = Math.max(seen[key], number((String) values[key], floors[key], key, who));
                }
                checks++;
                Thread.yield();
            }
            return checks;
        }

        private static int number(String value, int floor, int key, String who) {
            assertTrue(value != null, () -> who + " misses key " + key);
            String[] halves = value.split(":");
            assertEquals(halves[0], halves[1], () -> who + " sees a torn value of key " + key);
            int number = Integer.parseInt(halves[0]);
            assertTrue(number >= floor, () -> who + " sees " + number + " of key " + key + " after " + floor);
            return number;
        }
    }

    @Test
    void noReaderSeesWhatIsTornResurrectedOrMissing() throws Exception {
        long seed = Seed.of("churn");
        Numbers numbers = new Numbers();
        try (TestCluster cluster = new TestCluster(
                config -> config.map(NUMBERS, map -> map.journalCapacity(1_000)))) {
            Node one = cluster.member();
            GridMap<Long, String> map = one.grid().map(NUMBERS);
            for (long key = 0; key < COUNTED; key++) {
                map.put(key, "0:0");
            }
            GridMap<Long, String> client = cluster.client().grid().map(NUMBERS);
            Map<String, LocalView<Long, String>> views = new HashMap<>();
            views.put("the member's view", map.localView());
            views.put("the view of own partitions", map.localView(config -> config.ownPartitions()));
            views.put("the client's view", client.localView());
            views.put("the client's bounded view", client.localView(Duration.ofMillis(20)));
            ExecutorService threads = Executors.newFixedThreadPool(8, task -> {
                Thread thread = new Thread(task, "churn");
                thread.setDaemon(true);
                return thread;
            });
            List<Future<?>> running = new ArrayList<>();
            running.add(threads.submit(() -> numbers.write(map, seed)));
            views.forEach((who, view) -> running.add(threads.submit(
                    (Callable<Long>) () -> numbers.check(view.reader(), who))));
            try {
                churn(cluster, one.hazelcast(), new Random(seed), running);
                numbers.ended.set(true);
                for (Future<?> future : running) {
                    future.get(60, TimeUnit.SECONDS);
                }
            } catch (ExecutionException e) {
                throw new AssertionError("seed " + seed, e.getCause());
            } finally {
                numbers.ended.set(true);
                threads.shutdownNow();
            }
            areEqual(map, views);
        }
    }

    private static void churn(TestCluster cluster, HazelcastInstance one, Random random, List<Future<?>> running)
            throws Exception {
        for (int round = 0; round < CHURNS; round++) {
            Node two = cluster.member();
            TestCluster.eventually("a safe cluster", () -> one.getPartitionService().isClusterSafe());
            failIfEnded(running);
            if (random.nextBoolean()) {
                two.crash();
            } else {
                two.hazelcast().shutdown();
            }
            TestCluster.eventually("one member", () -> one.getCluster().getMembers().size() == 1);
            failIfEnded(running);
        }
    }

    private static void failIfEnded(List<Future<?>> running) throws Exception {
        for (Future<?> future : running) {
            if (future.isDone()) {
                future.get();
            }
        }
    }

    private static void areEqual(GridMap<Long, String> map, Map<String, LocalView<Long, String>> views) {
        Map<Long, String> expected = new HashMap<>();
        for (long key = 0; key < COUNTED + OTHERS; key++) {
            String value = map.get(key);
            if (value != null) {
                expected.put(key, value);
            }
        }
        views.forEach((who, view) -> {
            TestCluster.eventually(who + " to have all", () -> view.entryCount() == expected.size());
            TestCluster.eventually(who + " to be current", () -> view.lagNs() == 0 && view.isComplete());
            for (long key = 0; key < COUNTED + OTHERS; key++) {
                assertEquals(expected.get(key), view.reader().getLong(key), who);
            }
        });
    }
}
