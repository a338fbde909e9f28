package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.grid.Changes;
import io.penstock.grid.ChangesLostException;
import io.penstock.grid.GridConfig;
import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;
import io.penstock.grid.cluster.TestCluster.Node;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What follows a map through a client that loses its cluster and finds another. */
class ClusterAwayIT {

    private static final MapRef<Long, String> NAMES = MapRef.of("names", Long.class, String.class);

    private static void settings(GridConfig config) {
        config.map(NAMES, map -> map.journalCapacity(100));
    }

    @Test
    void everythingIsReadAnewWhenTheWholeClusterWasRestarted() {
        try (TestCluster cluster = new TestCluster(ClusterAwayIT::settings)) {
            Node first = cluster.member();
            GridMap<Long, String> old = first.grid().map(NAMES);
            for (long key = 0; key < 100; key++) {
                old.put(key, "old");
            }
            GridMap<Long, String> client = cluster.client().grid().map(NAMES);
            LocalView<Long, String> view = client.localView();
            Changes.Reader<Long, String> reader = client.changes().fromNow();
            AtomicInteger told = new AtomicInteger();
            client.listen(change -> told.incrementAndGet());
            Changes.Position place = reader.position();
            assertEquals(100, view.entryCount());
            first.crash();
            GridMap<Long, String> map = cluster.memberAtTheSamePort(first).grid().map(NAMES);
            for (long key = 50; key < 120; key++) {
                map.put(key, "new");
            }
            TestCluster.eventually("the new entries", () -> view.entryCount() == 70);
            LocalView.Reader<Long, String> names = view.reader();
            for (long key = 0; key < 120; key++) {
                assertEquals(key < 50 ? null : "new", names.getLong(key));
            }
            assertThrows(ChangesLostException.class, () -> client.changes().from(place));
            assertEquals(-1, assertThrows(ChangesLostException.class, reader::poll).lostCount());
            int before = told.get();
            map.put(7L, "seven");
            TestCluster.eventually("what is new", () -> "seven".equals(names.getLong(7)));
            TestCluster.eventually("that a listener is told", () -> told.get() > before);
        }
    }

    @Test
    void aViewAnswersFromItsTableWhileTheClusterIsAway() {
        try (TestCluster cluster = new TestCluster(ClusterAwayIT::settings)) {
            Node member = cluster.member();
            member.grid().map(NAMES).put(1L, "one");
            GridMap<Long, String> client = cluster.client().grid().map(NAMES);
            LocalView<Long, String> view = client.localView();
            member.crash();
            TestCluster.eventually("a lag", () -> view.lagNs() > 500_000_000);
            assertEquals("one", view.reader().getLong(1));
            assertThrows(GridException.class, () -> client.get(1L));
        }
    }
}
