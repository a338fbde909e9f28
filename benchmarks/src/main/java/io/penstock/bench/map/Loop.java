package io.penstock.bench.map;

/**
 * What one thread does to a map again and again: it visits its places in their order, and begins anew. Used by one
 * thread at a time.
 */
abstract class Loop {

    private static final int STEP = 1_024;

    private final int from;
    private final int to;
    private int next;
    private long count;

    /** Visits the places {@code from} to {@code to - 1}. */
    Loop(int from, int to) {
        this.from = from;
        this.to = to;
        next = from;
    }

    /** Visits some places, or does another share of the work that takes far less than a second. */
    void step() {
        step(STEP);
    }

    /** Visits so many places, or as many as there are left before it begins anew. */
    final void step(int placeCount) {
        int end = Math.min(next + placeCount, to);
        visit(next, end, round());
        count += end - next;
        next = end == to ? from : end;
    }

    /** @param round how often all places were visited before */
    abstract void visit(int begin, int end, long round);

    /** What is wrong with what was found until now, or null. */
    abstract String fault();

    /** Whether there is no more to do. */
    boolean isDone() {
        return false;
    }

    /** How many places were visited. */
    long count() {
        return count;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** How often a place was visited. */
    long visits(int place) {
        return round() + (place < next ? 1 : 0);
    }

    private long round() {
        return count / Math.max(1, to - from);
    }
}
