package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.grid.GridException.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The journal of a map's changes. */
class ChangesTest {

    private static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);

    private Grid grid;

    private GridMap<String, Integer> open(int journalCapacity) {
        grid = Grid.embedded(config -> config.map(STOCK, map -> map
                .maxEntries(2).eviction(Eviction.INSERTION_ORDER).journalCapacity(journalCapacity)));
        return grid.map(STOCK);
    }

    @AfterEach
    void close() {
        grid.close();
    }

    @Test
    void tellsWhatHappenedInOrder() {
        GridMap<String, Integer> map = open(100);
        map.put("a", 0);
        Changes.Reader<String, Integer> reader = map.changes().fromNow();
        assertNull(reader.poll());
        map.put("a", 1);
        map.putIfAbsent("a", 2);
        map.put("b", 2);
        map.put("c", 3);
        map.remove("b");
        map.remove("b");
        assertEquals("""
                0 UPDATE a 0 -> 1
                1 PUT b null -> 2
                2 PUT c null -> 3
                3 EVICT a 1 -> null
                4 REMOVE b 2 -> null
                """, read(reader, 100));
        assertNull(reader.poll());
    }

    private static String read(Changes.Reader<?, ?> reader, int changesMax) {
        StringBuilder text = new StringBuilder();
        reader.poll(change -> text.append(change.sequence()).append(' ').append(change.kind()).append(' ')
                .append(change.key()).append(' ').append(change.before()).append(" -> ").append(change.after())
                .append('\n'), changesMax);
        return text.toString();
    }

    @Test
    void readersGoAtTheirOwnPace() {
        GridMap<String, Integer> map = open(100);
        Changes<String, Integer> changes = map.changes();
        Changes.Reader<String, Integer> slow = changes.fromNow();
        map.put("a", 0);
        map.put("a", 1);
        map.put("a", 2);
        assertEquals(0, slow.poll().after());
        assertEquals("1 UPDATE a 0 -> 1\n", read(slow, 1));
        assertEquals(2, slow.sequence());
        assertEquals("1 UPDATE a 0 -> 1\n2 UPDATE a 1 -> 2\n", read(map.changes().from(1), 5));
        assertNull(changes.fromNow().poll());
        assertEquals(0, slow.poll(change -> {}, 0));
    }

    @Test
    void tellsAReaderOnceThatItLostChanges() {
        GridMap<String, Integer> map = open(3);
        Changes<String, Integer> changes = map.changes();
        Changes.Reader<String, Integer> reader = changes.fromNow();
        for (int i = 0; i < 10; i++) {
            map.put("a", i);
        }
        assertEquals(7, changes.oldestSequence());
        assertEquals(10, changes.nextSequence());
        Refused.with(Code.CHANGES_LOST, reader::poll,
                "map 'stock'", "lost 7", "change 7", "journalCapacity, which is 3");
        assertEquals(7, reader.lostCount());
        assertEquals(7, reader.poll().after());
        map.put("a", 10);
        map.put("a", 11);
        Refused.with(Code.CHANGES_LOST, () -> read(reader, 5), "lost 1,", "change 9");
        assertEquals("9 UPDATE a 8 -> 9\n10 UPDATE a 9 -> 10\n11 UPDATE a 10 -> 11\n", read(reader, 5));
        assertEquals(8, reader.lostCount());
        Refused.with(Code.CHANGES_LOST, () -> changes.from(0).poll(), "lost 9");
    }

    @Test
    void refusesAPlaceThatIsNotInThisJournal() {
        Changes<String, Integer> changes = open(3).changes();
        Refused.with(Code.CHANGES_LOST, () -> changes.from(1), "map 'stock'", "change 1 is none of it", "fromNow()");
        Refused.with(Code.CHANGES_LOST, () -> changes.from(-1));
    }

    @Test
    void aChangeWhoseConsumerFailedCountsAsRead() {
        GridMap<String, Integer> map = open(3);
        Changes.Reader<String, Integer> reader = map.changes().fromNow();
        map.put("a", 0);
        map.put("a", 1);
        assertThrows(ArithmeticException.class, () -> reader.poll(change -> {
            throw new ArithmeticException();
        }, 2));
        assertEquals("1 UPDATE a 0 -> 1\n", read(reader, 5));
    }

    @Test
    void aMapWithoutAJournalSaysSo() {
        Refused.with(Code.BAD_CONFIG, () -> open(0).changes(), "map 'stock'", "journalCapacity");
    }

    @Test
    void refusesEveryUseAfterTheGridWasClosed() {
        Changes<String, Integer> changes = open(3).changes();
        Changes.Reader<String, Integer> reader = changes.fromNow();
        grid.close();
        List<Executable> uses = List.of(changes::capacity, changes::oldestSequence, changes::nextSequence,
                changes::fromNow, () -> changes.from(0), reader::poll, () -> reader.poll(change -> {}, 1));
        for (Executable use : uses) {
            Refused.with(Code.CLOSED, use, "map 'stock'", "its grid 'grid'");
        }
    }

    /** Each change says what was before, which is what the change before it left. */
    @Test
    void whoFollowsTheChangesEndsWithTheMap() throws Exception {
        long seed = Seed.of("ChangesTest");
        GridMap<String, Integer> map = open(100_000);
        Changes.Reader<String, Integer> reader = map.changes().fromNow();
        Race.run(3, thread -> {
            Random random = new Random(seed + thread);
            for (int i = 0; i < 10_000; i++) {
                String key = "k" + random.nextInt(4);
                if (random.nextInt(3) == 0) {
                    map.remove(key);
                } else {
                    map.put(key, i);
                }
            }
            return null;
        });
        Map<String, Integer> copy = new HashMap<>();
        List<Long> sequences = new ArrayList<>();
        reader.poll(change -> {
            sequences.add(change.sequence());
            Integer before = change.after() == null
                    ? copy.remove(change.key())
                    : copy.put(change.key(), change.after());
            assertEquals(before, change.before(), "seed " + seed);
        }, Integer.MAX_VALUE);
        assertEquals(map, copy, "seed " + seed);
        assertEquals(sequences.size() - 1L, sequences.get(sequences.size() - 1), "seed " + seed);
        assertEquals(map.changes().nextSequence(), sequences.size(), "seed " + seed);
    }
}
