package io.penstock.bench.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Measures with so few entries that figures mean nothing; what is looked at is whether results are checked. */
class MapClusterRunIT {

    private static final int ENTRIES = 2_000;

    static List<MapSystem> onCluster() {
        return Arrays.stream(MapSystem.values()).filter(system -> system.isOn(MapHost.CLUSTER)).toList();
    }

    @ParameterizedTest
    @MethodSource("onCluster")
    void everySystemHasWhatItMustHaveOnAMember(MapSystem system) throws Exception {
        measure(MapHost.CLUSTER, 1, system);
    }

    @ParameterizedTest
    @EnumSource(names = {"PENSTOCK", "PENSTOCK_VIEW", "IMAP_JOURNAL", "NEAR_CACHE", "QUERY_CACHE"})
    void everySystemHasWhatItMustHaveOnAClient(MapSystem system) throws Exception {
        measure(MapHost.CLIENT, 1, system);
    }

    @Test
    void aMemberSharesTheEntriesWithAProcess() throws Exception {
        measure(MapHost.CLUSTER, 2, MapSystem.PENSTOCK);
    }

    private static void measure(MapHost host, int members, MapSystem system) throws Exception {
        MapOrder order =
                new MapOrder(host, members, system, 2, ENTRIES, 20, 30, 1_000, List.of(MapOp.values()));
        MapFigures figures = MapRun.measure(order);
        for (MapFigures.OfOp figure : figures.ops()) {
            assertNull(figure.fault(), () -> order + " " + figure.op().text() + ": " + figure.fault());
            assertTrue(figure.rate() > 0, figure::toString);
        }
        List<MapOp> ops = figures.ops().stream().map(MapFigures.OfOp::op).toList();
        assertEquals(List.of(MapOp.values()).stream().filter(order::has).toList(), ops);
    }
}
