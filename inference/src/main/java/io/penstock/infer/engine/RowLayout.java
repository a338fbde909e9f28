package io.penstock.infer.engine;

import io.penstock.infer.ModelInfo.Tensor;
import java.util.ArrayList;
import java.util.List;

/** How the rows of a batch lie in a model's input and in those of its outputs that can be read. */
public final class RowLayout {

    /** The most values that a row of an input or output may have: 256 rows of them are 64 MB. */
    public static final int COLUMNS_MAX = 65_536;

    private static final String SUPPORTED =
            "supported are one input and any outputs of type float32 and shape [?, n], or [?, n, m, ...]";

    private final Tensor input;
    private final int columnCount;
    private final List<Tensor> outputs;
    private final int[] outputColumns;

    private RowLayout(Tensor input, int columnCount, List<Tensor> outputs, int[] outputColumns) {
        this.input = input;
        this.columnCount = columnCount;
        this.outputs = List.copyOf(outputs);
        this.outputColumns = outputColumns;
    }

    /**
     * The layout of a model.
     *
     * @throws EngineException if the model is not one to score rows with; the message says why and what is supported
     */
    public static RowLayout of(Signature signature) throws EngineException {
        if (signature.inputs().size() != 1) {
            throw new EngineException("it has " + signature.inputs().size() + " inputs, " + signature.inputs() + "; "
                    + SUPPORTED);
        }
        Tensor input = signature.inputs().get(0);
        int columnCount = columnsOf(input);
        if (columnCount < 0) {
            throw new EngineException("its input is " + input + "; " + SUPPORTED
                    + ". Export the model with a free first dimension (the batch) and fixed others");
        }
        List<Tensor> readable = new ArrayList<>();
        for (Tensor output : signature.outputs()) {
            if (columnsOf(output) >= 0) {
                readable.add(output);
            }
        }
        if (readable.isEmpty()) {
            throw new EngineException("none of its outputs " + signature.outputs() + " can be read; " + SUPPORTED
                    + ". Export the model with a free first dimension (the batch) and fixed others");
        }
        int[] outputColumns = readable.stream().mapToInt(RowLayout::columnsOf).toArray();
        return new RowLayout(input, columnCount, readable, outputColumns);
    }

    /** How many values a row has, or -1 if the tensor is not float32 or does not consist of rows of one size. */
    private static int columnsOf(Tensor tensor) {
        List<Long> shape = tensor.shape();
        if (!tensor.type().equals("float32") || shape.isEmpty() || shape.get(0) != -1) {
            return -1;
        }
        long columns = 1;
        for (long size : shape.subList(1, shape.size())) {
            if (size < 1 || size > COLUMNS_MAX || columns * size > COLUMNS_MAX) {
                return -1;
            }
            columns *= size;
        }
        return (int) columns;
    }

    public Tensor input() {
        return input;
    }

    /** How many values a row of the input has. */
    public int columnCount() {
        return columnCount;
    }

    /** The outputs that can be read, in the model's order. */
    public List<Tensor> outputs() {
        return outputs;
    }

    /** How many values a row of a readable output has. */
    public int outputColumns(int ordinal) {
        return outputColumns[ordinal];
    }
}
