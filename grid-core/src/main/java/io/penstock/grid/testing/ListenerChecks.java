package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.holds;

import io.penstock.grid.ChangesLostException;
import io.penstock.grid.Eviction;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapListener;
import io.penstock.grid.testing.GridHost.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Who is told of changes. */
final class ListenerChecks {

    private ListenerChecks() {}

    /** Keeps what it is told. */
    private static final class Told implements MapListener<String, Integer> {

        private final ConcurrentLinkedQueue<MapChange<String, Integer>> changes = new ConcurrentLinkedQueue<>();

        @Override
        public void onChange(MapChange<String, Integer> change) {
            changes.add(change);
        }

        List<String> lines() {
            return changes.stream().map(change -> change.kind() + " " + change.key() + " " + change.before() + " -> "
                    + change.after()).toList();
        }
    }

    static void aListenerIsToldOfEachKindOfChange(TestBed bed) {
        if (bed.differs(Difference.EVICTS_ABOUT)) {
            aListenerIsToldOfEachKindOfChangeButEviction(bed);
            return;
        }
        GridMap<String, Integer> map = bed.openPlain(
                config -> config.partitions(1).maxEntries(2).eviction(Eviction.INSERTION_ORDER));
        map.put("before", 0);
        Told told = new Told();
        map.listen(told);
        map.remove("before");
        map.put("a", 1);
        map.put("a", 2);
        map.put("b", 3);
        map.put("c", 4, Duration.ofSeconds(1));
        bed.advance(Duration.ofSeconds(1));
        bed.eventually("7 changes", () -> told.changes.size() == 7);
        map.clear();
        bed.eventually("8 changes", () -> told.changes.size() == 8);
        equal(List.of("REMOVE before 0 -> null", "PUT a null -> 1", "UPDATE a 1 -> 2", "PUT b null -> 3",
                "PUT c null -> 4", "EVICT a 2 -> null", "EXPIRE c 4 -> null", "CLEAR b 3 -> null"), told.lines());
    }

    private static void aListenerIsToldOfEachKindOfChangeButEviction(TestBed bed) {
        GridMap<String, Integer> map = bed.openPlain(config -> {});
        List<String> keys = bed.keysOfOnePartition(map.changes(), 3);
        String a = keys.get(0);
        String b = keys.get(1);
        String c = keys.get(2);
        map.put(a, 0);
        Told told = new Told();
        map.listen(told);
        map.remove(a);
        map.put(a, 1);
        map.put(a, 2);
        map.put(b, 3);
        map.put(c, 4, Duration.ofSeconds(1));
        bed.advance(Duration.ofSeconds(1));
        bed.eventually("6 changes", () -> told.changes.size() == 6);
        map.remove(a);
        map.clear();
        bed.eventually("8 changes", () -> told.changes.size() == 8);
        equal("""
                REMOVE %1$s 0 -> null, PUT %1$s null -> 1, UPDATE %1$s 1 -> 2, PUT %2$s null -> 3, \
                PUT %3$s null -> 4, EXPIRE %3$s 4 -> null, REMOVE %1$s 2 -> null, %4$s %2$s 3 -> null"""
                .formatted(a, b, c, ChangesChecks.clear(bed)), String.join(", ", told.lines()));
    }

    static void theChangesOfAKeyComeInOrderAndOneAtATime(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(4).journalCapacity(100_000));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger met = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        Map<String, Integer> copy = new HashMap<>();
        map.listen(change -> {
            met.addAndGet(inside.incrementAndGet() - 1);
            Integer before = change.after() == null
                    ? copy.remove(change.key())
                    : copy.put(change.key(), change.after());
            wrong.addAndGet(Objects.equals(before, change.before()) ? 0 : 1);
            inside.decrementAndGet();
            told.incrementAndGet();
        });
        int rounds = bed.some(400);
        bed.together(3, thread -> {
            for (int i = 0; i < 5 * rounds; i++) {
                map.merge("k" + i % 5, 1, Integer::sum);
            }
            return null;
        });
        bed.eventually("all changes", () -> told.get() == 15 * rounds);
        equal(0, wrong.get(), "changes that do not fit to the one before");
        equal(0, met.get(), "calls at the same time");
        for (int i = 0; i < 5; i++) {
            equal(3 * rounds, copy.get("k" + i));
        }
    }

    static void eachListenerIsToldOfAll(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        List<Told> listeners = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Told told = new Told();
            map.listen(told);
            listeners.add(told);
        }
        map.put("a", 1);
        for (Told told : listeners) {
            bed.eventually("one change", () -> told.changes.size() == 1);
        }
    }

    static void aListenerIsToldNothingMoreAfterItsRegistrationWasClosed(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(1));
        Told closed = new Told();
        Told open = new Told();
        MapListener.Registration registration = map.listen(closed);
        map.listen(open);
        map.put("a", 1);
        bed.eventually("one change each", () -> closed.changes.size() == 1 && open.changes.size() == 1);
        registration.close();
        registration.close();
        for (int i = 2; i <= 100; i++) {
            map.put("a", i);
        }
        bed.eventually("all changes", () -> open.changes.size() == 100);
        equal(1, closed.changes.size());
    }

    static void aListenerThatThrowsIsToldOfTheNextChange(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(1));
        Told told = new Told();
        map.listen(change -> {
            told.onChange(change);
            throw new IllegalStateException("a test of listeners that throw");
        });
        Told other = new Told();
        map.listen(other);
        map.put("a", 1);
        map.put("a", 2);
        bed.eventually("two changes", () -> told.changes.size() == 2 && other.changes.size() == 2);
        equal(List.of("PUT a null -> 1", "UPDATE a 1 -> 2"), told.lines());
    }

    static void aListenerMayUseTheMap(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        map.listen(change -> {
            if (change.key().equals("a")) {
                map.put("echo", change.after());
            }
        });
        map.put("a", 1);
        bed.eventually("the echo", () -> Integer.valueOf(1).equals(map.get("echo")));
    }

    /** It is held up at the first change until more have come than the journal keeps. */
    static void aSlowListenerIsToldWhatItLost(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(1).journalCapacity(10));
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        AtomicLong lost = new AtomicLong();
        AtomicLong gaps = new AtomicLong();
        Told told = new Told();
        map.listen(new MapListener<>() {
            @Override
            public void onChange(MapChange<String, Integer> change) {
                entered.countDown();
                await(gate);
                told.onChange(change);
            }

            @Override
            public void onChangesLost(ChangesLostException gap) {
                gaps.incrementAndGet();
                lost.addAndGet(gap.lostCount());
            }
        });
        map.put("a", 0);
        await(entered);
        for (int i = 1; i <= 1_000; i++) {
            map.put("a", i);
        }
        gate.countDown();
        bed.eventually("the last change", () -> told.lines().contains("UPDATE a 999 -> 1000"));
        holds(gaps.get() >= 1, "a gap was told");
        equal(1_001L, told.changes.size() + lost.get(), "changes told and lost");
    }

    private static void await(CountDownLatch latch) {
        try {
            holds(latch.await(60, TimeUnit.SECONDS), "a latch opened");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void aSlowListenerHoldsUpNoWriter(TestBed bed) {
        GridMap<String, Integer> map = bed.open(config -> config.partitions(1).journalCapacity(10));
        CountDownLatch gate = new CountDownLatch(1);
        map.listen(change -> await(gate));
        for (int i = 0; i < 1_000; i++) {
            map.put("a", i);
        }
        equal(999, map.get("a"));
        gate.countDown();
    }
}
