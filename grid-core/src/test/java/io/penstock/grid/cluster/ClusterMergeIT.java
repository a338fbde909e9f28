package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.grid.Changes;
import io.penstock.grid.ChangesLostException;
import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;
import io.penstock.grid.cluster.TestCluster.Node;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What follows a map when two halves of a cluster come together again. */
class ClusterMergeIT {

    private static final MapRef<Long, String> NAMES = MapRef.of("names", Long.class, String.class);

    /** The halves never saw each other before, which makes no difference to how they merge. */
    @Test
    void bothSidesHaveTheMergedMapAndTheSmallerOneIsToldOfTheGap() throws Exception {
        try (TestCluster cluster = new TestCluster(config -> config.map(NAMES, map -> map.journalCapacity(100)))) {
            int port = TestCluster.freePort();
            Node smaller = cluster.memberLookingFor(port);
            GridMap<Long, String> ofSmaller = smaller.grid().map(NAMES);
            fill(ofSmaller, 0, 50, "smaller");
            LocalView<Long, String> viewOfSmaller = ofSmaller.localView();
            Changes.Reader<Long, String> reader = ofSmaller.changes().fromContent();
            assertEquals(50, reader.poll(change -> { }, 1_000));
            Changes.Position place = reader.position();
            Node larger = cluster.memberLookingFor(TestCluster.freePort());
            GridMap<Long, String> ofLarger = larger.grid().map(NAMES);
            fill(ofLarger, 25, 75, "larger");
            LocalView<Long, String> viewOfLarger = ofLarger.localView();
            assertEquals(1, larger.hazelcast().getCluster().getMembers().size());
            cluster.memberAtPort(port, larger); // the one that the smaller side finds
            TestCluster.eventually("a merge", () -> smaller.hazelcast().getCluster().getMembers().size() == 3);
            TestCluster.eventually("all entries",
                    () -> viewOfSmaller.entryCount() == 75 && viewOfLarger.entryCount() == 75);
            for (long key = 0; key < 75; key++) {
                String expected = key < 25 ? "smaller" : "larger";
                assertEquals(expected, ofLarger.get(key));
                assertEquals(expected, viewOfLarger.reader().getLong(key));
                long number = key;
                TestCluster.eventually("the merged value",
                        () -> expected.equals(viewOfSmaller.reader().getLong(number)));
            }
            assertThrows(ChangesLostException.class, () -> ofSmaller.changes().from(place));
            assertEquals(
                    IntStream.range(0, TestCluster.PARTITION_COUNT).boxed().collect(Collectors.toSet()), gaps(reader));
        }
    }

    private static Set<Integer> gaps(Changes.Reader<Long, String> reader) {
        Set<Integer> gaps = new HashSet<>();
        for (boolean more = true; more;) {
            try {
                more = reader.poll(change -> { }, 1_000) > 0;
            } catch (ChangesLostException gap) {
                gaps.add(gap.partition());
            }
        }
        return gaps;
    }

    private static void fill(GridMap<Long, String> map, long from, long to, String value) {
        for (long key = from; key < to; key++) {
            map.put(key, value);
        }
    }
}
