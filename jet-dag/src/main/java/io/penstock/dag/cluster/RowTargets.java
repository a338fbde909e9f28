package io.penstock.dag.cluster;

import io.penstock.dag.operator.StageException;
import io.penstock.dag.plan.StageInput;
import io.penstock.grid.GridException;
import io.penstock.grid.cluster.KeyPartitions;

/** Finds the target that owns a row's key: where a map would have it. Used by one thread. */
final class RowTargets {

    private final String stage;
    private final StageInput input;
    private final KeyPartitions keys;
    private final int[] targetsOfPartitions;
    private final int targetWithoutKey;

    /**
     * @param stage the user's stage that reads the rows
     * @param targetsOfPartitions by partition, from 0
     * @param targetWithoutKey of rows that have none
     */
    RowTargets(String stage, StageInput input, KeyPartitions keys, int[] targetsOfPartitions, int targetWithoutKey) {
        this.stage = stage;
        this.input = input;
        this.keys = keys;
        this.targetsOfPartitions = targetsOfPartitions;
        this.targetWithoutKey = targetWithoutKey;
    }

    /** A row without a key goes where the stage finds the same, and gives it up as it was told. */
    int of(Object event) {
        Object key;
        try {
            key = input.keyFn().applyEx(event);
        } catch (Exception e) {
            return targetWithoutKey;
        }
        return key == null ? targetWithoutKey : targetsOfPartitions[partitionOf(key)];
    }

    private int partitionOf(Object key) {
        try {
            return keys.of(key);
        } catch (GridException e) {
            throw new StageException(stage, "its key is a " + key.getClass().getName() + ", which a cluster cannot take"
                    + " to the member that owns it: " + e.getMessage() + "; use such a key, or run the job with"
                    + " o.inThisJvm()", e);
        }
    }
}
