package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.GridConfig;
import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapListener;
import io.penstock.grid.MapRef;
import io.penstock.grid.cluster.TestCluster.Node;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Local views on members and clients. */
class ClusterViewIT {

    private static final MapRef<Long, String> NAMES = MapRef.of("names", Long.class, String.class);
    private static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);

    private static void settings(GridConfig config) {
        config.map(NAMES, map -> map.journalCapacity(100)).map(STOCK, map -> map.journalCapacity(100));
    }

    @Test
    void viewsShowWhatIsInTheMapAndWhatChanges() {
        try (TestCluster cluster = new TestCluster(ClusterViewIT::settings)) {
            GridMap<Long, String> one = cluster.member().grid().map(NAMES);
            GridMap<Long, String> two = cluster.member().grid().map(NAMES);
            GridMap<Long, String> client = cluster.client().grid().map(NAMES);
            for (long key = 0; key < 1_000; key++) {
                one.put(key, "v" + key);
            }
            for (GridMap<Long, String> map : List.of(one, two, client)) {
                LocalView<Long, String> view = map.localView();
                assertTrue(view.isComplete());
                assertEquals(1_000, view.entryCount());
                LocalView.Reader<Long, String> reader = view.reader();
                assertEquals("v7", reader.getLong(7));
                one.put(7L, "new");
                TestCluster.eventually("the change", () -> "new".equals(reader.getLong(7)));
                assertEquals("new", reader.pass().getLong(7));
                client.remove(7L);
                TestCluster.eventually("the removal", () -> reader.getLong(7) == null);
                assertNull(reader.pass().getLong(7));
                assertEquals(999, view.entryCount());
                two.put(7L, "v7");
                map.localView().close();
                assertEquals("v7", reader.getLong(7));
                TestCluster.eventually("no lag", () -> view.lagNs() == 0);
            }
        }
    }

    @Test
    void expiredEntriesGoByThemselves() {
        try (TestCluster cluster = new TestCluster(ClusterViewIT::settings)) {
            GridMap<Long, String> map = cluster.member().grid().map(NAMES);
            map.put(1L, "one", Duration.ofMillis(300));
            LocalView<Long, String> view = map.localView();
            map.put(2L, "two", Duration.ofMillis(300));
            map.put(2L, "two", Duration.ofMillis(500));
            map.put(3L, "three");
            map.localView().close();
            assertEquals(3, view.entryCount());
            long startNs = System.nanoTime();
            TestCluster.eventually("one entry", () -> view.entryCount() == 1);
            long tookMs = (System.nanoTime() - startNs) / 1_000_000;
            assertTrue(tookMs >= 350 && tookMs < 900, tookMs + " ms");
            assertEquals("three", view.reader().getLong(3));
        }
    }

    @Test
    void aViewOfOwnPartitionsFollowsThem() {
        try (TestCluster cluster = new TestCluster(ClusterViewIT::settings)) {
            GridMap<Long, String> map = cluster.member().grid().map(NAMES);
            for (long key = 0; key < 1_000; key++) {
                map.put(key, "v" + key);
            }
            LocalView<Long, String> own = map.localView(config -> config.ownPartitions());
            assertEquals(1_000, own.entryCount());
            assertTrue(own.isComplete());
            Node two = cluster.member();
            GridMap<Long, String> mapOfTwo = two.grid().map(NAMES);
            LocalView<Long, String> ownOfTwo = mapOfTwo.localView(config -> config.ownPartitions());
            TestCluster.eventually("that they share the entries",
                    () -> own.entryCount() > 0 && ownOfTwo.entryCount() > 0
                            && own.entryCount() + ownOfTwo.entryCount() == 1_000);
            assertFalse(own.isComplete());
            LocalView.Reader<Long, String> reader = own.reader();
            long[] keys = new long[1_001];
            Object[] values = new Object[1_001];
            for (int i = 0; i <= 1_000; i++) {
                keys[i] = i;
                assertEquals(i < 1_000 ? "v" + i : null, reader.getLong(i));
                assertEquals(i < 1_000 ? "v" + i : null, reader.pass().getLong(i));
            }
            assertEquals(1_000, reader.getAll(keys, 1_001, values));
            assertEquals("v999", values[999]);
            assertNull(values[1_000]);
            two.crash();
            TestCluster.eventually("all entries", () -> own.entryCount() == 1_000);
            assertEquals(0, cluster.client().grid().map(NAMES).localView(c -> c.ownPartitions()).entryCount());
        }
    }

    @Test
    void aViewOfGivenPartitionsHasThese() {
        try (TestCluster cluster = new TestCluster(ClusterViewIT::settings)) {
            GridMap<Long, String> map = cluster.member().grid().map(NAMES);
            for (long key = 0; key < 1_000; key++) {
                map.put(key, "v" + key);
            }
            LocalView<Long, String> some = map.localView(config -> config.partitions(0, 3, 99));
            long expected = 0;
            for (long key = 0; key < 1_000; key++) {
                expected += Set.of(0, 3).contains(map.changes().partitionOf(key)) ? 1 : 0;
            }
            assertEquals(expected, some.entryCount());
            assertEquals("v5", some.reader().get(5L));
        }
    }

    @Test
    void aForeignClearAndAForeignDestructionEmptyTheView() {
        try (TestCluster cluster = new TestCluster(ClusterViewIT::settings)) {
            Node member = cluster.member();
            GridMap<Long, String> map = member.grid().map(NAMES);
            LocalView<Long, String> view = map.localView();
            fill(map, view);
            member.hazelcast().getMap("names").clear();
            TestCluster.eventually("an empty view after clear", () -> view.entryCount() == 0);
            fill(map, view);
            member.hazelcast().getMap("names").evictAll();
            TestCluster.eventually("an empty view after evictAll", () -> view.entryCount() == 0);
            fill(map, view);
            member.hazelcast().getMap("names").destroy();
            TestCluster.eventually("an empty view after destroy", () -> view.entryCount() == 0);
            assertNull(view.reader().get(5L));
        }
    }

    private static void fill(GridMap<Long, String> map, LocalView<Long, String> view) {
        for (long key = 0; key < 100; key++) {
            map.put(key, "v" + key);
        }
        TestCluster.eventually("a full view", () -> view.entryCount() == 100);
    }

    @Test
    void aViewWithAMaximumLagAsksTheOwnersWhenItIsBehind() {
        try (TestCluster cluster = new TestCluster(ClusterViewIT::settings)) {
            GridMap<Long, String> map = cluster.member().grid().map(NAMES);
            map.put(1L, "one");
            LocalView.Reader<Long, String> never = map.localView(Duration.ZERO).reader();
            LocalView.Reader<Long, String> mostly = map.localView(Duration.ofMillis(500)).reader();
            for (int i = 0; i < 100; i++) {
                map.put(1L, "v" + i);
                assertEquals("v" + i, never.get(1L));
                assertEquals("v" + i, never.getLong(1));
                assertEquals("v" + i, never.pass().getLong(1));
                Object[] values = new Object[2];
                assertEquals(1, never.getAll(new long[] {1, 2}, 2, values));
                assertEquals("v" + i, values[0]);
            }
            TestCluster.eventually("the last value", () -> "v99".equals(mostly.get(1L)));
        }
    }

    @Test
    void aMapWithoutAJournalAsksTheOwners() {
        try (TestCluster cluster = new TestCluster(config -> config.map(NAMES, map -> map.journalCapacity(0)))) {
            GridMap<Long, String> map = cluster.member().grid().map(NAMES);
            LocalView<Long, String> view = map.localView();
            map.put(1L, "one");
            assertEquals("one", view.reader().get(1L));
            assertFalse(view.isComplete());
            assertEquals(0, view.entryCount());
        }
    }

    @Test
    void listenersAreToldOnMembersAndClients() {
        try (TestCluster cluster = new TestCluster(ClusterViewIT::settings)) {
            GridMap<String, Integer> one = cluster.member().grid().map(STOCK);
            GridMap<String, Integer> client = cluster.client().grid().map(STOCK);
            ConcurrentLinkedQueue<Integer> ofMember = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedQueue<Integer> ofClient = new ConcurrentLinkedQueue<>();
            MapListener.Registration first = one.listen(change -> ofMember.add(change.after()));
            client.listen(change -> ofClient.add(change.after()));
            for (int i = 0; i < 50; i++) {
                one.put("a", i);
            }
            TestCluster.eventually("50 changes", () -> ofMember.size() == 50 && ofClient.size() == 50);
            first.close();
            for (int i = 0; i < 50; i++) {
                one.put("b" + i, i);
            }
            TestCluster.eventually("100 changes", () -> ofClient.size() == 100);
            assertEquals(50, ofMember.size());
            MapListener.Registration again = one.listen(change -> ofMember.add(change.after()));
            one.put("a", 1_000);
            TestCluster.eventually("one more", () -> ofMember.size() == 51);
            again.close();
        }
    }
}
