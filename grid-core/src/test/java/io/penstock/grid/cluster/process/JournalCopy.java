package io.penstock.grid.cluster.process;

import io.penstock.grid.Changes;
import io.penstock.grid.ChangesLostException;
import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapChange;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A copy of the map made of its changes alone, on a thread of its own; after a gap it reads the content anew. */
final class JournalCopy implements AutoCloseable {

    private static final int BATCH = 1_000;
    private static final long PAUSE_MICROS = 1_000;
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(PAUSE_MICROS);
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(30);

    private final GridMap<Integer, Tally> map;
    private final Collection<String> faults;
    private final Changes<Integer, Tally> changes;
    private final Changes.Reader<Integer, Tally> reader;
    /** Guarded by this. */
    private final Map<Integer, Tally> copy = new HashMap<>();
    private final AtomicLong changeCount = new AtomicLong();
    private final AtomicLong gapCount = new AtomicLong();
    private final AtomicLong unansweredCount = new AtomicLong();
    private final Worker thread;

    JournalCopy(GridMap<Integer, Tally> map, Collection<String> faults) {
        this.map = map;
        this.faults = faults;
        changes = map.changes();
        reader = changes.fromContent();
        thread = new Worker("the journal's reader", this::poll, PAUSE_MICROS, faults);
    }

    void start() {
        thread.start();
    }

    private synchronized void poll() {
        try {
            reader.poll(this::apply, BATCH);
        } catch (ChangesLostException e) {
            gapCount.incrementAndGet();
            int from = e.partition() < 0 ? 0 : e.partition();
            int to = e.partition() < 0 ? changes.partitionCount() : e.partition() + 1;
            for (int partition = from; partition < to; partition++) {
                int lost = partition;
                copy.keySet().removeIf(key -> changes.partitionOf(key) == lost);
                reader.readContent(partition);
            }
        } catch (GridException e) {
            if (e.code() != GridException.Code.UNAVAILABLE) {
                throw e;
            }
            unansweredCount.incrementAndGet();
        }
    }

    private void apply(MapChange<Integer, Tally> change) {
        changeCount.incrementAndGet();
        if (change.kind().removes()) {
            copy.remove(change.key());
            return;
        }
        if (!change.after().isWholeUnder(change.key())) {
            faults.add("the journal has a torn value: " + change);
        }
        copy.put(change.key(), change.after());
    }

    /** Waits, when no writer is at work, until the copy has what the map has. */
    void settle(int keyCount) {
        Set<Integer> keys = new HashSet<>();
        for (int key = 0; key < keyCount; key++) {
            keys.add(key);
        }
        long startNs = System.nanoTime();
        Map<Integer, Tally> inMap = map.getAll(keys);
        while (!inMap.equals(copied())) {
            if (System.nanoTime() - startNs > SETTLE_NS) {
                faults.add("the copy of the journal differs from the map: " + difference(inMap, copied()));
                return;
            }
            LockSupport.parkNanos(PAUSE_NS);
            inMap = map.getAll(keys);
        }
    }

    private synchronized Map<Integer, Tally> copied() {
        return new HashMap<>(copy);
    }

    private static String difference(Map<Integer, Tally> inMap, Map<Integer, Tally> copied) {
        Set<Integer> keys = new HashSet<>(inMap.keySet());
        keys.addAll(copied.keySet());
        keys.removeIf(key -> inMap.containsKey(key) && inMap.get(key).equals(copied.get(key)));
        int any = keys.iterator().next();
        return keys.size() + " keys, such as " + any + ": " + copied.get(any) + " instead of " + inMap.get(any);
    }

    @Override
    public String toString() {
        return changeCount + " changes read, " + gapCount + " gaps, " + unansweredCount + " polls unanswered";
    }

    @Override
    public void close() {
        thread.close();
    }
}
