package io.penstock.infer.engine;

/**
 * A model in memory.
 *
 * <p><b>Threads.</b> May be used by several threads at once, each with a scorer of its own. To close it while one of
 * its scorers runs may crash the JVM; {@code LoadedVersion} counts who uses it.
 */
public interface LoadedModel extends AutoCloseable {

    Signature signature();

    /**
     * Room for batches of up to that many rows. Only for a model with one float32 input of shape [?, ...] and float32
     * outputs of shape [?, ...], of which it reads those named.
     *
     * @param rowsMax at least 1
     */
    Scorer newScorer(int rowsMax) throws EngineException;

    @Override
    void close();
}
