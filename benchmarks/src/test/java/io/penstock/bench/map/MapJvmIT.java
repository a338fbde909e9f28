package io.penstock.bench.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class MapJvmIT {

    private static final double REFERENCE_BYTES = 4;
    private static final double NODE_BYTES = 32;

    @Test
    void reportsTheBytesOfAnEntryInAJvmOfItsOwn() throws Exception {
        MapFigures figures = MapJvm.inNewJvm(order(MapSystem.CHM, 500_000));
        assertEquals(24, figures.bytes().key(), 4);
        assertEquals(104, figures.bytes().item(), 4);
        assertEquals(NODE_BYTES + 2 * REFERENCE_BYTES, MapSystem.CHM.ownBytes(figures.bytes()), 8);
        assertEquals(MapOp.GET, figures.ops().get(0).op());
        assertNull(figures.ops().get(0).fault());
    }

    @Test
    void saysWhichRunFailed() {
        MapOrder impossible = order(MapSystem.CHM, -1);
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> MapJvm.inNewJvm(impossible));
        assertEquals("map chm (1 thread): its JVM ended with exit code 1; the reason stands above", e.getMessage());
    }

    private static MapOrder order(MapSystem system, int entryCount) {
        return new MapOrder(MapHost.EMBEDDED, 0, system, 1, entryCount, 0, 10, 0, List.of(MapOp.GET));
    }
}
