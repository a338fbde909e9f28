package io.penstock.testing;

/** A model that gives one value for each row. */
@FunctionalInterface
public interface RowFunction {

    /**
     * Scores a row.
     *
     * @param row the values that the stage has put, however many they are; a copy
     */
    float score(float[] row) throws Exception;
}
