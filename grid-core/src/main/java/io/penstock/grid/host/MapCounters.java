package io.penstock.grid.host;

import io.penstock.grid.MapChange;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happened to a map since it was opened, and which threads are in functions that were given to it.
 *
 * <p>Counting must not cost a look-up its speed, and that is more than the time of an increment: the processor begins
 * the next look-ups while one waits for memory, as many as its window holds. An atomic instruction closes the window,
 * and every load more takes a place in it. So the first threads of the JVM have a cell each, found by their id and
 * incremented as a plain field; later ones share some cells, each of which belongs to the first that came, and {@link
 * LongAdder}s. Sums are exact once the threads that counted are seen to be done.
 */
public final class MapCounters {

    /** Threads with ids below have cells of their own; ids are from 1 and never used again. */
    private static final int OWN_CELLS = 64;
    private static final int SHARED_CELLS = 32;
    /** Two cache lines, since processors fetch them in pairs. */
    private static final int CELL_LONGS = 16;
    // what is in a cell
    private static final int LOOKUPS = 0;
    private static final int MISSES = 1;
    private static final int PUTS = 2;
    /** 1 while the thread is in a function. */
    private static final int IN_FUNCTION = 3;
    /** Of a shared cell the id of its thread, or 0. */
    private static final int OWNER = 4;

    /** One of this many look-ups, and of as many writes, of a thread with a cell is timed. A power of two. */
    private static final int SAMPLE = 1_024;
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    public final LongAdder removes = new LongAdder();
    public final LongAdder evictions = new LongAdder();
    public final LongAdder expirations = new LongAdder();
    public final LongAdder lostChanges = new LongAdder();
    public final LongAdder failedListeners = new LongAdder();
    private final long[] cells = new long[(OWN_CELLS + SHARED_CELLS) * CELL_LONGS];
    /** Of threads without a cell. */
    private final LongAdder lookups = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final Set<Thread> inFunction = ConcurrentHashMap.newKeySet();

    /** The index of this thread's cell, or -1. It has one from its first call on, or never. */
    private int cell() {
        long thread = Thread.currentThread().getId();
        return thread < OWN_CELLS ? (int) thread * CELL_LONGS : sharedCell(thread);
    }

    private int sharedCell(long thread) {
        int cell = (OWN_CELLS + (int) (thread % SHARED_CELLS)) * CELL_LONGS;
        long owner = (long) LONGS.getOpaque(cells, cell + OWNER);
        return owner == thread || owner == 0 && LONGS.compareAndSet(cells, cell + OWNER, 0L, thread) ? cell : -1;
    }

    private void add(int cell, int what, long count) {
        LONGS.setOpaque(cells, cell + what, cells[cell + what] + count);
    }

    /**
     * Counts a look-up, before it is made: what is counted afterwards, and where, must not depend on what was found,
     * for the processor would wait for that.
     *
     * @param cells the {@link #cells} of the counters; kept by the caller, which saves a load
     * @return whether this look-up is to be timed
     */
    public static boolean countLookup(long[] cells, MapCounters counters) {
        long thread = Thread.currentThread().getId();
        if (thread < OWN_CELLS) {
            int cell = (int) thread * CELL_LONGS;
            long before = cells[cell];
            cells[cell] = before + 1; // one check of the index less than with a VarHandle; see sum()
            return (before & SAMPLE - 1) == 0;
        }
        return counters.countSharedLookup(thread);
    }

    private boolean countSharedLookup(long thread) {
        int cell = sharedCell(thread);
        if (cell < 0) {
            lookups.increment();
            return false;
        }
        long before = cells[cell];
        LONGS.setOpaque(cells, cell, before + 1);
        return (before & SAMPLE - 1) == 0;
    }

    /** For {@link #countLookup}. */
    public long[] cells() {
        return cells;
    }

    public void missed() {
        int cell = cell();
        if (cell < 0) {
            misses.increment();
        } else {
            add(cell, MISSES, 1);
        }
    }

    public void lookedUp(long keyCount, long hitCount) {
        int cell = cell();
        if (cell < 0) {
            lookups.add(keyCount);
            misses.add(keyCount - hitCount);
        } else {
            add(cell, LOOKUPS, keyCount);
            add(cell, MISSES, keyCount - hitCount);
        }
    }

    public void stored() {
        int cell = cell();
        if (cell < 0) {
            puts.increment();
        } else {
            add(cell, PUTS, 1);
        }
    }

    /** Whether this thread's next write is to be timed. */
    public boolean samplesPut() {
        int cell = cell();
        return cell >= 0 && (cells[cell + PUTS] & SAMPLE - 1) == 0;
    }

    public void removed(MapChange.Kind kind) {
        switch (kind) {
            case EVICT -> evictions.increment();
            case EXPIRE -> expirations.increment();
            default -> removes.increment();
        }
    }

    // ---- functions

    /** This thread runs a function that was given to the map, and must not write to it until {@link #leaveFunction}. */
    public void enterFunction() {
        int cell = cell();
        if (cell < 0) {
            inFunction.add(Thread.currentThread());
        } else {
            cells[cell + IN_FUNCTION] = 1;
        }
    }

    public void leaveFunction() {
        int cell = cell();
        if (cell < 0) {
            inFunction.remove(Thread.currentThread());
        } else {
            cells[cell + IN_FUNCTION] = 0;
        }
    }

    public boolean isInFunction() {
        int cell = cell();
        return cell < 0 ? inFunction.contains(Thread.currentThread()) : cells[cell + IN_FUNCTION] == 1;
    }

    // ---- sums

    public double lookups() {
        return (double) lookups.sum() + sum(LOOKUPS);
    }

    public double hits() {
        double missed = (double) misses.sum() + sum(MISSES); // first: each was counted as a look-up before
        return lookups() - missed;
    }

    public double puts() {
        return (double) puts.sum() + sum(PUTS);
    }

    private long sum(int what) {
        long sum = 0;
        for (int cell = 0; cell < cells.length; cell += CELL_LONGS) {
            sum += (long) LONGS.getOpaque(cells, cell + what);
        }
        return sum;
    }
}
