package io.penstock.grid.heap;

import io.penstock.grid.MapChange;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happened to a map since it was opened, and which threads are in functions that were given to it.
 *
 * <p>Counting must not cost a look-up its speed: an atomic increment also keeps the processor from starting the next
 * look-up before this one is done. So each of the first threads that come owns a cell and increments it as a plain
 * field; the others share {@link LongAdder}s. Sums are exact once the threads that counted are seen to be done.
 */
final class MapCounters {

    static final int LOOKUPS = 1;
    static final int MISSES = 2;
    static final int PUTS = 3;
    static final int REMOVES = 4;
    static final int EVICTIONS = 5;
    static final int EXPIRATIONS = 6;
    static final int LOST_CHANGES = 7;
    static final int FAILED_LISTENERS = 8;

    private static final int KINDS = 9;
    /** In a cell: 1 while its thread is in a function. */
    private static final int IN_FUNCTION = 9;
    private static final int CELLS = 32;
    /** Two cache lines, since processors fetch them in pairs. */
    private static final int CELL_LONGS = 16;
    /** One of this many look-ups, and of as many writes, of a thread with a cell is timed. */
    private static final int SAMPLE = 1_024;
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    /** The first of each cell is the id of the thread that owns it, or 0; ids are from 1 and never used again. */
    private final long[] cells = new long[(CELLS + 1) * CELL_LONGS];
    private final LongAdder[] shared = new LongAdder[KINDS];
    /** Those without a cell that are in a function. */
    private final Set<Thread> inFunction = ConcurrentHashMap.newKeySet();

    MapCounters() {
        for (int kind = 1; kind < KINDS; kind++) {
            shared[kind] = new LongAdder();
        }
    }

    /**
     * Counts a look-up, before it is made: what is counted afterwards, and where, must not depend on what was found,
     * for the processor would wait for that. Misses are rare, and counted by {@link #add}.
     *
     * @return whether this look-up is to be timed
     */
    boolean countLookup() {
        int cell = ownCell();
        if (cell < 0) {
            shared[LOOKUPS].increment();
            return false;
        }
        long before = cells[cell + LOOKUPS];
        LONGS.setOpaque(cells, cell + LOOKUPS, before + 1);
        return before % SAMPLE == 0;
    }

    void lookedUp(long keyCount, long hitCount) {
        add(LOOKUPS, keyCount);
        if (keyCount > hitCount) {
            add(MISSES, keyCount - hitCount);
        }
    }

    void removed(MapChange.Kind kind) {
        add(switch (kind) {
            case EVICT -> EVICTIONS;
            case EXPIRE -> EXPIRATIONS;
            default -> REMOVES;
        }, 1);
    }

    void add(int kind, long count) {
        int cell = ownCell();
        if (cell < 0) {
            shared[kind].add(count);
        } else {
            LONGS.setOpaque(cells, cell + kind, cells[cell + kind] + count);
        }
    }

    /** Whether this thread's next write is to be timed. */
    boolean samplesPut() {
        int cell = ownCell();
        return cell >= 0 && cells[cell + PUTS] % SAMPLE == 0;
    }

    // ---- functions

    /** This thread runs a function that was given to the map, and must not write to it until {@link #leaveFunction}. */
    void enterFunction() {
        int cell = ownCell();
        if (cell < 0) {
            inFunction.add(Thread.currentThread());
        } else {
            cells[cell + IN_FUNCTION] = 1;
        }
    }

    void leaveFunction() {
        int cell = ownCell();
        if (cell < 0) {
            inFunction.remove(Thread.currentThread());
        } else {
            cells[cell + IN_FUNCTION] = 0;
        }
    }

    boolean isInFunction() {
        int cell = ownCell();
        return cell < 0 ? inFunction.contains(Thread.currentThread()) : cells[cell + IN_FUNCTION] == 1;
    }

    // ---- cells

    /** The index of this thread's cell, or -1; always the same for a thread that is in a function. */
    private int ownCell() {
        long thread = Thread.currentThread().getId();
        int cell = ((int) thread & CELLS - 1) * CELL_LONGS + CELL_LONGS;
        long owner = (long) LONGS.getOpaque(cells, cell);
        return owner == thread || owner == 0 && LONGS.compareAndSet(cells, cell, 0L, thread) ? cell : -1;
    }

    double sum(int kind) {
        long sum = shared[kind].sum();
        for (int cell = CELL_LONGS; cell < cells.length; cell += CELL_LONGS) {
            sum += (long) LONGS.getOpaque(cells, cell + kind);
        }
        return sum;
    }

    double hits() {
        double misses = sum(MISSES); // first: each of them was counted as a look-up before
        return sum(LOOKUPS) - misses;
    }
}
