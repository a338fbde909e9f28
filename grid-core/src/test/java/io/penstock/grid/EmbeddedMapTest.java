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

    @ParameterizedTest
    @EnumSource
    void aFunctionThatWritesToItsOwnMapFailsAndLeavesNoTrace(Eviction eviction) {
        try (Grid grid = Grid.embedded(c -> c.map(COLLIDING, m -> m.maxEntries(3).eviction(eviction)))) {
            GridMap<Integer, Integer> map = grid.map(COLLIDING);
            map.put(1, 1);
            LocalView<Integer, Integer> view = map.localView();
            Changes.Reader<Integer, Integer> changes = map.changes().fromNow();
            for (int written : new int[] {1, 17, 33}) {
                assertThrows(IllegalStateException.class,
                        () -> map.compute(17, (key, value) -> map.put(written, 33) == null ? 17 : 0));
                assertThrows(IllegalStateException.class, () -> map.update(17, value -> map.remove(written)));
            }
            assertEquals(Map.of(1, 1), map);
            assertEquals(1, view.entryCount());
            assertNull(view.reader().get(17));
            assertEquals(List.of(), read(changes));
            map.put(17, 17);
            assertEquals(List.of("PUT 17"), read(changes));
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
