package io.penstock.grid.cluster.process;

import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;
import io.penstock.grid.cluster.process.Book.Kind;
import io.penstock.grid.cluster.process.Book.State;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads all keys through a view of all entries, again and again, on a thread of its own, and compares what it finds
 * with the {@link Book} of the writers. A fault is
 *
 * <ul>
 *   <li><b>torn</b>: a value whose parts do not belong together, or that belongs to another key;
 *   <li><b>resurrected</b>: a version below one that this reader saw before, when that one had been acknowledged
 *       already; or any value of a key whose removal had been acknowledged already when this reader saw it absent, and
 *       that is older than the removal;
 *   <li><b>missing</b>: no value of a key that is always present;
 *   <li><b>stale</b>: a state, absence or the past end of a time to live included, that was replaced more than
 *       {@link #LAG_MAX_NS} ago;
 *   <li><b>invented</b>: a version that no writer began.
 * </ul>
 *
 * <p>What was seen, but not acknowledged yet, may go back: its owner may die before its backup has it.
 */
final class ViewChecker implements AutoCloseable {

    /** What a view may lag in these tests, while members come and go on a busy machine. */
    static final long LAG_MAX_NS = TimeUnit.SECONDS.toNanos(10);

    private static final int BATCH = 64;
    private static final long PAUSE_MICROS = 2_000;
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(PAUSE_MICROS);
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(30);

    private final GridMap<Integer, Tally> map;
    private final LocalView<Integer, Tally> view;
    private final LocalView.Reader<Integer, Tally> reader;
    private final Book book;
    private final Collection<String> faults;
    /** The lowest version that each key may have. */
    private final long[] floors;
    private final AtomicLong foundCount = new AtomicLong();
    private final AtomicLong absentCount = new AtomicLong();
    private final AtomicLong unansweredCount = new AtomicLong();
    private final Object[] keys = new Object[BATCH];
    private final Tally[] values = new Tally[BATCH];
    private final Worker thread;
    private int next;
    private boolean isBatched;

    ViewChecker(GridMap<Integer, Tally> map, Book book, Collection<String> faults) {
        this.map = map;
        this.book = book;
        this.faults = faults;
        floors = new long[book.keyCount()];
        view = map.localView();
        reader = view.reader();
        thread = new Worker("the view's reader", this::readSome, PAUSE_MICROS, faults);
    }

    void start() {
        thread.start();
    }

    private void readSome() {
        read(next, Math.min(BATCH, floors.length - next));
        next += BATCH;
        if (next >= floors.length) {
            next = 0;
            isBatched = !isBatched;
        }
    }

    private void read(int first, int count) {
        State[] before = new State[count];
        for (int i = 0; i < count; i++) {
            keys[i] = first + i;
            before[i] = book.told(first + i);
        }
        long fromNs = System.nanoTime();
        try {
            if (isBatched) {
                reader.getAll(keys, count, values);
            } else {
                for (int i = 0; i < count; i++) {
                    values[i] = reader.get(keys[i]);
                }
            }
        } catch (GridException e) {
            if (e.code() != GridException.Code.UNAVAILABLE) {
                throw e;
            }
            unansweredCount.incrementAndGet(); // absence was asked of an owner that was just killed
            return;
        }
        for (int i = 0; i < count; i++) {
            String fault = check(first + i, values[i], before[i], fromNs);
            if (fault != null) {
                faults.add("a view has " + fault);
            }
        }
    }

    private String check(int key, Tally found, State before, long fromNs) {
        boolean isOld = fromNs - before.atNs() > LAG_MAX_NS;
        if (found != null) {
            foundCount.incrementAndGet();
            return checkFound(key, found, before, fromNs, isOld);
        }
        absentCount.incrementAndGet();
        State after = book.told(key);
        if (Kind.of(key).isAlwaysPresent()) {
            return "nothing under key " + key + ", missing " + after;
        }
        if (after == before && book.begun(key) == before.version()) {
            if (!before.isPresent()) {
                floors[key] = Math.max(floors[key], before.version());
            } else if (isOld && before.liveUntilNs() == Long.MAX_VALUE) {
                return "nothing under key " + key + ", stale since " + before;
            }
        }
        return null;
    }

    private String checkFound(int key, Tally found, State before, long fromNs, boolean isOld) {
        if (!found.isWholeUnder(key)) {
            return "a torn value under key " + key + ": " + found;
        }
        if (found.version() < floors[key]) {
            return "a resurrected value under key " + key + ": " + found + " after version " + floors[key];
        }
        if (found.version() < before.version() && isOld) {
            return "a stale value under key " + key + ": " + found + " though " + before + ", now " + fromNs;
        }
        if (found.version() == before.version() && before.goneFromNs() != Long.MAX_VALUE
                && fromNs > before.goneFromNs() + LAG_MAX_NS) {
            return "an expired value under key " + key + ": " + found + " though " + before + ", now " + fromNs;
        }
        if (Kind.of(key) != Kind.COUNT && found.version() > book.begun(key)) {
            return "an invented value under key " + key + ": " + found;
        }
        if (found.version() <= before.version()) {
            floors[key] = Math.max(floors[key], found.version());
        }
        return null;
    }

    /** Waits, when no writer is at work, until the view has what the map has. */
    void settle() {
        LocalView.Reader<Integer, Tally> settled = view.reader(); // the other one is for the checker's thread
        long startNs = System.nanoTime();
        for (int key = 0; key < floors.length; key++) {
            Tally inMap = map.get(key);
            Tally inView = settled.get(key);
            while (inMap == null ? inView != null : !inMap.equals(inView)) {
                if (System.nanoTime() - startNs > SETTLE_NS) {
                    faults.add("the view has " + inView + " under key " + key + ", the map " + inMap + ", lag "
                            + view.lagNs() + " ns, " + (view.isComplete() ? "complete" : "not complete"));
                    return;
                }
                LockSupport.parkNanos(PAUSE_NS);
                inMap = map.get(key);
                inView = settled.get(key);
            }
        }
    }

    @Override
    public String toString() {
        return foundCount + " values and " + absentCount + " absences read from the view, " + unansweredCount
                + " batches unanswered";
    }

    @Override
    public void close() {
        thread.close();
        view.close();
    }
}
