package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.hazelcast.map.IMap;
import io.penstock.grid.Changes;
import io.penstock.grid.ChangesLostException;
import io.penstock.grid.GridConfig;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapRef;
import io.penstock.grid.cluster.TestCluster.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The changes of a map, on members and clients, while members come and go. */
class ClusterChangesIT {

    private static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);

    private static void settings(GridConfig config) {
        config.map(STOCK, map -> map.journalCapacity(100));
    }

    @Test
    void changesAreTheSameOnMembersAndClients() {
        try (TestCluster cluster = new TestCluster(ClusterChangesIT::settings)) {
            GridMap<String, Integer> one = cluster.member().grid().map(STOCK);
            GridMap<String, Integer> two = cluster.member().grid().map(STOCK);
            GridMap<String, Integer> client = cluster.client().grid().map(STOCK);
            Changes.Position begin = one.changes().now();
            assertEquals(begin, client.changes().now());
            for (int i = 0; i < 300; i++) {
                one.put("k" + i % 50, i);
            }
            client.remove("k7");
            Map<String, Integer> expected = entries(one);
            for (GridMap<String, Integer> map : List.of(one, two, client)) {
                assertEquals(expected, follow(map.changes().from(begin), new HashMap<>()));
                assertEquals(expected, follow(map.changes().fromContent(), new HashMap<>()));
                assertEquals(expected, follow(map.changes().fromOldest(), new HashMap<>()));
                assertNull(map.changes().fromNow().poll());
            }
        }
    }

    @Test
    void aChangeIsThereBeforeItsCallReturnsAlsoForOthers() {
        try (TestCluster cluster = new TestCluster(ClusterChangesIT::settings)) {
            GridMap<String, Integer> one = cluster.member().grid().map(STOCK);
            GridMap<String, Integer> two = cluster.member().grid().map(STOCK);
            GridMap<String, Integer> client = cluster.client().grid().map(STOCK);
            Changes.Reader<String, Integer> ofTwo = two.changes().fromNow();
            Changes.Reader<String, Integer> ofClient = client.changes().fromNow();
            for (int i = 0; i < 300; i++) {
                one.put("k" + i % 20, i);
                assertEquals(i, ofTwo.poll().after());
                assertEquals(i, ofClient.poll().after());
                assertNull(ofTwo.poll());
                assertNull(ofClient.poll());
            }
        }
    }

    @Test
    void aForeignClearIsToldForEachEntry() {
        try (TestCluster cluster = new TestCluster(ClusterChangesIT::settings)) {
            Node member = cluster.member();
            GridMap<String, Integer> map = member.grid().map(STOCK);
            IMap<Stored, Stored> foreign = member.hazelcast().getMap("stock");
            Changes.Reader<String, Integer> reader = map.changes().fromNow();
            map.put("a", 1);
            map.put("b", 2);
            foreign.clear();
            map.put("c", 3);
            foreign.evictAll();
            Set<String> told = new HashSet<>();
            reader.poll(change -> told.add(change.kind() + " " + change.key()), 100);
            assertEquals(Set.of("PUT a", "PUT b", "REMOVE a", "REMOVE b", "PUT c", "EVICT c"), told);
        }
    }

    /** With a backup, the numbers go on at the new owner; nothing is lost, and nothing comes twice. */
    @Test
    void aReaderGoesOnWhenTheOwnerIsLost() {
        try (TestCluster cluster = new TestCluster(ClusterChangesIT::settings)) {
            Node one = cluster.member();
            GridMap<String, Integer> map = one.grid().map(STOCK);
            Node two = cluster.member();
            cluster.client().grid().map(STOCK);
            Changes.Reader<String, Integer> reader = map.changes().fromNow();
            Map<String, Integer> copy = new HashMap<>();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 200; i++) {
                    map.put("k" + i % 50, round * 1_000 + i);
                    if (i == 100) {
                        two.crash();
                        two = cluster.member();
                    }
                    follow(reader, copy);
                }
                assertEquals(entries(map), copy);
            }
            assertEquals(0, reader.lostCount());
        }
    }

    @Test
    void thePartitionsThatWereLostAreTold() {
        try (TestCluster cluster = new TestCluster(
                config -> config.map(STOCK, map -> map.journalCapacity(100).backups(0)))) {
            Node one = cluster.member();
            GridMap<String, Integer> map = one.grid().map(STOCK);
            Node two = cluster.member();
            GridMap<String, Integer> client = cluster.client().grid().map(STOCK);
            TestCluster.eventually("that both own some", () -> {
                map.put("warm", 1);
                IMap<Stored, Stored> ofTwo = two.hazelcast().getMap("stock");
                return !new HazelcastJournal(two.hazelcast(), ofTwo).ownPartitions().isEmpty();
            });
            Changes.Reader<String, Integer> reader = map.changes().fromContent();
            Changes.Reader<String, Integer> ofClient = client.changes().fromContent();
            for (int i = 0; i < 200; i++) {
                map.put("k" + i, i);
            }
            Map<String, Integer> copy = follow(reader, new HashMap<>());
            Map<String, Integer> copyOfClient = follow(ofClient, new HashMap<>());
            assertEquals(201, copy.size());
            Changes.Position before = reader.position();
            two.crash();
            TestCluster.eventually("the loss", () -> map.entryCount() < 150);
            TestCluster.eventually("the copy", () -> followWithGaps(map.changes(), reader, copy).equals(entries(map)));
            TestCluster.eventually("the client's copy",
                    () -> followWithGaps(client.changes(), ofClient, copyOfClient).equals(entries(map)));
            TestCluster.eventually("a new journal", () -> map.changes().now().journalId() != before.journalId());
            ChangesLostException refused =
                    assertThrows(ChangesLostException.class, () -> map.changes().from(before));
            assertEquals(-1, refused.lostCount());
        }
    }

    @Test
    void aMapThatWasDestroyedHasAnotherJournal() {
        try (TestCluster cluster = new TestCluster(ClusterChangesIT::settings)) {
            Node one = cluster.member();
            GridMap<String, Integer> map = one.grid().map(STOCK);
            GridMap<String, Integer> client = cluster.client().grid().map(STOCK);
            Changes.Reader<String, Integer> reader = client.changes().fromContent();
            map.put("a", 1);
            assertEquals(Map.of("a", 1), follow(reader, new HashMap<>()));
            Changes.Position place = map.changes().now();
            one.hazelcast().getMap("stock").destroy();
            TestCluster.eventually("another journal", () -> map.changes().now().journalId() != place.journalId());
            assertThrows(ChangesLostException.class, () -> map.changes().from(place));
            TestCluster.eventually("that the reader is told", () -> {
                try {
                    reader.poll();
                    return false;
                } catch (ChangesLostException e) {
                    return e.lostCount() == -1;
                }
            });
        }
    }

    // ---- copies

    static Map<String, Integer> entries(GridMap<String, Integer> map) {
        Map<String, Integer> entries = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            put(map, "k" + i, entries);
        }
        List.of("a", "b", "c", "warm").forEach(key -> put(map, key, entries));
        return entries;
    }

    private static void put(GridMap<String, Integer> map, String key, Map<String, Integer> entries) {
        Integer value = map.get(key);
        if (value != null) {
            entries.put(key, value);
        }
    }

    private static Map<String, Integer> follow(Changes.Reader<String, Integer> reader, Map<String, Integer> copy) {
        while (reader.poll(change -> apply(change, copy), 100) > 0) {
            continue;
        }
        return copy;
    }

    private static void apply(MapChange<String, Integer> change, Map<String, Integer> copy) {
        if (change.after() == null) {
            copy.remove(change.key());
        } else {
            copy.put(change.key(), change.after());
        }
    }

    private static Map<String, Integer> followWithGaps(
            Changes<String, Integer> changes, Changes.Reader<String, Integer> reader, Map<String, Integer> copy) {
        for (boolean more = true; more;) {
            try {
                more = reader.poll(change -> apply(change, copy), 100) > 0;
            } catch (ChangesLostException gap) {
                copy.keySet().removeIf(key -> changes.partitionOf(key) == gap.partition());
                reader.readContent(gap.partition());
            }
        }
        return copy;
    }
}
