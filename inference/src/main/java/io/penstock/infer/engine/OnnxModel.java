package io.penstock.infer.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/** A session of ONNX Runtime. */
final class OnnxModel implements LoadedModel {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Signature signature;

    OnnxModel(OrtEnvironment environment, OrtSession session, Signature signature) {
        this.environment = environment;
        this.session = session;
        this.signature = signature;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public Scorer newScorer(int rowsMax) throws EngineException {
        return new OnnxScorer(environment, session, RowLayout.of(signature), rowsMax);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed to close a session: " + e.getMessage(), e);
        }
    }
}
