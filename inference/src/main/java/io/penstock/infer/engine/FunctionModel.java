package io.penstock.infer.engine;

import io.penstock.infer.ModelInfo.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A model that is a function in plain Java, for tests. Its rows may have any number of values, and each names the
 * outputs it has; so neither a {@link RowLayout} nor a {@link Scorer} says anything about it.
 */
public interface FunctionModel extends LoadedModel {

    /** The name of an output that is found under whatever name it is asked for. */
    String ANY_OUTPUT = "*";

    /** Stands for rows and outputs that nothing is known of before they come. */
    Signature SIGNATURE = new Signature(
            List.of(new Tensor("row", "float32", List.of(-1L, 1L))),
            List.of(new Tensor(ANY_OUTPUT, "float32", List.of(-1L, 1L))));

    /**
     * Scores a row.
     *
     * @param row a copy
     * @return by output: its values
     */
    Map<String, float[]> scoreRow(float[] row) throws Exception;

    @Override
    default Signature signature() {
        return SIGNATURE;
    }

    /** Room for rows that are never scored: warming up calls no function of a test. */
    @Override
    default Scorer newScorer(int rowsMax) {
        float[] values = new float[rowsMax];
        return new Scorer() {
            @Override
            public float[] input() {
                return values;
            }

            @Override
            public float[] output(int ordinal) {
                return values;
            }

            @Override
            public void score(int rowCount) {}

            @Override
            public void close() {}
        };
    }

    @Override
    default void close() {}
}
