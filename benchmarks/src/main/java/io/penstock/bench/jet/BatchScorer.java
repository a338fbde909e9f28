package io.penstock.bench.jet;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.penstock.bench.work.Features;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scores up to 256 rows at a time in direct buffers that are used again and again. Not thread-safe. */
final class BatchScorer implements AutoCloseable {

    static final int ROWS_MAX = 256;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String input;
    private final String output;
    private final FloatBuffer features = direct(ROWS_MAX * Features.COUNT);
    private final FloatBuffer scores = direct(ROWS_MAX);

    BatchScorer() throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(Features.model(), options);
        }
        input = session.getInputNames().iterator().next();
        output = session.getOutputNames().iterator().next();
    }

    private static FloatBuffer direct(int floatCount) {
        return ByteBuffer.allocateDirect(floatCount * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    List<Float> score(List<float[]> rows) throws OrtException {
        int rowCount = rows.size();
        features.clear();
        rows.forEach(features::put);
        try (OnnxTensor in = tensor(features, rowCount, Features.COUNT);
                OnnxTensor out = tensor(scores, rowCount, 1)) {
            session.run(Map.of(input, in), Map.of(output, out)).close();
        }
        List<Float> scored = new ArrayList<>(rowCount);
        for (int row = 0; row < rowCount; row++) {
            scored.add(scores.get(row));
        }
        return scored;
    }

    private OnnxTensor tensor(FloatBuffer buffer, int rowCount, int columnCount) throws OrtException {
        return OnnxTensor.createTensor(
                environment, buffer.slice(0, rowCount * columnCount), new long[] {rowCount, columnCount});
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session of the model cannot be closed", e);
        }
    }
}
