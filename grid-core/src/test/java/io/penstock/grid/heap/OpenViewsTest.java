package io.penstock.grid.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.grid.Eviction;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;
import io.penstock.grid.MergePolicy;
import io.penstock.grid.host.MapSettings;
import io.penstock.grid.host.MapThreads;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenViewsTest {

    private long nowNs = -5;
    private final HeapMap<Long, String> map = new HeapMap<>(
            MapRef.of("cards", Long.class, String.class),
            new MapSettings(10_000, Long.MAX_VALUE, Eviction.NONE, 0, 4, 16, List.of(), 1, 0, false, MergePolicy.LATEST_WRITE),
            "grid",
            new SimpleMeterRegistry(),
            new MapThreads("grid", 16, 2),
            () -> nowNs);

    @Test
    void aTableOutlivesItsLastViewAndGoesOnFollowing() {
        map.put(1L, "a");
        map.localView().close();
        write(HeapTable.MANY_WRITES);
        nowNs += OpenViews.UNUSED_NS_MAX - 1;
        write(HeapTable.MANY_WRITES);
        assertFalse(map.localViews().isEmpty());
        map.put(1L, "b");
        try (LocalView<Long, String> view = map.localView()) {
            assertEquals("b", view.reader().getLong(1));
        }
    }

    @Test
    void aWriterFreesATableThatNobodyHasUsedForAMinute() {
        map.localView().close();
        nowNs += OpenViews.UNUSED_NS_MAX;
        assertFalse(map.localViews().isEmpty());
        write(HeapTable.MANY_WRITES);
        assertTrue(map.localViews().isEmpty());
        map.put(1L, "a");
        try (LocalView<Long, String> view = map.localView()) {
            assertEquals("a", view.reader().getLong(1));
        }
    }

    @Test
    void aTableInUseStays() {
        map.localView().close();
        try (LocalView<Long, String> view = map.localView()) {
            nowNs += 2 * OpenViews.UNUSED_NS_MAX;
            write(2 * HeapTable.MANY_WRITES);
            assertFalse(map.localViews().isEmpty());
            assertEquals(2, view.entryCount());
        }
    }

    @Test
    void aClosedMapHasNoTable() {
        map.localView().close();
        map.close();
        assertTrue(map.localViews().isEmpty());
    }

    private void write(int count) {
        for (int i = 0; i < count; i++) {
            map.put(7L + i % 2, "x");
        }
    }
}
