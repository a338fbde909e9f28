package io.penstock.grid.codec;

import java.util.Arrays;

/**
 * Puts the elements of a set, or the entries of a map, into the order of their bytes. So equal sets have equal bytes,
 * which their own orders do not give: those of {@code Set.of} differ between two starts of a JVM.
 */
final class SortedRuns {

    private SortedRuns() {}

    /** Element {@code i} ends before {@code ends[i]}, and the next begins there. */
    static void sort(byte[] bytes, int begin, int[] ends) {
        if (isSorted(bytes, begin, ends)) {
            return;
        }
        Integer[] order = new Integer[ends.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Arrays.compareUnsigned(
                bytes, start(begin, ends, a), ends[a], bytes, start(begin, ends, b), ends[b]));
        byte[] sorted = new byte[ends[ends.length - 1] - begin];
        int at = 0;
        for (int i : order) {
            int from = start(begin, ends, i);
            System.arraycopy(bytes, from, sorted, at, ends[i] - from);
            at += ends[i] - from;
        }
        System.arraycopy(sorted, 0, bytes, begin, sorted.length);
    }

    private static boolean isSorted(byte[] bytes, int begin, int[] ends) {
        for (int i = 1; i < ends.length; i++) {
            int from = start(begin, ends, i - 1);
            if (Arrays.compareUnsigned(bytes, from, ends[i - 1], bytes, ends[i - 1], ends[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    private static int start(int begin, int[] ends, int i) {
        return i == 0 ? begin : ends[i - 1];
    }
}
