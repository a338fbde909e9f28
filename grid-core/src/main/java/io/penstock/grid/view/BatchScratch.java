package io.penstock.grid.view;

/** What one thread needs while it looks up a batch. */
final class BatchScratch {

    /** The most rows that are looked up together; longer batches are cut. More do not stay in the nearest cache. */
    static final int ROWS_MAX = 256;

    final int[] slots = new int[ROWS_MAX];
    final int[] hashes = new int[ROWS_MAX];
    final long[] longKeys = new long[ROWS_MAX];
    /** Written so that the compiler keeps the loads that do nothing but bring memory near. */
    int touched;
}
