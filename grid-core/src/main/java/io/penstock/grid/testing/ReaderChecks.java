package io.penstock.grid.testing;

import static io.penstock.grid.testing.ChangesChecks.read;
import static io.penstock.grid.testing.Expect.count;
import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.isNull;
import static io.penstock.grid.testing.Expect.refused;
import static io.penstock.grid.testing.Expect.thrown;

import io.penstock.grid.Changes;
import io.penstock.grid.Changes.Position;
import io.penstock.grid.ChangesLostException;
import io.penstock.grid.GridException.Code;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapChange.Kind;
import io.penstock.grid.testing.GridHost.Difference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a reader of changes begins, how it goes on, and what it is told when it lost some. */
final class ReaderChecks {

    private ReaderChecks() {}

    private static GridMap<String, Integer> open(TestBed bed, int journalCapacity) {
        return bed.open(config -> config.partitions(1).journalCapacity(journalCapacity));
    }

    /** The number of the next change in the partition of a key. */
    private static long next(Position position, Changes<String, ?> changes, String key) {
        return position.next().get(changes.partitionOf(key));
    }

    static void readersGoAtTheirOwnPace(TestBed bed) {
        GridMap<String, Integer> map = open(bed, 100);
        Changes<String, Integer> changes = map.changes();
        Changes.Reader<String, Integer> slow = changes.fromNow();
        map.put("a", 0);
        map.put("a", 1);
        map.put("a", 2);
        equal(0, slow.poll().after());
        equal("1 UPDATE a 0 -> 1\n", read(slow, 1));
        count(2, next(slow.position(), changes, "a"));
        equal("0 PUT a null -> 0\n1 UPDATE a 0 -> 1\n2 UPDATE a 1 -> 2\n", read(map.changes().fromOldest(), 5));
        isNull(changes.fromNow().poll());
        equal(0, slow.poll(change -> {}, 0));
        equal(1, slow.poll(change -> {}, 9));
        equal(0, slow.poll(change -> {}, 9));
    }

    static void aReaderGoesOnAtThePlaceOfAnother(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(4));
        Changes<String, Integer> changes = map.changes();
        Changes.Reader<String, Integer> first = changes.fromNow();
        equal(bed.partitions(changes, 4), first.position().next().size());
        equal(changes.now(), first.position());
        for (int i = 0; i < 100; i++) {
            map.put("k" + i % 10, i);
        }
        MapCopy<String, Integer> copy = new MapCopy<>(changes);
        for (int i = 0; i < 40; i++) {
            copy.apply(first.poll());
        }
        copy.follow(changes.from(first.position()));
        equal(map, copy.entries());
        count(100, copy.changeCount());
        MapCopy<String, Integer> other = new MapCopy<>(changes);
        equal(map, other.follow(changes.from(changes.oldest())).entries());
        isNull(changes.from(changes.now()).poll());
    }

    static void aChangeWhoseConsumerFailedCountsAsRead(TestBed bed) {
        GridMap<String, Integer> map = open(bed, 3);
        Changes.Reader<String, Integer> reader = map.changes().fromNow();
        map.put("a", 0);
        map.put("a", 1);
        thrown(ArithmeticException.class, () -> reader.poll(change -> {
            throw new ArithmeticException();
        }, 2));
        equal("1 UPDATE a 0 -> 1\n", read(reader, 5));
    }

    // ---- gaps

    static void aReaderIsToldOnceThatItLostChanges(TestBed bed) {
        GridMap<String, Integer> map = open(bed, 3);
        Changes<String, Integer> changes = map.changes();
        Changes.Reader<String, Integer> reader = changes.fromNow();
        Position begin = reader.position();
        for (int i = 0; i < 10; i++) {
            map.put("a", i);
        }
        count(7, next(changes.oldest(), changes, "a"));
        count(10, next(changes.now(), changes, "a"));
        ChangesLostException gap = (ChangesLostException) refused(Code.CHANGES_LOST, reader::poll,
                "map 'stock'", "7", "journalCapacity");
        equal(changes.partitionOf("a"), gap.partition());
        count(7, gap.lostCount());
        count(7, reader.lostCount());
        equal("7 UPDATE a 6 -> 7\n8 UPDATE a 7 -> 8\n9 UPDATE a 8 -> 9\n", read(reader, 5));
        for (int i = 10; i < 14; i++) {
            map.put("a", i);
        }
        gap = (ChangesLostException) refused(Code.CHANGES_LOST, () -> read(reader, 5));
        count(1, gap.lostCount());
        equal("11 UPDATE a 10 -> 11\n12 UPDATE a 11 -> 12\n13 UPDATE a 12 -> 13\n", read(reader, 5));
        count(8, reader.lostCount());
        Changes.Reader<String, Integer> late = changes.from(begin);
        refused(Code.CHANGES_LOST, late::poll);
        count(11, late.lostCount());
    }

    static void aGapOfOnePartitionLeavesTheOthersWhole(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(2).journalCapacity(10));
        Changes<String, Integer> changes = map.changes();
        String lost = keyOf(changes, 0);
        String kept = keyOf(changes, 1);
        Changes.Reader<String, Integer> reader = changes.fromNow();
        for (int i = 0; i < 15; i++) {
            map.put(lost, i);
            if (i < 10) {
                map.put(kept, i);
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        int gaps = 0;
        for (boolean more = true; more;) {
            try {
                more = reader.poll(change -> counts.merge(change.key(), 1, Integer::sum), 100) > 0;
            } catch (ChangesLostException gap) {
                equal(0, gap.partition());
                count(5, gap.lostCount());
                gaps++;
            }
        }
        equal(1, gaps);
        equal(Map.of(lost, 10, kept, 10), counts);
        equal(changes.now(), reader.position());
    }

    private static String keyOf(Changes<String, ?> changes, int partition) {
        int i = 0;
        while (changes.partitionOf("k" + i) != partition) {
            i++;
        }
        return "k" + i;
    }

    static void afterAGapThePartitionsContentIsTheWayOn(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(2).journalCapacity(5));
        Changes<String, Integer> changes = map.changes();
        Changes.Reader<String, Integer> reader = changes.fromNow();
        Map<String, Integer> copy = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            map.put("k" + i % 20, i);
            if (i % 3 == 0) {
                map.remove("k" + (i + 7) % 20);
            }
        }
        for (boolean more = true; more;) {
            try {
                more = reader.poll(change -> apply(change, copy), 100) > 0;
            } catch (ChangesLostException gap) {
                copy.keySet().removeIf(key -> changes.partitionOf(key) == gap.partition());
                reader.readContent(gap.partition());
                equal(Position.CONTENT, reader.position().next().get(gap.partition()));
            }
        }
        equal(map, copy);
    }

    private static void apply(MapChange<String, Integer> change, Map<String, Integer> copy) {
        if (change.after() == null) {
            copy.remove(change.key());
        } else {
            copy.put(change.key(), change.after());
        }
    }

    // ---- places

    static void aPlaceOfAnotherJournalIsRefused(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(2));
        Changes<String, Integer> changes = map.changes();
        Position other = bed.open(config -> config.partitions(2)).changes().now();
        Position now = changes.now();
        int count = changes.partitionCount();
        List<Long> ahead = new ArrayList<>(Collections.nCopies(count, 0L));
        ahead.set(count - 1, 1L);
        List<Long> impossible = new ArrayList<>(Collections.nCopies(count, 0L));
        impossible.set(0, -2L);
        List<Position> places = List.of(
                other,
                new Position(now.journalId() + 1, now.next(), List.of()),
                new Position(now.journalId(), ahead, List.of()),
                new Position(now.journalId(), impossible, List.of()),
                new Position(now.journalId(), Collections.nCopies(count - 1, 0L), List.of()),
                new Position(now.journalId(), Collections.nCopies(count + 1, 0L), List.of()));
        for (Position place : places) {
            refused(Code.CHANGES_LOST, () -> changes.from(place), "map 'stock'");
        }
        ChangesLostException all = thrown(ChangesLostException.class, () -> changes.from(other));
        equal(-1, all.partition());
        count(-1, all.lostCount());
        isNull(changes.from(now).poll());
    }

    static void placesOfOneJournalAreEqualIfTheyAreTheSame(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        equal(map.changes().now(), map.changes().now());
        equal(map.changes().oldest(), map.changes().now());
        Position before = map.changes().now();
        map.put("a", 1);
        holds(!before.equals(map.changes().now()), "another place after a change");
        equal(before, map.changes().oldest());
    }

    // ---- content

    static void theContentComesFirst(TestBed bed) {
        GridMap<String, Integer> map = open(bed, 10);
        Changes<String, Integer> changes = map.changes();
        List<String> keys = bed.keysOfOnePartition(changes, 2);
        String a = keys.get(0);
        String b = keys.get(1);
        map.put(a, 0);
        map.put(b, 2);
        map.put(a, 1);
        Changes.Reader<String, Integer> reader = changes.fromContent();
        count(Position.CONTENT, next(reader.position(), changes, a));
        Map<String, Integer> content = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            MapChange<String, Integer> change = reader.poll();
            equal(Kind.PRESENT, change.kind());
            count(3, change.sequence());
            isNull(change.before());
            content.put(change.key(), change.after());
        }
        equal(Map.of(a, 1, b, 2), content);
        isNull(reader.poll());
        count(3, next(reader.position(), changes, a));
        map.remove(b);
        equal("3 REMOVE " + b + " 2 -> null\n", read(reader, 9));
    }

    static void anEmptyMapHasNoContent(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(4));
        int partitions = bed.partitions(map.changes(), 4);
        Changes.Reader<String, Integer> reader = map.changes().fromContent();
        equal(Collections.nCopies(partitions, Position.CONTENT), reader.position().next());
        isNull(reader.poll());
        equal(Collections.nCopies(partitions, 0L), reader.position().next());
        map.put("a", 1);
        equal("0 PUT a null -> 1\n", read(reader, 9));
    }

    static void theContentHasNoEntryThatExpired(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> config.partitions(1));
        map.put("a", 1, Duration.ofSeconds(1));
        map.put("b", 2);
        bed.advance(Duration.ofSeconds(1));
        Changes.Reader<String, Integer> reader = map.changes().fromContent();
        MapCopy<String, Integer> copy = new MapCopy<>(map.changes(), bed.differs(Difference.TELLS_EXPIRY_LATE));
        bed.eventually("that the copy has what the map has", () -> copy.follow(reader).entries().equals(map));
        equal(Map.of("b", 2), copy.entries());
    }

    /** Whoever stops in the middle of the content and goes on at that place misses nothing, and sees nothing twice. */
    static void aPlaceInsideTheContentIsExact(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(4));
        for (int i = 0; i < 100; i++) {
            map.put("k" + i, i);
        }
        Changes<String, Integer> changes = map.changes();
        for (int read : new int[] {0, 1, 50, 99, 100}) {
            Changes.Reader<String, Integer> first = changes.fromContent();
            MapCopy<String, Integer> copy = new MapCopy<>(changes);
            equal(read, first.poll(copy::apply, read));
            for (int i = 0; i < 10; i++) {
                map.remove("k" + i);
                map.put("k" + i, read);
            }
            Position place = (Position) serialized(first.position());
            equal(first.position(), place);
            equal(map, copy.follow(changes.from(place)).entries());
        }
    }

    private static Object serialized(Object object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    // ---- with writers at work

    static void whoFollowsTheChangesEndsWithTheMap(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(4).journalCapacity(100_000));
        Changes.Reader<String, Integer> reader = map.changes().fromNow();
        MapCopy<String, Integer> copy = new MapCopy<>(map.changes());
        bed.together(4, thread -> {
            if (thread == 0) {
                for (int i = 0; i < bed.some(1_000); i++) {
                    copy.follow(reader);
                }
            } else {
                write(map, thread, bed.some(3_000));
            }
            return null;
        });
        copy.follow(reader);
        equal(map, copy.entries());
        equal(map.changes().now(), reader.position());
        count(copy.changeCount(), reader.position().next().stream().mapToLong(Long::longValue).sum());
    }

    static void theContentIsFollowedByExactlyWhatChangedAfterIt(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(4).journalCapacity(100_000));
        for (int round = 0; round < 5; round++) {
            MapCopy<String, Integer> copy = new MapCopy<>(map.changes());
            List<Changes.Reader<String, Integer>> readers = bed.together(4, thread -> {
                if (thread > 0) {
                    write(map, thread, bed.some(3_000));
                    return null;
                }
                Changes.Reader<String, Integer> reader = map.changes().fromContent();
                copy.follow(reader);
                return reader;
            });
            equal(map, copy.follow(readers.get(0)).entries());
        }
    }

    /** The first call of {@code changes()} is made while writers are at work, and so switches the journal on. */
    static void aJournalThatBeginsAmongWritersMissesNothingLater(TestBed bed) throws Exception {
        for (int round = 0; round < bed.some(20); round++) {
            GridMap<String, Integer> map = bed.open(config -> config.partitions(2).journalCapacity(100_000));
            List<MapCopy<String, Integer>> copies = bed.together(3, thread -> {
                if (thread > 0) {
                    write(map, thread, bed.some(3_000));
                    return null;
                }
                Changes.Reader<String, Integer> reader = map.changes().fromContent();
                return new MapCopy<>(map.changes()).follow(reader).follow(reader);
            });
            MapCopy<String, Integer> late = new MapCopy<>(map.changes());
            equal(map, late.follow(map.changes().fromContent()).entries());
            holds(copies.get(0).changeCount() >= 0, "a copy that followed without a gap");
        }
    }

    private static void write(GridMap<String, Integer> map, int thread, int count) {
        for (int i = 0; i < count; i++) {
            String key = "k" + i * 7 % 11;
            switch ((i + thread) % 6) {
                case 0 -> map.remove(key);
                case 1 -> map.merge(key, i, Integer::sum);
                case 2 -> map.compute(key, (k, value) -> value == null ? thread : null);
                case 3 -> map.putIfAbsent(key, thread);
                default -> map.put(key, i);
            }
            if (i % (count / 3) == count / 3 - 1) {
                map.clear();
            }
        }
    }
}
