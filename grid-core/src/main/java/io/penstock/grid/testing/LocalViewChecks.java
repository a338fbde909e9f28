package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.allRefused;
import static io.penstock.grid.testing.Expect.count;
import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;
import static io.penstock.grid.testing.Expect.holdsNot;
import static io.penstock.grid.testing.Expect.isNull;
import static io.penstock.grid.testing.Expect.refused;
import static io.penstock.grid.testing.Expect.thrown;

import io.penstock.grid.Eviction;
import io.penstock.grid.GridException.Code;
import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;
import io.penstock.grid.testing.GridHost.Difference;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What local views promise. */
final class LocalViewChecks {

    private static final MapRef<Long, String> NAMES = MapRef.of("names", Long.class, String.class);
    private static final MapRef<Integer, String> CODES = MapRef.of("codes", Integer.class, String.class);
    private static final MapRef<String, String> WORDS = MapRef.of("words", String.class, String.class);
    private static final MapRef<Long, Integer> NUMBERS = MapRef.of("numbers", Long.class, Integer.class);

    private LocalViewChecks() {}

    private static GridMap<Long, String> names(TestBed bed) {
        return bed.open(NAMES, config -> {});
    }

    private static GridMap<String, String> words(TestBed bed) {
        return bed.open(WORDS, config -> {});
    }

    static void aViewHasWhatTheMapHad(TestBed bed) {
        GridMap<Long, String> map = names(bed);
        map.putAll(Map.of(1L, "one", -5L, "minus five", Long.MAX_VALUE, "max", Long.MIN_VALUE, "min"));
        LocalView<Long, String> view = map.localView();
        equal(NAMES, view.ref());
        count(4, view.entryCount());
        holds(view.isComplete());
        holds(view.hasLongKeys());
        LocalView.Reader<Long, String> reader = view.reader();
        equal("one", reader.get(1L));
        equal("minus five", reader.getLong(-5));
        equal("max", reader.getLong(Long.MAX_VALUE));
        equal("min", reader.getLong(Long.MIN_VALUE));
        isNull(reader.getLong(0));
        isNull(reader.get(2L));
    }

    static void aViewShowsEachKindOfChange(TestBed bed) {
        GridMap<String, String> map = words(bed);
        LocalView.Reader<String, String> reader = map.localView().reader();
        shows("1", reader, bed, () -> map.put("a", "1"));
        shows("2", reader, bed, () -> map.put("a", "2"));
        shows(null, reader, bed, () -> map.remove("a"));
        shows("3", reader, bed, () -> map.merge("a", "3", String::concat));
        shows("34", reader, bed, () -> map.merge("a", "4", String::concat));
        shows("5", reader, bed, () -> map.replace("a", "5"));
        shows("6", reader, bed, () -> map.update("a", before -> "6"));
        shows("7", reader, bed, () -> map.process("a", entry -> {
            entry.put("7");
            return null;
        }));
        shows("8", reader, bed, () -> map.entrySet().iterator().next().setValue("8"));
        shows(null, reader, bed, () -> map.removeAll((key, value) -> true));
        shows("9", reader, bed, () -> map.put("a", "9", Duration.ofMinutes(1)));
        shows(null, reader, bed, map::clear);
    }

    private static void shows(String value, LocalView.Reader<String, String> reader, TestBed bed, Runnable change) {
        change.run();
        bed.settle();
        equal(value, reader.get("a"));
        equal(value, reader.pass().get("a"));
    }

    static void aViewFollowsAMapThatEvicts(TestBed bed) {
        GridMap<Long, String> map = bed.openPlain(
                NAMES, config -> config.maxEntries(100).eviction(Eviction.INSERTION_ORDER).journalCapacity(100_000));
        LocalView<Long, String> view = map.localView();
        int count = bed.some(20_000);
        for (long key = 0; key < count; key++) {
            map.put(key, "v");
        }
        bed.settle();
        count(map.entryCount(), view.entryCount());
        equal("v", view.reader().getLong(count - 1));
        if (!bed.differs(Difference.EVICTS_ABOUT)) {
            count(100, view.entryCount());
            isNull(view.reader().getLong(count - 101));
            equal("v", view.reader().getLong(count - 100));
        }
    }

    static void aViewLosesWhatExpired(TestBed bed) {
        GridMap<Long, String> map = bed.openPlain(NAMES, config -> {});
        map.put(1L, "one", Duration.ofSeconds(1));
        LocalView<Long, String> view = map.localView();
        LocalView.Reader<Long, String> reader = view.reader();
        map.putAll(Map.of(3L, "three"));
        map.put(2L, "two", Duration.ofSeconds(1));
        bed.settle();
        equal("one", reader.get(1L));
        equal("two", reader.get(2L));
        bed.advance(Duration.ofSeconds(1));
        bed.eventually("that the view has one entry", () -> view.entryCount() == 1);
        isNull(reader.get(1L));
        isNull(reader.getLong(2));
        equal("three", reader.get(3L));
    }

    static void aViewHasNoKeyThatTheMapRefused(TestBed bed) {
        GridMap<Long, String> map = bed.openPlain(NAMES, config -> config.maxEntries(1));
        LocalView<Long, String> view = map.localView();
        map.put(1L, "one");
        refused(Code.MAP_FULL, () -> map.put(2L, "two"));
        thrown(IllegalStateException.class, () -> map.compute(1L, (key, value) -> {
            throw new IllegalStateException();
        }));
        bed.settle();
        count(1, view.entryCount());
        equal("one", view.reader().getLong(1));
        isNull(view.reader().getLong(2));
    }

    static void batchesOfAnyLengthAreLookedUp(TestBed bed) {
        GridMap<Long, String> map = names(bed);
        Map<Long, String> entries = new HashMap<>();
        for (long key = 0; key < 20_000; key += 2) {
            entries.put(key, "v" + key);
        }
        map.putAll(entries);
        LocalView.Reader<Long, String> reader = map.localView().reader();
        for (int count : new int[] {0, 1, 255, 256, 257, 1_000}) {
            long[] keys = new long[1_000];
            Object[] boxed = new Object[1_000];
            Object[] expected = new Object[1_000];
            Arrays.fill(expected, "stale");
            for (int i = 0; i < 1_000; i++) {
                keys[i] = 9_500 + i;
                boxed[i] = keys[i];
                if (i < count) {
                    expected[i] = keys[i] % 2 == 0 ? "v" + keys[i] : null;
                }
            }
            Object[] values = new Object[1_000];
            Arrays.fill(values, "stale");
            equal((count + 1) / 2, reader.getAll(keys, count, values));
            equal(Arrays.asList(expected), Arrays.asList(values));
            Arrays.fill(values, "stale");
            equal((count + 1) / 2, reader.getAll(boxed, count, values));
            equal(Arrays.asList(expected), Arrays.asList(values));
        }
    }

    static void anArrayOfTheMapsValueTypeIsFilled(TestBed bed) {
        GridMap<Long, String> map = names(bed);
        String[] values = new String[2];
        for (long key : new long[] {5, 10_000}) { // the second makes it a hashed table
            map.putAll(Map.of(key, "gone", key + 1, "there"));
            LocalView.Reader<Long, String> reader = map.localView().reader();
            map.remove(key);
            bed.settle();
            equal(1, reader.getAll(new long[] {key, key + 1}, 2, values));
            equal(Arrays.asList(null, "there"), Arrays.asList(values));
        }
        GridMap<String, String> words = words(bed);
        words.putAll(Map.of("a", "gone", "b", "there"));
        LocalView.Reader<String, String> reader = words.localView().reader();
        words.remove("a");
        bed.settle();
        equal(1, reader.getAll(new String[] {"a", "b"}, 2, values));
        equal(Arrays.asList(null, "there"), Arrays.asList(values));
    }

    static void aBatchThatDoesNotFitIsRefused(TestBed bed) {
        LocalView.Reader<Long, String> reader = names(bed).localView().reader();
        thrown(IndexOutOfBoundsException.class, () -> reader.getAll(new long[3], 4, new Object[4]));
        thrown(IndexOutOfBoundsException.class, () -> reader.getAll(new Object[4], 4, new Object[3]));
        thrown(IndexOutOfBoundsException.class, () -> reader.getAll(new long[4], -1, new Object[4]));
    }

    static void nullsAndKeysOfAnotherClassHaveNoValueInABatch(TestBed bed) {
        GridMap<Integer, String> codes = bed.open(CODES, config -> {});
        codes.put(0, "zero");
        codes.put(7, "seven");
        LocalView.Reader<Integer, String> reader = codes.localView().reader();
        Object[] values = new Object[5];
        equal(1, reader.getAll(new Object[] {null, 0L, 7, "0", (short) 0}, 5, values));
        equal(Arrays.asList(null, null, "seven", null, null), Arrays.asList(values));
        isNull(reader.get(0L));
        equal("zero", reader.getLong(0));
        equal(null, reader.getLong(1L << 32), "it is no Integer");
        thrown(NullPointerException.class, () -> reader.get(null));
        GridMap<String, String> words = words(bed);
        words.put("a", "A");
        Object[] found = new Object[3];
        LocalView.Reader<String, String> ofWords = words.localView().reader();
        equal(1, ofWords.getAll(new Object[] {null, "a", 1}, 3, found));
        equal(Arrays.asList(null, "A", null), Arrays.asList(found));
        thrown(NullPointerException.class, () -> ofWords.get(null));
    }

    static void lookUpsByLongAreRefusedUnlessKeysAreWholeNumbers(TestBed bed) {
        LocalView<String, String> view = words(bed).localView();
        holdsNot(view.hasLongKeys());
        refused(Code.BAD_KEY, () -> view.reader().getLong(1), "map 'words'", "Long or Integer", "get(Object)");
        refused(Code.BAD_KEY, () -> view.reader().getAll(new long[1], 1, new Object[1]), "map 'words'");
    }

    static void viewsCloseOneByOne(TestBed bed) {
        GridMap<Long, String> map = names(bed);
        LocalView<Long, String> one = map.localView();
        LocalView<Long, String> other = map.localView();
        LocalView.Reader<Long, String> reader = other.reader();
        one.close();
        one.close();
        map.put(1L, "one");
        bed.settle();
        equal("one", reader.getLong(1));
        other.close();
        map.put(1L, "uno");
        equal("uno", map.localView().reader().getLong(1));
    }

    static void aClosedViewRefusesEveryUse(TestBed bed) {
        LocalView<Long, Integer> view = bed.open(NUMBERS, config -> {}).localView();
        List<Expect.Action> uses = usesOf(view, view.reader());
        view.close();
        allRefused(Code.CLOSED, uses, "map 'numbers'", "local view is closed", "localView()");
        equal(NUMBERS, view.ref());
    }

    static List<Expect.Action> usesOf(LocalView<Long, Integer> view, LocalView.Reader<Long, Integer> reader) {
        return List.of(view::entryCount, view::isComplete, view::lagNs, view::hasLongKeys, view::reader,
                () -> reader.get(1L), () -> reader.getLong(1), () -> reader.getAll(new long[1], 1, new Object[1]),
                () -> reader.getAll(new Object[1], 1, new Object[1]), reader::pass);
    }

    static void aViewGivesOutAMaximumOfReaders(TestBed bed) {
        LocalView<Long, String> view = names(bed).localView();
        for (int i = 0; i < LocalView.READERS_MAX; i++) {
            view.reader();
        }
        String message = thrown(IllegalStateException.class, view::reader).getMessage();
        holds(message.contains("map 'names'") && message.contains("1024"), message);
    }

    static void aViewWithAMaximumLagShowsTheSame(TestBed bed) {
        GridMap<Long, String> map = names(bed);
        map.put(1L, "one");
        LocalView<Long, String> view = map.localView(Duration.ofMillis(50));
        LocalView.Reader<Long, String> reader = view.reader();
        equal("one", reader.get(1L));
        map.put(2L, "two");
        bed.settle();
        equal("two", reader.get(2L));
        holds(view.lagNs() >= 0, "a lag is never negative");
    }

    /** One writer counts up; whoever has seen a number never sees a smaller one, nor that the key is absent. */
    static void noReaderEverSeesAnOlderValue(TestBed bed) throws Exception {
        GridMap<Long, Integer> map = bed.open(NUMBERS, config -> {});
        AtomicBoolean written = new AtomicBoolean();
        bed.together(3, thread -> {
            if (thread == 0) {
                for (int i = 0; i < bed.some(20_000); i++) {
                    map.put((long) i % 5, i);
                    map.put(1_000L + i, i); // the table grows
                }
                written.set(true);
                return null;
            }
            int[] seen = new int[5];
            while (!written.get()) {
                try (LocalView<Long, Integer> view = map.localView()) {
                    readForAWhile(view.reader(), seen);
                }
            }
            return null;
        });
    }

    private static void readForAWhile(LocalView.Reader<Long, Integer> reader, int[] seen) {
        for (int i = 0; i < 2_000; i++) {
            int key = i % 5;
            Integer value = i % 3 == 0 ? reader.get((long) key) : reader.getLong(key);
            int found = value == null ? 0 : value;
            holds(found >= seen[key], "not " + found + " after " + seen[key] + " was seen");
            seen[key] = found;
        }
    }

    static void aViewThatOpensWhileOthersWriteEndsWithTheMap(TestBed bed) throws Exception {
        GridMap<Long, Integer> map = bed.open(NUMBERS, config -> {});
        List<LocalView<Long, Integer>> views = bed.together(4, thread -> {
            LocalView<Long, Integer> view = null;
            int count = bed.some(5_000);
            for (int i = 0; i < count; i++) {
                long key = i * 31L % 97;
                if (i % 3 == thread % 3) {
                    map.remove(key);
                } else {
                    map.merge(key, thread, Integer::sum);
                }
                if (i == count / 5 * thread) {
                    view = map.localView();
                }
            }
            return view;
        });
        bed.settle();
        for (LocalView<Long, Integer> view : views) {
            equal(new HashMap<>(map), entriesOf(view));
        }
    }

    private static Map<Long, Integer> entriesOf(LocalView<Long, Integer> view) {
        Map<Long, Integer> entries = new HashMap<>();
        LocalView.Reader<Long, Integer> reader = view.reader();
        for (long key = 0; key < 97; key++) {
            Integer value = reader.getLong(key);
            if (value != null) {
                entries.put(key, value);
            }
        }
        count(entries.size(), view.entryCount());
        return entries;
    }
}
