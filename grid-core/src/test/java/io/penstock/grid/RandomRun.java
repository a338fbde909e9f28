package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.grid.testing.VirtualClock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Random operations on one map, and all that must have the same entries. */
final class RandomRun {

    private static final int STEPS = 200;

    private final GridMap<Integer, Integer> map;
    private final GridMap<Integer, Integer> reference;
    private final VirtualClock clock;
    private final Random random;
    private final String name;
    private final LocalView.Reader<Integer, Integer> view;
    private final Changes.Reader<Integer, Integer> changes;
    private final Map<Integer, Integer> copy = new HashMap<>();
    private boolean isBehind;
    private String where;

    RandomRun(
            GridMap<Integer, Integer> map, GridMap<Integer, Integer> reference, VirtualClock clock, Random random,
            String name) {
        this.map = map;
        this.reference = reference;
        this.clock = clock;
        this.random = random;
        this.name = name;
        view = map.localView().reader();
        changes = map.changes().fromNow();
    }

    /** What follows the map may be told later, and not at all of what expired before it was written again. */
    RandomRun followedLater() {
        isBehind = true;
        return this;
    }

    void go() {
        for (int step = 0; step < STEPS; step++) {
            boolean isTick = random.nextInt(15) == 0;
            RandomOperation operation = RandomOperation.next(random);
            where = name + ", step " + step + ", " + (isTick ? "tick, " : "") + operation;
            if (isTick) {
                clock.advance(RandomOperation.TICK);
            }
            assertEquals(operation.on(reference), operation.on(map), where);
            assertEquals(reference, new HashMap<>(map), where);
            assertEquals(reference.size(), map.entryCount(), where);
            follow(isTick || isBehind);
        }
    }

    /** @param maySoonOnly whether followers may be told soon, but not at once */
    private void follow(boolean maySoonOnly) {
        readChanges();
        long startNs = System.nanoTime();
        while (maySoonOnly && System.nanoTime() - startNs < 10_000_000_000L
                && !(copy.equals(reference) && entriesOfView().equals(reference))) {
            LockSupport.parkNanos(100_000);
            readChanges();
        }
        assertEquals(reference, copy, where);
        assertEquals(reference, entriesOfView(), where);
    }

    private Map<Integer, Integer> entriesOfView() {
        Map<Integer, Integer> entries = new HashMap<>();
        for (int key = 0; key < RandomOperation.KEY_COUNT; key++) {
            Integer value = view.getLong(key);
            if (value != null) {
                entries.put(key, value);
            }
        }
        return entries;
    }

    private void readChanges() {
        for (MapChange<Integer, Integer> change = changes.poll(); change != null; change = changes.poll()) {
            Integer before = change.after() == null
                    ? copy.remove(change.key())
                    : copy.put(change.key(), change.after());
            boolean isNew = change.kind() == MapChange.Kind.PUT;
            if (!(isNew && isBehind)) {
                assertEquals(change.before(), before, where);
            }
            boolean isUpdate = change.kind() == MapChange.Kind.UPDATE;
            assertEquals(change.before() == null, isNew, where);
            assertEquals(change.after() != null, isNew || isUpdate, where);
        }
    }
}
