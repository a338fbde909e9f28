package io.penstock.grid.cluster.process;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What must be in the map: for each key, the last state of which its writer was told that it is there, and the one that
 * may have come after it, if a write failed so that nobody knows whether it was made. Each key has one writer, which
 * does not touch a key in doubt until the doubt is settled. Any thread may read.
 */
final class Book {

    /** What is done with a key. */
    enum Kind {
        /** It is always present: puts, of several keys at once, and conditional replacements. */
        PUT,
        /** It is always present: a function adds 1 to it. */
        COUNT,
        /** It is removed, and put if absent. */
        COME_AND_GO,
        /** It is put with a time to live. */
        LEASE;

        private static final Kind[] ALL = values();

        static Kind of(int key) {
            return ALL[key % ALL.length];
        }

        boolean isAlwaysPresent() {
            return this == PUT || this == COUNT;
        }
    }

    /**
     * A state of a key.
     *
     * @param version of the value, or one of its own if it is absent
     * @param atNs when the writer was told
     * @param liveUntilNs until when it is present for sure, if it has a time to live
     * @param goneFromNs from when on it is absent for sure, if it has a time to live
     */
    record State(long version, boolean isPresent, long atNs, long liveUntilNs, long goneFromNs) {

        static State present(long version) {
            return new State(version, true, System.nanoTime(), Long.MAX_VALUE, Long.MAX_VALUE);
        }

        static State absent(long version) {
            return new State(version, false, System.nanoTime(), Long.MAX_VALUE, Long.MAX_VALUE);
        }

        /** Whether it is what was found, of a key that does not expire. */
        boolean isThat(Tally found) {
            return isPresent ? found != null && found.version() == version : found == null;
        }
    }

    private final AtomicReferenceArray<State> told;
    private final AtomicReferenceArray<State> doubts;
    private final AtomicLongArray begun;

    Book(int keyCount) {
        told = new AtomicReferenceArray<>(keyCount);
        doubts = new AtomicReferenceArray<>(keyCount);
        begun = new AtomicLongArray(keyCount);
        for (int key = 0; key < keyCount; key++) {
            told.set(key, State.absent(0));
        }
    }

    int keyCount() {
        return told.length();
    }

    /** The number of the next write of a key; for its writer. */
    long begin(int key) {
        return begun.incrementAndGet(key);
    }

    /** The number of the last write of a key, which may still be under way. */
    long begun(int key) {
        return begun.get(key);
    }

    void tell(int key, State state) {
        told.set(key, state);
        if (state.version() > begun.get(key)) {
            begun.set(key, state.version()); // a function that ran more than once
        }
    }

    State told(int key) {
        return told.get(key);
    }

    /** A write of which nobody knows whether it was made. */
    void doubt(int key, State state) {
        doubts.set(key, state);
    }

    boolean isInDoubt(int key) {
        return doubts.get(key) != null;
    }

    /**
     * Compares what was found with what must be there, while the writers stand still and the cluster is whole, and
     * settles a doubt.
     *
     * @param fromNs before it was read
     * @param toNs after it was read
     * @return what is wrong, or null
     */
    String check(int key, Tally found, long fromNs, long toNs) {
        if (found != null && !found.isWholeUnder(key)) {
            return "the map has a torn value under key " + key + ": " + found;
        }
        State state = told.get(key);
        State doubt = doubts.getAndSet(key, null);
        if (Kind.of(key) == Kind.LEASE) {
            return checkLease(key, found, state, doubt, fromNs, toNs);
        }
        if (doubt != null && isOf(key, state, doubt, found)) {
            tell(key, found == null ? State.absent(doubt.version()) : State.present(found.version()));
            return null;
        }
        return state.isThat(found)
                ? null
                : "the map: key " + key + " (" + Kind.of(key) + ") was acknowledged as " + state
                        + (doubt == null ? "" : ", in doubt as " + doubt) + ", but found is " + found;
    }

    /** A function adds to what it finds, which an earlier write in doubt need not have raised; and may run again. */
    private static boolean isOf(int key, State told, State doubt, Tally found) {
        return doubt.isThat(found)
                || Kind.of(key) == Kind.COUNT && found != null && found.version() > told.version();
    }

    private String checkLease(int key, Tally found, State state, State doubt, long fromNs, long toNs) {
        if (found == null) {
            if (doubt != null) {
                tell(key, State.absent(doubt.version())); // not made, or over
                return null;
            }
            return state.isPresent() && toNs < state.liveUntilNs()
                    ? "the map: key " + key + " is gone before its time, which is " + state + ", now " + toNs
                    : null;
        }
        if (doubt != null && found.version() == doubt.version()) {
            tell(key, new State(doubt.version(), true, toNs, toNs, Long.MAX_VALUE)); // nobody knows how long it lives
            return null;
        }
        return state.isPresent() && found.version() == state.version() && fromNs < state.goneFromNs()
                ? null
                : "the map: key " + key + " is found after its time: " + found + ", acknowledged is " + state
                        + ", now " + fromNs;
    }
}
