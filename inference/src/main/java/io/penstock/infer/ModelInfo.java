package io.penstock.infer;

import io.penstock.dag.operator.Batch;
import java.io.Serializable;
import java.util.List;

/**
 * What is known of a deployed version of a model.
 *
 * @param fromMs the event time, in ms since the epoch, from which on it was deployed to score; {@link Long#MIN_VALUE}
 *     if it was to score all events
 * @param size in bytes
 * @param sha256 of the model's bytes, in lower-case hexadecimal
 */
public record ModelInfo(
        String name,
        int version,
        long fromMs,
        int size,
        String sha256,
        List<Tensor> inputs,
        List<Tensor> outputs)
        implements Serializable {

    public ModelInfo {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The model's name and version. */
    public ModelVersion modelVersion() {
        return new ModelVersion(name, version);
    }

    /** Whether it was deployed with effect from an event time. */
    public boolean isFromATime() {
        return fromMs != Batch.NO_TIME;
    }

    /**
     * An input or an output.
     *
     * @param type of its elements in ONNX's words, such as {@code float32} or {@code int64}; or {@code sequence} or
     *     {@code map}, which have no shape
     * @param shape -1 for a dimension that is free
     */
    public record Tensor(String name, String type, List<Long> shape) implements Serializable {

        public Tensor {
            shape = List.copyOf(shape);
        }

        /** Such as {@code 'score' float32[?, 1]}. */
        @Override
        public String toString() {
            List<String> dimensions =
                    shape.stream().map(size -> size < 0 ? "?" : Long.toString(size)).toList();
            return "'" + name + "' " + type + dimensions;
        }
    }
}
