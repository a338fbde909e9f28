package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.grid.Changes;
import io.penstock.grid.ChangesLostException;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapChange.Kind;
import io.penstock.grid.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Readers of journals that lose events, partitions and owners; without a cluster. */
class ClusterReaderTest {

    private static final int RUNS = Boolean.getBoolean("penstock.soak") ? 2_000 : 100;

    private final FakeJournal journal = new FakeJournal(1, 10);
    private final Changes<Long, Integer> changes = new ClusterChanges<>(journal.followed());

    private String read(Changes.Reader<Long, Integer> reader) {
        StringBuilder text = new StringBuilder();
        reader.poll(change -> text.append(change.sequence()).append(' ').append(change.kind()).append(' ')
                .append(change.key()).append(' ').append(change.before()).append(" -> ").append(change.after())
                .append('\n'), 1_000);
        return text.toString();
    }

    @Test
    void anExpiredValueThatIsOverwrittenIsNotToldAsTheValueBefore() {
        Changes.Reader<Long, Integer> reader = changes.fromNow();
        journal.put(1, 10, 1_500);
        journal.put(1, 11, 1_500);
        journal.nowMs = 1_500;
        journal.put(1, 12);
        assertEquals("0 PUT 1 null -> 10\n1 UPDATE 1 10 -> 11\n2 PUT 1 null -> 12\n", read(reader));
    }

    @Test
    void tellsHowManyWereDropped() {
        Changes.Reader<Long, Integer> reader = changes.fromNow();
        for (int i = 0; i < 13; i++) {
            journal.put(1, i);
        }
        assertEquals(3, assertThrows(ChangesLostException.class, reader::poll).lostCount());
        assertEquals(3, reader.poll().sequence());
        for (int i = 13; i < 40; i++) {
            journal.put(1, i);
        }
        Changes.Position place = reader.position();
        assertEquals(9, reader.poll(change -> { }, 9));
        assertEquals(17, assertThrows(ChangesLostException.class, reader::poll).lostCount());
        assertEquals(20, reader.lostCount());
        Changes.Reader<Long, Integer> again = changes.from(place);
        assertEquals(26, assertThrows(ChangesLostException.class, again::poll).lostCount());
    }

    /** A backup took over that had not got the last change, and another came in its place. */
    @Test
    void tellsThatTheLastChangeIsAnotherNow() {
        Changes.Reader<Long, Integer> reader = changes.fromNow();
        journal.put(1, 1);
        journal.put(1, 2);
        assertEquals(2, reader.poll(change -> { }, 10));
        journal.forgetLast(0, 1);
        journal.put(1, 3);
        journal.put(1, 4);
        ChangesLostException gap = assertThrows(ChangesLostException.class, reader::poll);
        assertEquals(-1, gap.lostCount());
        assertEquals(0, gap.partition());
        assertEquals("0 PUT 1 null -> 1\n1 UPDATE 1 1 -> 3\n2 UPDATE 1 3 -> 4\n", read(reader));
    }

    @Test
    void tellsThatTheLastChangeIsNotThereAnyMore() {
        Changes.Reader<Long, Integer> reader = changes.fromNow();
        journal.put(1, 1);
        journal.put(1, 2);
        assertEquals(2, reader.poll(change -> { }, 10));
        journal.forgetLast(0, 1);
        assertEquals(-1, assertThrows(ChangesLostException.class, reader::poll).lostCount());
    }

    @Test
    void goesOnIfTheBackupHasAllThatWasRead() {
        Changes.Reader<Long, Integer> reader = changes.fromNow();
        journal.put(1, 1);
        journal.put(1, 2);
        assertEquals(2, reader.poll(change -> { }, 10));
        journal.put(1, 3);
        journal.forgetLast(0, 1);
        journal.put(1, 4);
        assertEquals("2 UPDATE 1 2 -> 4\n", read(reader));
    }

    @Test
    void tellsOnceThatThePartitionWasLost() {
        journal.put(1, 1);
        Changes.Reader<Long, Integer> reader = changes.fromNow();
        journal.lose(0);
        Changes.Position place = reader.position();
        for (int i = 0; i < 5; i++) {
            journal.put(1, i);
        }
        assertEquals(-1, assertThrows(ChangesLostException.class, reader::poll).lostCount());
        assertEquals(5, reader.poll(change -> { }, 10));
        assertNull(reader.poll());
        assertEquals(0, reader.lostCount());
        assertEquals(5, changes.from(place).poll(change -> { }, 10) + 1);
    }

    /** Also if it is asked for its place before it has told anybody. */
    @Test
    void aPlaceInFrontOfAGapIsToldOfIt() {
        Changes.Reader<Long, Integer> reader = changes.fromNow();
        journal.put(1, 1);
        journal.put(1, 2);
        reader.poll();
        journal.lose(0);
        journal.put(1, 3);
        assertEquals(2, reader.poll().after());
        assertEquals(0, reader.poll(change -> { }, 0));
        assertThrows(ChangesLostException.class, reader::poll);
        reader.readContent(0);
        assertEquals(Kind.PRESENT, reader.poll().kind());
    }

    @Test
    void theContentIsThatOfOneMomentThoughManyWriteDuringTheScan() {
        long seed = Seed.of("content");
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(seed + run);
            FakeJournal busy = new FakeJournal(2, 20);
            Changes<Long, Integer> ofBusy = new ClusterChanges<>(busy.followed());
            write(busy, random, 100, true);
            int[] scans = {0};
            busy.duringScan = partition -> write(busy, random, scans[0]++ < 3 ? 100 : 5, true);
            Changes.Reader<Long, Integer> reader = ofBusy.fromContent();
            Map<Long, Integer> copy = new HashMap<>();
            follow(ofBusy, reader, copy);
            assertEquals(busy.entries(), copy, "seed " + (seed + run));
        }
    }

    /**
     * In some runs partitions are lost and owners crash; in the others a reader goes on at the place of
     * another, which does not know what that one read last. Where owners crash, nothing is removed: two removals of
     * one value are the same event, whatever came before them.
     */
    @Test
    void whoReadsTheContentAfterEachGapHasTheMap() {
        long seed = Seed.of("gaps");
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(seed + run);
            boolean crashes = random.nextBoolean();
            FakeJournal busy = new FakeJournal(3, 10);
            Changes<Long, Integer> ofBusy = new ClusterChanges<>(busy.followed());
            Changes.Reader<Long, Integer> reader = ofBusy.fromContent();
            Map<Long, Integer> copy = new HashMap<>();
            for (int step = 0; step < 100; step++) {
                switch (random.nextInt(3, 10) - (crashes ? 3 : 0)) {
                    case 0 -> busy.lose(random.nextInt(3));
                    case 1 -> {
                        int partition = random.nextInt(3);
                        busy.forgetLast(partition, 1 + random.nextInt(2));
                        write(busy, random, 3, false);
                    }
                    case 7 -> write(busy, random, 60, true);
                    case 8, 9 -> reader = ofBusy.from(reader.position());
                    default -> write(busy, random, 5, !crashes);
                }
                if (random.nextBoolean()) {
                    follow(ofBusy, reader, copy);
                    assertEquals(busy.entries(), copy, "seed " + (seed + run) + " step " + step);
                }
            }
        }
    }

    private static void write(FakeJournal journal, Random random, int count, boolean removes) {
        for (int i = 0; i < count; i++) {
            if (removes && random.nextInt(4) == 0) {
                journal.remove(random.nextInt(30));
            } else {
                journal.nowMs++;
                journal.put(random.nextInt(30), random.nextInt());
            }
        }
    }

    private static void follow(
            Changes<Long, Integer> changes, Changes.Reader<Long, Integer> reader, Map<Long, Integer> copy) {
        for (boolean more = true; more;) {
            try {
                more = reader.poll(change -> apply(change, copy), 7) > 0;
            } catch (ChangesLostException gap) {
                copy.keySet().removeIf(key -> changes.partitionOf(key) == gap.partition());
                reader.readContent(gap.partition());
            }
        }
    }

    private static void apply(MapChange<Long, Integer> change, Map<Long, Integer> copy) {
        if (change.after() == null) {
            copy.remove(change.key());
        } else {
            copy.put(change.key(), change.after());
        }
    }
}
