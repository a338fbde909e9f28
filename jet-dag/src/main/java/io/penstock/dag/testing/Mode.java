package io.penstock.dag.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One way of calling an operator.
 *
 * @param batchRows how many rows a batch has at most, or {@link #RANDOM}
 * @param outputRefuses whether the output refuses now and then, so that the operator's output must be resumed
 * @param instances how many instances share the keys: one number for each start, beginning anew behind the last
 * @param isCompiled whether rows go through a compiled loop, as the step's row form says, instead of the operator
 */
record Mode(int batchRows, boolean outputRefuses, Restart restart, List<Integer> instances, boolean isCompiled) {

    static final int RANDOM = 0;

    /** From this many batches on, not every one is followed by a snapshot: it holds all state. */
    private static final int SNAPSHOTS_MAX = 50;

    enum Restart {
        NEVER("without a snapshot"),
        SNAPSHOT_ONLY("a snapshot after any batch, which nothing is restored from"),
        AFTER_ANY_BATCH("a snapshot after any batch, restored into fresh operators");

        private final String text;

        Restart(String text) {
            this.text = text;
        }
    }

    static List<Mode> all(boolean isKeyed, boolean hasRowForm) {
        List<List<Integer>> instances =
                isKeyed ? List.of(List.of(1), List.of(2), List.of(2, 3, 1)) : List.of(List.of(1));
        List<Mode> modes = new ArrayList<>();
        for (boolean isCompiled : hasRowForm ? new boolean[] {false, true} : new boolean[] {false}) {
            for (List<Integer> counts : instances) {
                for (Restart restart : Restart.values()) {
                    for (int batchRows : new int[] {1, 2, 7, 256, RANDOM}) {
                        modes.add(new Mode(batchRows, false, restart, counts, isCompiled));
                        modes.add(new Mode(batchRows, true, restart, counts, isCompiled));
                    }
                }
            }
        }
        return modes;
    }

    int nextBatchRows(Random random) {
        return batchRows == RANDOM ? 1 + random.nextInt(256) : batchRows;
    }

    boolean takesSnapshot(Random random, int stepCount) {
        return restart != Restart.NEVER && random.nextInt(Math.max(1, stepCount / SNAPSHOTS_MAX)) == 0;
    }

    @Override
    public String toString() {
        return (batchRows == RANDOM ? "batches of random size" : batchRows == 1 ? "event by event" : "batches of " + batchRows)
                + (outputRefuses ? ", an output that refuses, " : ", ")
                + restart.text
                + (instances.equals(List.of(1)) ? "" : ", instances " + instances)
                + (isCompiled ? ", compiled" : "");
    }
}
