package io.penstock.infer.engine;

import io.penstock.infer.ModelInfo.Tensor;
import java.util.List;

/** The inputs and outputs of a model, in its order. */
public record Signature(List<Tensor> inputs, List<Tensor> outputs) {

    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
