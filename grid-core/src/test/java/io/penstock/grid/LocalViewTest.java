package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only local views of an embedded grid do; what all do is in {@link io.penstock.grid.testing.GridMapContract}. */
class LocalViewTest {

    private static final MapRef<Long, String> NAMES = MapRef.of("names", Long.class, String.class);

    private final Grid grid = Grid.embedded();

    @AfterEach
    void close() {
        grid.close();
    }

    @Test
    void showsTheVeryObjectThatWasPutAndIsNeverBehind() {
        GridMap<Long, String> map = grid.map(NAMES);
        LocalView<Long, String> view = map.localView();
        String second = new String("2");
        map.put(1L, "1");
        map.put(1L, second);
        assertSame(second, view.reader().get(1L));
        assertSame(second, view.reader().pass().getLong(1));
        assertTrue(view.isComplete());
        assertEquals(0, view.lagNs());
    }

    @Test
    void itsTableShowsInTheDump() {
        GridMap<Long, String> map = grid.map(NAMES);
        map.put(1L, "one");
        String line = "map 'names': java.lang.Long -> java.lang.String, 1 of at most 10000000 entries, eviction NONE";
        assertEquals("grid 'grid', embedded\n  " + line + "\n", grid.dump());
        try (LocalView<Long, String> view = map.localView()) {
            assertEquals("grid 'grid', embedded\n  " + line + ", 1 in local views\n", grid.dump());
            assertNotNull(view);
        }
    }
}
