package io.penstock.dag.step;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import io.penstock.dag.operator.StageException;
import io.penstock.dag.operator.StateEntry;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Reads the lines of a text file. A snapshot holds the offset of the next line, and its number for messages. */
public final class LinesSource implements SourceOperator {

    /** More would take too long for others to wait, or too much memory. */
    private static final int FILL_BYTES_MAX = 1 << 20;

    /** The only key: the source has one instance. */
    private static final String PLACE = "place";

    private record Place(long offset, long line) implements Serializable {}

    private final String path;
    private OperatorContext context;
    private LineReader reader;
    /** Null if nothing was restored. */
    private Place restored;
    private boolean begun;
    private boolean ended;

    public LinesSource(String path) {
        this.path = path;
    }

    @Override
    public boolean isCooperative() {
        return false;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
        try {
            reader = LineReader.open(path);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean fill(Output output) {
        try {
            begin();
            long bytesMax = reader.offset() + FILL_BYTES_MAX;
            for (int rows = 0; !ended && rows < Batch.CAPACITY && reader.offset() < bytesMax; rows++) {
                String line = reader.next();
                if (line == null) {
                    ended = true;
                } else {
                    output.emit(Batch.NO_TIME, line);
                }
            }
            return !ended;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Known only now: whether the job goes on from a snapshot, and where in the file. */
    private void begin() throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        if (restored != null) {
            reader.goOnAt(restored.offset, restored.line);
        } else {
            ended = context.isRestored();
        }
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        try {
            begin();
        } catch (IOException e) {
            throw failed(e);
        }
        return ended
                ? Collections.emptyIterator()
                : List.of(new StateEntry(PLACE, new Place(reader.offset(), reader.line()))).iterator();
    }

    @Override
    public void restore(Object key, Object value) {
        restored = (Place) value;
    }

    private StageException failed(IOException e) {
        return new StageException(context.stage(), e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
