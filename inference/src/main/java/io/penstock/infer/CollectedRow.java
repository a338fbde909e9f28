package io.penstock.infer;

import io.penstock.infer.engine.RowLayout;
import java.util.Arrays;

/**
 * A row that no model has given a size: the first one that is filled well gives it to those that follow. Recycled; not
 * thread-safe.
 */
final class CollectedRow implements Row {

    private float[] values = new float[32];
    /** 0 until the first row is taken. */
    private int columnCount;
    private int putCount;
    /** The first column that is not finite, or -1. */
    private int notFinite;

    void begin() {
        putCount = 0;
        notFinite = -1;
    }

    /** Ends the row; if it is refused, the answer says why. */
    String end() {
        if (putCount == 0 || putCount > RowLayout.COLUMNS_MAX) {
            return "a row has 1 to " + RowLayout.COLUMNS_MAX + " columns, but the mapping fills " + putCount;
        }
        if (columnCount > 0 && putCount != columnCount) {
            return "the rows before have " + columnCount + " columns, but the mapping fills " + putCount;
        }
        if (notFinite >= 0) {
            return "column " + notFinite + " (from 0) is " + (Float.isNaN(values[notFinite]) ? "NaN" : "infinite")
                    + " as a float32, which a model cannot be trained with and would not score; put a number for what"
                    + " is missing";
        }
        columnCount = putCount;
        return null;
    }

    /** A copy of the row that was ended. */
    float[] values() {
        return Arrays.copyOf(values, columnCount);
    }

    @Override
    public Row put(float value) {
        int column = putCount++;
        if (column < RowLayout.COLUMNS_MAX) {
            if (column == values.length) {
                values = Arrays.copyOf(values, Math.min(2 * column, RowLayout.COLUMNS_MAX));
            }
            values[column] = value;
            if (!Float.isFinite(value) && notFinite < 0) {
                notFinite = column;
            }
        }
        return this;
    }
}
