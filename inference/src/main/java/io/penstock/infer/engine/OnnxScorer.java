package io.penstock.infer.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.penstock.infer.ModelInfo.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores with one direct buffer for the input and one for each output, which ONNX Runtime reads from and writes to
 * without a copy of its own; four times as fast as handing it arrays.
 *
 * <p>A tensor has a fixed number of rows, so there is one set of tensors over the same buffers for each number of rows
 * that has come, at most {@code rowsMax} of them.
 */
final class OnnxScorer implements Scorer {

    /** Views of the buffers that are as long as a number of rows. */
    private record Tensors(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {

        void close() {
            inputs.values().forEach(OnnxTensor::close);
            outputs.values().forEach(OnnxTensor::close);
        }
    }

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final RowLayout layout;

    private final float[] input;
    private final float[][] outputs;
    private final FloatBuffer inputBuffer;
    private final List<FloatBuffer> outputBuffers = new ArrayList<>();
    /** By number of rows - 1; made when needed. */
    private final Tensors[] tensors;
    private boolean closed;

    OnnxScorer(OrtEnvironment environment, OrtSession session, RowLayout layout, int rowsMax) {
        this.environment = environment;
        this.session = session;
        this.layout = layout;
        input = new float[rowsMax * layout.columnCount()];
        inputBuffer = directBuffer(input.length);
        outputs = new float[layout.outputs().size()][];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = new float[rowsMax * layout.outputColumns(i)];
            outputBuffers.add(directBuffer(outputs[i].length));
        }
        tensors = new Tensors[rowsMax];
    }

    private static FloatBuffer directBuffer(int valueCount) {
        return ByteBuffer.allocateDirect(valueCount * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public float[] input() {
        return input;
    }

    @Override
    public float[] output(int ordinal) {
        return outputs[ordinal];
    }

    @Override
    public void score(int rowCount) throws EngineException {
        if (closed) {
            throw new IllegalStateException("the scorer is closed");
        }
        inputBuffer.put(0, input, 0, rowCount * layout.columnCount());
        try {
            Tensors ofCount = tensors(rowCount);
            session.run(ofCount.inputs, ofCount.outputs).close();
        } catch (OrtException | RuntimeException e) {
            throw OnnxEngine.failed(e);
        }
        for (int i = 0; i < outputs.length; i++) {
            outputBuffers.get(i).get(0, outputs[i], 0, rowCount * layout.outputColumns(i));
        }
    }

    private Tensors tensors(int rowCount) throws OrtException {
        Tensors made = tensors[rowCount - 1];
        if (made != null) {
            return made;
        }
        made = new Tensors(new LinkedHashMap<>(), new LinkedHashMap<>());
        try {
            made.inputs.put(layout.input().name(), tensor(layout.input(), inputBuffer, rowCount, layout.columnCount()));
            for (int i = 0; i < outputs.length; i++) {
                Tensor output = layout.outputs().get(i);
                made.outputs.put(
                        output.name(), tensor(output, outputBuffers.get(i), rowCount, layout.outputColumns(i)));
            }
        } catch (OrtException | RuntimeException e) {
            made.close();
            throw e;
        }
        tensors[rowCount - 1] = made;
        return made;
    }

    private OnnxTensor tensor(Tensor of, FloatBuffer buffer, int rowCount, int columnCount) throws OrtException {
        long[] shape = of.shape().stream().mapToLong(Long::longValue).toArray();
        shape[0] = rowCount;
        return OnnxTensor.createTensor(environment, buffer.duplicate().limit(rowCount * columnCount), shape);
    }

    /** Frees the tensors; the buffers go with the garbage. */
    @Override
    public void close() {
        closed = true;
        for (int i = 0; i < tensors.length; i++) {
            if (tensors[i] != null) {
                tensors[i].close();
                tensors[i] = null;
            }
        }
    }
}
