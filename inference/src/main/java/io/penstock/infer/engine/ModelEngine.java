package io.penstock.infer.engine;

/** Loads models. Thread-safe. */
public interface ModelEngine {

    /**
     * Loads a model.
     *
     * @param bytes the model's file; not kept
     * @throws EngineException if these are not a model that this engine can run, or the engine itself cannot
     */
    LoadedModel load(byte[] bytes) throws EngineException;
}
