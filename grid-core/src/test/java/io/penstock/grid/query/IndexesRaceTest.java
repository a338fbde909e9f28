package io.penstock.grid.query;

import static io.penstock.grid.MapPredicates.equal;
import static io.penstock.grid.MapPredicates.in;
import static io.penstock.grid.MapPredicates.or;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.MapPredicate;
import io.penstock.grid.Race;
import io.penstock.grid.Seed;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Two writers, each with keys of its own, and two readers. The keys from 0 on move all the time between places that a
 * predicate names, so readers must always find them; those from {@value #GUESTS} on come and go, so that the sets grow
 * and shrink through all their forms.
 */
class IndexesRaceTest {

    private static final int ROUNDS = Boolean.getBoolean("penstock.soak") ? 5_000 : 600;
    private static final int WRITERS = 2;
    private static final int GUESTS = 1_000;
    private static final int GUEST_COUNT = 400;

    private record Item(String city, int count) {}

    private static final Item IN_A = new Item("a", 0);
    private static final Item IN_B = new Item("b", 1);

    private final Indexes<Integer, Item> indexes = Indexes.of(List.of("city", "count"), Integer.class, Item.class);
    private final Item[] map = new Item[GUESTS + GUEST_COUNT];
    private final AtomicInteger writersAtWork = new AtomicInteger(WRITERS);
    private final long seed = Seed.of("IndexesRaceTest");

    @Test
    void missesNoKeyThatMatchesAllAlong() throws Exception {
        for (int residents : new int[] {1, 3, 24, 40, 1_000}) {
            writersAtWork.set(WRITERS);
            for (int key = 0; key < residents; key++) {
                change(key, IN_A);
            }
            Race.run(WRITERS + 2, thread -> {
                if (thread < WRITERS) {
                    write(thread, residents, new Random(seed + thread));
                } else {
                    read(residents, thread);
                }
                return null;
            });
            assertIndexesAreExact();
            for (int key = 0; key < map.length; key++) {
                change(key, null);
            }
            assertEquals(0, indexes.valueCount(), "left behind");
        }
    }

    @Test
    void losesNoKeyWhileASetChangesItsForm() throws Exception {
        Race.run(WRITERS, writer -> {
            Random random = new Random(seed + writer);
            for (int round = 0; round < ROUNDS * 50; round++) {
                int count = random.nextInt(40);
                for (int i = 0; i < 40; i++) {
                    change(i * WRITERS + writer, i < count ? IN_A : null);
                }
                Collection<Integer> found = indexes.candidates(equal("city", "a"));
                int own = 0;
                for (int key : found) {
                    own += key % WRITERS == writer ? 1 : 0;
                }
                assertEquals(count, own, "seed " + seed);
            }
            return null;
        });
        assertIndexesAreExact();
    }

    private void change(int key, Item after) {
        indexes.changed(key, map[key], after);
        map[key] = after;
    }

    private void write(int writer, int residents, Random random) {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                for (int key = writer; key < Math.min(residents, 50); key += WRITERS) {
                    change(key, map[key] == IN_A ? IN_B : IN_A);
                }
                boolean come = random.nextBoolean();
                int count = random.nextInt(GUEST_COUNT);
                for (int key = GUESTS + writer; key < GUESTS + count; key += WRITERS) {
                    change(key, come ? random.nextBoolean() ? IN_A : IN_B : null);
                }
            }
        } finally {
            writersAtWork.decrementAndGet();
        }
    }

    private void read(int residents, int reader) {
        List<MapPredicate<Integer, Item>> predicates = List.of(
                in("city", "a", "b"), in("city", "b", "a"), or(equal("city", "a"), equal("count", 1)),
                or(equal("count", 1), equal("city", "a")), or(equal("city", "b"), equal("count", 0)));
        for (int turn = reader; writersAtWork.get() > 0; turn++) {
            MapPredicate<Integer, Item> predicate = predicates.get(turn % predicates.size());
            Collection<Integer> found = indexes.candidates(predicate);
            for (int key = 0; key < residents; key++) {
                int missing = key;
                assertTrue(found.contains(key), () -> predicate + " misses key " + missing + ", seed " + seed);
            }
        }
    }

    private void assertIndexesAreExact() {
        for (Item item : new Item[] {IN_A, IN_B}) {
            Set<Integer> expected = new HashSet<>();
            for (int key = 0; key < map.length; key++) {
                if (item.equals(map[key])) {
                    expected.add(key);
                }
            }
            assertEquals(expected, new HashSet<>(indexes.candidates(equal("city", item.city()))));
            assertEquals(expected, new HashSet<>(indexes.candidates(equal("count", item.count()))));
        }
    }
}
