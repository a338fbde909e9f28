package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.GridException.Code;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a local view promises to one thread. */
class LocalViewTest {

    private static final MapRef<Long, String> NAMES = MapRef.of("names", Long.class, String.class);
    private static final MapRef<Integer, String> CODES = MapRef.of("codes", Integer.class, String.class);
    private static final MapRef<String, String> WORDS = MapRef.of("words", String.class, String.class);

    private Grid grid = Grid.embedded();

    @AfterEach
    void close() {
        grid.close();
    }

    private void reopen(Consumer<MapConfig> settings) {
        grid.close();
        grid = Grid.embedded(config -> config.map(NAMES, settings));
    }

    @Test
    void hasWhatTheMapHad() {
        GridMap<Long, String> map = grid.map(NAMES);
        map.putAll(Map.of(1L, "one", -5L, "minus five", Long.MAX_VALUE, "max"));
        LocalView<Long, String> view = map.localView();
        assertEquals(NAMES, view.ref());
        assertEquals(3, view.entryCount());
        assertTrue(view.isComplete());
        assertTrue(view.hasLongKeys());
        LocalView.Reader<Long, String> reader = view.reader();
        assertEquals("one", reader.get(1L));
        assertEquals("minus five", reader.getLong(-5));
        assertEquals("max", reader.getLong(Long.MAX_VALUE));
        assertNull(reader.getLong(0));
        assertNull(reader.get(2L));
    }

    @Test
    void showsEachChangeAtOnce() {
        GridMap<String, String> map = grid.map(WORDS);
        LocalView.Reader<String, String> reader = map.localView().reader();
        map.put("a", "1");
        String second = new String("2");
        map.put("a", second);
        assertSame(second, reader.get("a"));
        map.remove("a");
        assertNull(reader.get("a"));
        map.merge("a", "3", String::concat);
        assertEquals("3", reader.get("a"));
        map.clear();
        assertNull(reader.get("a"));
    }

    @Test
    void followsAMapThatEvicts() {
        reopen(map -> map.maxEntries(100).eviction(Eviction.INSERTION_ORDER));
        GridMap<Long, String> map = grid.map(NAMES);
        LocalView<Long, String> view = map.localView();
        for (long key = 0; key < 50_000; key++) {
            map.put(key, "v");
        }
        assertEquals(100, view.entryCount());
        assertNull(view.reader().getLong(49_899));
        assertEquals("v", view.reader().getLong(49_900));
    }

    @Test
    void hasNoKeyThatTheMapRefused() {
        reopen(map -> map.maxEntries(1));
        GridMap<Long, String> map = grid.map(NAMES);
        LocalView<Long, String> view = map.localView();
        map.put(1L, "one");
        Refused.with(Code.MAP_FULL, () -> map.put(2L, "two"));
        assertThrows(IllegalStateException.class, () -> map.compute(1L, (key, value) -> {
            throw new IllegalStateException();
        }));
        assertEquals(1, view.entryCount());
        assertEquals("one", view.reader().getLong(1));
        assertNull(view.reader().getLong(2));
    }

    @Test
    void looksUpBatchesOfAnyLength() {
        GridMap<Long, String> map = grid.map(NAMES);
        for (long key = 0; key < 20_000; key += 2) {
            map.put(key, "v" + key);
        }
        LocalView.Reader<Long, String> reader = map.localView().reader();
        for (int count : new int[] {0, 1, 255, 256, 257, 1_000}) {
            long[] keys = new long[1_000];
            Object[] boxed = new Object[1_000];
            Object[] values = new Object[1_000];
            Object[] valuesOfBoxed = new Object[1_000];
            Object[] expected = new Object[1_000];
            for (int i = 0; i < 1_000; i++) {
                keys[i] = 9_500 + i;
                boxed[i] = keys[i];
                boolean present = keys[i] % 2 == 0;
                values[i] = i < count ? "stale" : null;
                valuesOfBoxed[i] = values[i];
                expected[i] = i < count && present ? "v" + keys[i] : null;
            }
            assertEquals(count / 2 + count % 2, reader.getAll(keys, count, values));
            assertArrayEquals(expected, values);
            assertEquals(count / 2 + count % 2, reader.getAll(boxed, count, valuesOfBoxed));
            assertArrayEquals(expected, valuesOfBoxed);
        }
    }

    @Test
    void fillsAnArrayOfTheMapsValueType() {
        GridMap<Long, String> map = grid.map(NAMES);
        GridMap<String, String> words = grid.map(WORDS);
        String[] values = new String[2];
        for (long key : new long[] {5, 10_000}) { // the second makes it a hashed table
            map.putAll(Map.of(key, "gone", key + 1, "there"));
            LocalView.Reader<Long, String> reader = map.localView().reader();
            map.remove(key);
            assertEquals(1, reader.getAll(new long[] {key, key + 1}, 2, values));
            assertArrayEquals(new String[] {null, "there"}, values);
        }
        words.putAll(Map.of("a", "gone", "b", "there"));
        LocalView.Reader<String, String> reader = words.localView().reader();
        words.remove("a");
        assertEquals(1, reader.getAll(new String[] {"a", "b"}, 2, values));
        assertArrayEquals(new String[] {null, "there"}, values);
    }

    @Test
    void itsTableShowsInTheDump() {
        GridMap<Long, String> map = grid.map(NAMES);
        map.put(1L, "one");
        String line = "map 'names': java.lang.Long -> java.lang.String, 1 of at most 10000000 entries, eviction NONE";
        assertEquals("grid 'grid', embedded\n  " + line + "\n", grid.dump());
        try (LocalView<Long, String> view = map.localView()) {
            assertEquals("grid 'grid', embedded\n  " + line + ", 1 in local views\n", grid.dump());
            assertTrue(view.isComplete());
        }
    }

    @Test
    void refusesABatchThatDoesNotFit() {
        LocalView.Reader<Long, String> reader = grid.map(NAMES).localView().reader();
        assertThrows(IndexOutOfBoundsException.class, () -> reader.getAll(new long[3], 4, new Object[4]));
        assertThrows(IndexOutOfBoundsException.class, () -> reader.getAll(new Object[4], 4, new Object[3]));
        assertThrows(IndexOutOfBoundsException.class, () -> reader.getAll(new long[4], -1, new Object[4]));
    }

    @Test
    void nullsAndKeysOfAnotherClassHaveNoValue() {
        GridMap<Integer, String> codes = grid.map(CODES);
        codes.put(0, "zero");
        codes.put(7, "seven");
        LocalView.Reader<Integer, String> reader = codes.localView().reader();
        Object[] values = new Object[5];
        assertEquals(1, reader.getAll(new Object[] {null, 0L, 7, "0", (short) 0}, 5, values));
        assertArrayEquals(new Object[] {null, null, "seven", null, null}, values);
        assertNull(reader.get(0L));
        assertEquals("zero", reader.getLong(0));
        assertNull(reader.getLong(1L << 32), "it is no Integer");
        GridMap<String, String> words = grid.map(WORDS);
        words.put("a", "A");
        Object[] found = new Object[3];
        assertEquals(1, words.localView().reader().getAll(new Object[] {null, "a", 1}, 3, found));
        assertArrayEquals(new Object[] {null, "A", null}, found);
        assertThrows(NullPointerException.class, () -> reader.get(null));
        assertThrows(NullPointerException.class, () -> words.localView().reader().get(null));
    }

    @Test
    void refusesLookUpsByLongUnlessKeysAreWholeNumbers() {
        LocalView<String, String> view = grid.map(WORDS).localView();
        assertFalse(view.hasLongKeys());
        Refused.with(Code.BAD_KEY, () -> view.reader().getLong(1), "map 'words'", "Long or Integer", "get(Object)");
        Refused.with(Code.BAD_KEY, () -> view.reader().getAll(new long[1], 1, new Object[1]), "map 'words'");
    }

    @Test
    void viewsCloseOneByOne() {
        GridMap<Long, String> map = grid.map(NAMES);
        LocalView<Long, String> one = map.localView();
        LocalView<Long, String> other = map.localView();
        LocalView.Reader<Long, String> reader = other.reader();
        one.close();
        one.close();
        map.put(1L, "one");
        assertEquals("one", reader.getLong(1));
        other.close();
        map.put(1L, "uno");
        assertEquals("uno", map.localView().reader().getLong(1));
    }

    @Test
    void refusesEveryUseAfterTheViewWasClosed() {
        LocalView<Long, String> view = grid.map(NAMES).localView();
        List<Executable> uses = usesOf(view);
        view.close();
        for (Executable use : uses) {
            Refused.with(Code.CLOSED, use, "map 'names'", "local view is closed", "localView()");
        }
        assertEquals(NAMES, view.ref());
    }

    @Test
    void refusesEveryUseAfterTheGridWasClosed() {
        LocalView<Long, String> view = grid.map(NAMES).localView();
        List<Executable> uses = usesOf(view);
        grid.close();
        for (Executable use : uses) {
            Refused.with(Code.CLOSED, use, "map 'names'", "its grid 'grid'", "another grid");
        }
        view.close();
        assertEquals(NAMES, view.ref());
    }

    private static List<Executable> usesOf(LocalView<Long, String> view) {
        LocalView.Reader<Long, String> reader = view.reader();
        return List.of(view::entryCount, view::isComplete, view::hasLongKeys, view::reader,
                () -> reader.get(1L), () -> reader.getLong(1), () -> reader.getAll(new long[1], 1, new Object[1]),
                () -> reader.getAll(new Object[1], 1, new Object[1]));
    }

    @Test
    void givesOutAMaximumOfReaders() {
        LocalView<Long, String> view = grid.map(NAMES).localView();
        for (int i = 0; i < LocalView.READERS_MAX; i++) {
            view.reader();
        }
        IllegalStateException refusal = assertThrows(IllegalStateException.class, view::reader);
        assertTrue(refusal.getMessage().contains("map 'names'"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("1024"), refusal.getMessage());
    }
}
