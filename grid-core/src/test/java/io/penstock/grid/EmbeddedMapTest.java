package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only an embedded grid's maps do. */
class EmbeddedMapTest {

    private static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);
    private static final MapRef<Integer, Integer> COLLIDING = MapRef.of("colliding", Integer.class, Integer.class);

    /** 1, 17 and 33 share a bin of the table, which notices what the function did only after the entry was admitted. */
    @ParameterizedTest
    @EnumSource
    void aFunctionThatWritesToItsOwnMapFailsAndLeavesNoTrace(Eviction eviction) {
        try (Grid grid = Grid.embedded(c -> c.map(COLLIDING, m -> m.maxEntries(3).eviction(eviction)))) {
            GridMap<Integer, Integer> map = grid.map(COLLIDING);
            map.put(1, 1);
            LocalView<Integer, Integer> view = map.localView();
            Changes.Reader<Integer, Integer> changes = map.changes().fromNow();
            assertThrows(IllegalStateException.class,
                    () -> map.compute(17, (key, value) -> map.put(33, 33) == null ? 17 : 0));
            assertEquals(Map.of(1, 1, 33, 33), map);
            assertEquals(2, view.entryCount());
            assertNull(view.reader().get(17));
            assertEquals(List.of("PUT 33", "PUT 17", "REMOVE 17"), read(changes));
            map.put(2, 2);
            assertEquals(Map.of(1, 1, 2, 2, 33, 33), map);
            if (eviction == Eviction.INSERTION_ORDER) {
                map.put(3, 3);
                assertEquals(Map.of(2, 2, 3, 3, 33, 33), map);
            } else {
                Refused.with(GridException.Code.MAP_FULL, () -> map.put(3, 3));
            }
        }
    }

    private static List<String> read(Changes.Reader<?, ?> changes) {
        List<String> read = new ArrayList<>();
        changes.poll(change -> read.add(change.kind() + " " + change.key()), 100);
        return read;
    }

    @Test
    void aMapHoldsTenMillionEntriesUnlessToldOtherwise() {
        try (Grid grid = Grid.embedded()) {
            grid.map(STOCK);
            assertEquals("""
                    grid 'grid', embedded
                      map 'stock': java.lang.String -> java.lang.Integer, 0 of at most 10000000 entries, eviction NONE
                    """, grid.dump());
        }
    }
}
