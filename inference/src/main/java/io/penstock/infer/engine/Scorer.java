package io.penstock.infer.engine;

/**
 * What one caller needs to score batches with a loaded model. Not thread-safe. May be closed after its model, but not
 * used.
 */
public interface Scorer extends AutoCloseable {

    /** Room for {@code rowsMax x columnCount} values, row by row, to be filled before {@link #score}; always the same. */
    float[] input();

    /** The values of a readable output, row by row, as the last {@link #score} left them; always the same array. */
    float[] output(int ordinal);

    /** Scores the first {@code rowCount} rows of the input, at least 1. After a failure the outputs are undefined. */
    void score(int rowCount) throws EngineException;

    @Override
    void close();
}
