package io.penstock.infer;

import io.penstock.infer.ModelException.Code;
import io.penstock.infer.engine.EngineException;
import io.penstock.infer.engine.FunctionModel;
import io.penstock.infer.engine.RowLayout;
import io.penstock.infer.engine.Scorer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows for one version of a model: filled one by one as {@link Row}, scored together, read one by one as
 * {@link Scores}. Recycled. Not thread-safe; its user holds the version while it scores.
 *
 * <p>Not final for {@link FunctionRows}, the rows of tests.
 */
class RowBatch implements Row, Scores, AutoCloseable {

    private final LoadedVersion version;
    private final RowLayout layout;
    private final int columnCount;
    private final String[] outputNames;
    private final Scorer scorer;
    private final float[] input;
    private final ModelException[] failures;
    /** For rows one by one; made when a batch fails. */
    private Scorer single;

    private int rowCount;
    private int base;
    private int putCount;
    /** The first column that is not finite, or -1. */
    private int notFinite;
    /** The row that these scores are of; -1 before the first. */
    private int readRow = -1;

    RowBatch(LoadedVersion version, int rowsMax) throws EngineException {
        this.version = version;
        layout = RowLayout.of(version.model().signature());
        columnCount = layout.columnCount();
        // Interned, as are the constants that users ask with: most look-ups are one comparison of references.
        outputNames = layout.outputs().stream().map(output -> output.name().intern()).toArray(String[]::new);
        scorer = version.model().newScorer(rowsMax);
        input = scorer.input();
        failures = new ModelException[rowsMax];
    }

    static RowBatch of(LoadedVersion version, int rowsMax) throws EngineException {
        return version.model() instanceof FunctionModel function
                ? new FunctionRows(version, function)
                : new RowBatch(version, rowsMax);
    }

    LoadedVersion version() {
        return version;
    }

    int rowCount() {
        return rowCount;
    }

    /** Forgets all rows. */
    void clear() {
        Arrays.fill(failures, 0, rowCount, null);
        rowCount = 0;
        readRow = -1;
    }

    void beginRow() {
        base = rowCount * columnCount;
        putCount = 0;
        notFinite = -1;
    }

    /** Adds the row that was begun, unless it is refused; then the answer says why. */
    String endRow() {
        if (putCount != columnCount) {
            return version.info().modelVersion() + " wants input " + layout.input() + ", but the mapping fills "
                    + putCount + " columns, not " + columnCount;
        }
        if (notFinite >= 0) {
            return notFinite(notFinite, input[base + notFinite]);
        }
        rowCount++;
        return null;
    }

    final String notFinite(int column, float value) {
        return version.info().modelVersion() + " wants finite numbers in input " + layout.input() + ", but column "
                + column + " (from 0) is " + (Float.isNaN(value) ? "NaN" : "infinite")
                + " as a float32; put a value that the model was trained with for what is missing";
    }

    @Override
    public Row put(float value) {
        int column = putCount++;
        if (column < columnCount) {
            input[base + column] = value;
            if (!(Math.abs(value) <= Float.MAX_VALUE) && notFinite < 0) {
                notFinite = column;
            }
        }
        return this;
    }

    /** Scores all rows; if they fail together, one by one, so that only those fail that must. */
    void score() {
        long startNs = System.nanoTime();
        int failedCount = 0;
        try {
            scorer.score(rowCount);
        } catch (EngineException e) {
            failedCount = rowCount == 1 ? failed(0, e) : scoreOneByOne();
        }
        version.meters().ran(rowCount - failedCount, System.nanoTime() - startNs);
        version.meters().failed(failedCount);
    }

    private int scoreOneByOne() {
        int failedCount = 0;
        for (int row = 0; row < rowCount; row++) {
            try {
                if (single == null) {
                    single = version.model().newScorer(1);
                }
                System.arraycopy(input, row * columnCount, single.input(), 0, columnCount);
                single.score(1);
                for (int i = 0; i < outputNames.length; i++) {
                    int columns = layout.outputColumns(i);
                    System.arraycopy(single.output(i), 0, scorer.output(i), row * columns, columns);
                }
            } catch (EngineException e) {
                failedCount += failed(row, e);
            }
        }
        return failedCount;
    }

    private int failed(int row, EngineException e) {
        failures[row] = new ModelException(
                Code.RUN_FAILED, version.info().modelVersion() + " failed to score a row: " + e.getMessage(), e);
        return 1;
    }

    /** These scores are those of the next row from now on; at first, those of the first. */
    RowBatch next() {
        readRow++;
        return this;
    }

    /** Why this row was not scored, or null if it was. */
    ModelException failure() {
        return failures[readRow];
    }

    @Override
    public float f32(String output) {
        int ordinal = ordinalOf(output);
        if (layout.outputColumns(ordinal) != 1) {
            throw new IllegalArgumentException(version.info().modelVersion() + ": output " + layout.outputs().get(ordinal)
                    + " has " + layout.outputColumns(ordinal) + " values per row; use f32(output, index)");
        }
        return scorer.output(ordinal)[readRow];
    }

    @Override
    public float f32(String output, int index) {
        int ordinal = ordinalOf(output);
        int columns = layout.outputColumns(ordinal);
        if (index < 0 || index >= columns) {
            throw new IllegalArgumentException(version.info().modelVersion() + ": output " + layout.outputs().get(ordinal)
                    + " has the indexes 0 to " + (columns - 1) + ", not " + index);
        }
        return scorer.output(ordinal)[readRow * columns + index];
    }

    private int ordinalOf(String output) {
        for (int i = 0; i < outputNames.length; i++) {
            if (outputNames[i] == output) {
                return i;
            }
        }
        for (int i = 0; i < outputNames.length; i++) {
            if (outputNames[i].equals(output)) {
                return i;
            }
        }
        throw new IllegalArgumentException(version.info().modelVersion() + " has no float32 output '" + output
                + "' to read; its outputs are " + version.info().outputs());
    }

    @Override
    public int modelVersion() {
        return version.info().version();
    }

    @Override
    public String modelName() {
        return version.info().name();
    }

    /** A copy of what the model said about this row, by output. */
    Map<String, float[]> outputs() {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (int i = 0; i < outputNames.length; i++) {
            int columns = layout.outputColumns(i);
            values.put(outputNames[i], Arrays.copyOfRange(scorer.output(i), readRow * columns, (readRow + 1) * columns));
        }
        return values;
    }

    @Override
    public void close() {
        scorer.close();
        if (single != null) {
            single.close();
        }
    }
}
