package io.penstock.infer;

/**
 * One row of a model's input, filled from left to right with exactly as many values as the row has columns; a shape of
 * more than two dimensions is filled in row-major order.
 *
 * <p>A row with too few or too many values, or with one that is NaN or infinite as a float32, is not scored; the
 * stage's failure policy decides what becomes of its event. Valid, and to be used by that thread only, during the call
 * that it was given to.
 */
public interface Row {

    Row put(float value);

    /** Puts the nearest float32. */
    default Row put(double value) {
        return put((float) value);
    }

    /** Puts the nearest float32; from 2^24 on that need not be the same number. */
    default Row put(long value) {
        return put((float) value);
    }
}
