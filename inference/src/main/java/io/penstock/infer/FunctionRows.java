package io.penstock.infer;

import io.penstock.infer.ModelException.Code;
import io.penstock.infer.engine.EngineException;
import io.penstock.infer.engine.FunctionModel;
import io.penstock.infer.engine.RowLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Rows for a model that is a function: of any length, scored one by one, with the outputs that the function names. */
final class FunctionRows extends RowBatch {

    private final FunctionModel model;
    private final List<float[]> rows = new ArrayList<>();
    private final List<Object> results = new ArrayList<>(); // a Map<String, float[]>, or a ModelException
    private float[] values = new float[16];
    private int valueCount;
    /** The row that these scores are of; -1 before the first. */
    private int readRow = -1;

    FunctionRows(LoadedVersion version, FunctionModel model) throws EngineException {
        super(version, 1);
        this.model = model;
    }

    @Override
    int rowCount() {
        return rows.size();
    }

    @Override
    void clear() {
        rows.clear();
        results.clear();
        readRow = -1;
    }

    @Override
    void beginRow() {
        valueCount = 0;
    }

    @Override
    public Row put(float value) {
        if (valueCount == RowLayout.COLUMNS_MAX) {
            throw new IllegalArgumentException(
                    version().info().modelVersion() + " takes up to " + RowLayout.COLUMNS_MAX + " values a row");
        }
        if (valueCount == values.length) {
            values = Arrays.copyOf(values, 2 * valueCount);
        }
        values[valueCount++] = value;
        return this;
    }

    @Override
    String endRow() {
        for (int column = 0; column < valueCount; column++) {
            if (!Float.isFinite(values[column])) {
                return notFinite(column, values[column]);
            }
        }
        rows.add(Arrays.copyOf(values, valueCount));
        return null;
    }

    @Override
    void score() {
        long startNs = System.nanoTime();
        int failedCount = 0;
        for (float[] row : rows) {
            try {
                results.add(model.scoreRow(row));
            } catch (Exception e) {
                failedCount++;
                results.add(new ModelException(
                        Code.RUN_FAILED, version().info().modelVersion() + " failed to score a row: " + e, e));
            }
        }
        version().meters().ran(rows.size() - failedCount, System.nanoTime() - startNs);
        version().meters().failed(failedCount);
    }

    @Override
    RowBatch next() {
        readRow++;
        return this;
    }

    @Override
    ModelException failure() {
        return results.get(readRow) instanceof ModelException failure ? failure : null;
    }

    @Override
    public float f32(String output) {
        float[] found = values(output);
        if (found.length != 1) {
            throw new IllegalArgumentException(version().info().modelVersion() + ": output '" + output + "' has "
                    + found.length + " values per row; use f32(output, index)");
        }
        return found[0];
    }

    @Override
    public float f32(String output, int index) {
        float[] found = values(output);
        if (index < 0 || index >= found.length) {
            throw new IllegalArgumentException(version().info().modelVersion() + ": output '" + output
                    + "' has the indexes 0 to " + (found.length - 1) + ", not " + index);
        }
        return found[index];
    }

    private float[] values(String output) {
        Map<String, float[]> outputs = outputs();
        float[] found = outputs.getOrDefault(output, outputs.get(FunctionModel.ANY_OUTPUT));
        if (found == null) {
            throw new IllegalArgumentException(version().info().modelVersion() + " has no output '" + output
                    + "' to read; its function gave " + new TreeSet<>(outputs.keySet()));
        }
        return found;
    }

    @Override
    @SuppressWarnings("unchecked")
    Map<String, float[]> outputs() {
        return (Map<String, float[]>) results.get(readRow);
    }
}
