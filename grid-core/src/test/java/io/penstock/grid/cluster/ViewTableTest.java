package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.LocalView;
import io.penstock.grid.Seed;
import io.penstock.grid.view.ViewSettings;
import io.penstock.grid.view.ViewSettings.Scope;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table behind views follows journals that lose events, partitions and owners; without a cluster. */
class ViewTableTest {

    private static final int RUNS = Boolean.getBoolean("penstock.soak") ? 300 : 10;
    private static final int KEYS = 40;
    private static final ViewSettings ALL = new ViewSettings(Long.MAX_VALUE, Scope.ALL, new BitSet());

    private final FakeJournal journal = new FakeJournal(4, 12);
    private final FollowedMap<Long, Integer> followed = journal.followed();
    private final JournalTail tail = new JournalTail(followed, "penstock-fake", 1_000);
    private final ClusterViews<Long, Integer> views = new ClusterViews<>(followed, tail);

    @AfterEach
    void close() {
        views.closeAll();
        tail.close();
    }

    @Test
    void showsWhatIsThereAndWhatChanges() {
        journal.put(1, 10);
        LocalView<Long, Integer> view = views.open(ALL);
        LocalView.Reader<Long, Integer> reader = view.reader();
        assertEquals(10, reader.getLong(1));
        journal.put(1, 11);
        journal.put(2, 20);
        TestCluster.eventually("the changes",
                () -> Integer.valueOf(11).equals(reader.getLong(1)) && Integer.valueOf(20).equals(reader.getLong(2)));
        journal.remove(1);
        TestCluster.eventually("the removal", () -> reader.getLong(1) == null);
        assertEquals(1, view.entryCount());
    }

    @Test
    void letsExpiredEntriesGo() {
        journal.put(1, 10, 2_000);
        journal.put(2, 20, 1_500);
        LocalView<Long, Integer> view = views.open(ALL);
        journal.put(2, 21, 3_000);
        views.open(ALL).close();
        assertEquals(2, view.entryCount());
        journal.nowMs = 2_000;
        TestCluster.eventually("one entry", () -> view.entryCount() == 1);
        assertEquals(21, view.reader().getLong(2));
        journal.nowMs = 3_000;
        TestCluster.eventually("none", () -> view.entryCount() == 0);
    }

    /** Where owners crash, nothing is removed: two removals of one value are the same event. */
    @Test
    void isWhatTheMapIsAfterWhateverHappened() {
        long seed = Seed.of("view");
        LocalView<Long, Integer> view = views.open(ALL);
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(seed + run);
            journal.duringScan = random.nextInt(3) == 0
                    ? partition -> write(random, random.nextInt(20), false)
                    : partition -> { };
            for (int step = 0; step < 200; step++) {
                happen(random, run % 2 == 0);
            }
            journal.duringScan = partition -> { };
            views.open(ALL).close();
            assertEquals(journal.entries(), entries(view), "seed " + seed + " run " + run);
        }
        assertTrue(view.isComplete());
    }

    private void happen(Random random, boolean crashes) {
        int partition = random.nextInt(4);
        switch (random.nextInt(30)) {
            case 0 -> journal.lose(partition);
            case 1 -> {
                journal.forgetLast(partition, crashes ? 1 + random.nextInt(2) : 0);
                write(random, 1, false);
            }
            case 2 -> write(random, 100, !crashes);
            default -> write(random, 5, !crashes);
        }
        tail.wake();
        Thread.yield();
    }

    private void write(Random random, int count, boolean removes) {
        for (int i = 0; i < count; i++) {
            long key = random.nextInt(KEYS);
            if (removes && random.nextInt(4) == 0) {
                journal.remove(key);
            } else {
                journal.put(key, random.nextInt());
            }
        }
    }

    private static Map<Long, Integer> entries(LocalView<Long, Integer> view) {
        Map<Long, Integer> entries = new HashMap<>();
        LocalView.Reader<Long, Integer> reader = view.reader();
        for (long key = 0; key < KEYS; key++) {
            Integer value = reader.getLong(key);
            if (value != null) {
                entries.put(key, value);
            }
        }
        assertEquals(entries.size(), view.entryCount());
        return entries;
    }
}
