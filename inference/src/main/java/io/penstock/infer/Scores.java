package io.penstock.infer;

/**
 * What a model said about one row. Valid, and to be used by that thread only, during the call that it was given to.
 */
public interface Scores {

    /**
     * The value of an output that has one value per row. The model may have made it NaN.
     *
     * @throws IllegalArgumentException if the model has no such float32 output, or it has several values per row
     */
    float f32(String output);

    /**
     * One of an output's values, in row-major order, from 0.
     *
     * @throws IllegalArgumentException if the model has no such float32 output, or it has fewer values per row
     */
    float f32(String output, int index);

    /** The version of the model that scored the row. */
    int modelVersion();

    String modelName();
}
