package io.penstock.dag.compile;

import io.penstock.dag.Traverser;
import io.penstock.dag.operator.AroundRows;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.IndexedSource;
import io.penstock.dag.operator.LookUpRows;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import io.penstock.dag.operator.TimedRows;
import io.penstock.dag.operator.WindowRows;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * One instance of a chain of stages, run as a loop over rows. What is generated is {@link #run}; this class keeps what
 * survives from one call to the next.
 *
 * <p>A loop that has no room for more rows, or has made many, stops, and goes on with the next call. Not thread-safe.
 */
public abstract class RowLoop {

    /** So many rows of a source are made by one call at most, if there is room for what they become. */
    public static final int SOURCE_ROWS_MAX = 1024;

    /** So many items of a {@code flatMap} are made by one call at most, lest it takes long. */
    protected static final int ITEMS_MAX = 16_384;

    private final LoopNode[] nodes;
    /** By stage: the operator that its form is about. */
    private final Operator[] operators;
    /** How many rows were taken from batches or made by a source. */
    private long rowsTaken;

    /** Whether a batch, or a run of a source, has been begun and not ended. */
    protected boolean begun;
    /** The next row of the batch. */
    protected int row;
    /** The next index of the source. */
    protected long index;
    /** The newest time so far less the allowed lag, if a stage of the loop gives rows their time. */
    protected long newestMs;
    /** How many rows had got their time when the last batch ended. */
    private long timedBefore;
    /** The items of an event of which some are left, or null; and that event, and its time. */
    protected Traverser<?> items;
    protected Object itemsEvent;
    protected long itemsTimeMs;

    /** By row: the keys to look up; which of the two is used depends on their type. */
    protected long[] longKeys;
    protected Object[] keys;
    protected Object[] values;
    private boolean[] isKeyless;
    private boolean isAnyKeyless;
    private boolean[] isGivenUp;

    protected RowLoop(List<? extends LoopNode> nodes) {
        this.nodes = nodes.toArray(LoopNode[]::new);
        operators = nodes.stream()
                .map(LoopNode::operator)
                .map(operator -> operator instanceof AroundRows around ? around.inner() : operator)
                .toArray(Operator[]::new);
    }

    /**
     * Runs the loop over the rows of a batch, or over the next rows of the source if it begins with one.
     *
     * @param batch the same on every call until the answer is true; null for a source
     * @return false if it has stopped before the end, for want of room or of time
     * @throws Exception what a function has thrown whose stage has no policy, such as a source's
     */
    public abstract boolean run(Batch batch) throws Exception;

    /** Makes room for a batch of keys. */
    protected final void useKeys(boolean areLong) {
        if (areLong) {
            longKeys = new long[Batch.CAPACITY];
        } else {
            keys = new Object[Batch.CAPACITY];
        }
        values = new Object[Batch.CAPACITY];
        isKeyless = new boolean[Batch.CAPACITY];
        isGivenUp = new boolean[Batch.CAPACITY];
    }

    /** Looks up the keys of a batch, which are long. */
    protected final void findAllLongs(LookUpRows lookUp, int count) {
        if (!isAnyKeyless) {
            lookUp.findAllLongs(longKeys, count, values);
            return;
        }
        for (int i = 0; i < count; i++) {
            values[i] = isKeyless[i] ? findWithoutKey(lookUp, i) : lookUp.findLong(longKeys[i]);
        }
        lookUp.endRows(count - givenUpCount(count));
    }

    /** Looks up the keys of a batch. */
    protected final void findAll(LookUpRows lookUp, int count) {
        if (!isAnyKeyless) {
            lookUp.findAll(keys, count, values);
            return;
        }
        for (int i = 0; i < count; i++) {
            values[i] = isKeyless[i] ? findWithoutKey(lookUp, i) : lookUp.find(keys[i]);
        }
        lookUp.endRows(count - givenUpCount(count));
    }

    private int givenUpCount(int count) {
        int givenUp = 0;
        for (int i = 0; i < count; i++) {
            givenUp += isGivenUp[i] ? 1 : 0;
        }
        return givenUp;
    }

    private Object findWithoutKey(LookUpRows lookUp, int ofRow) {
        return isGivenUp[ofRow] ? null : lookUp.findWithoutKey();
    }

    /** Forgets the batch that was looked up. */
    protected final void endBatch(int count) {
        Arrays.fill(values, 0, count, null);
        if (keys != null) {
            Arrays.fill(keys, 0, count, null);
        }
        if (isAnyKeyless) {
            Arrays.fill(isKeyless, false);
            Arrays.fill(isGivenUp, false);
            isAnyKeyless = false;
        }
    }

    /** A row of the batch has no key. */
    final void keyless(int keylessRow, boolean wasGivenUp) {
        isAnyKeyless = true;
        isKeyless[keylessRow] = true;
        isGivenUp[keylessRow] = wasGivenUp;
    }

    final boolean isGivenUp(int ofRow) {
        return isGivenUp[ofRow];
    }

    /** The key of a row of the batch, or null. */
    protected final Object keyOf(int ofRow) {
        if (isKeyless[ofRow]) {
            return null;
        }
        return keys != null ? keys[ofRow] : (Object) longKeys[ofRow];
    }

    protected final Operator operator(int stage) {
        return operators[stage];
    }

    /**
     * Does something about a row that does not go on.
     *
     * @param rest does it, with the event of the row, and with where to emit to and give up
     * @return whether the loop must stop after it
     */
    final boolean leave(int stage, Object ofRow, BiConsumer<Object, Output> rest) {
        LoopNode node = nodes[stage];
        if (node.operator() instanceof AroundRows around) {
            around.leave(ofRow, node, rest);
        } else {
            rest.accept(ofRow, node);
        }
        return node.isFull();
    }

    /** The batch of the last stage's main output. */
    protected final Batch out() {
        return nodes[nodes.length - 1].out();
    }

    /** Which stage an exception comes out of: the lines of a loop are its stages. */
    public final int stageOf(Throwable failure) {
        return stageOf(failure.getStackTrace());
    }

    /** Which stage runs in a thread with this stack; 0 if this loop does not. */
    public final int stageOf(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().equals(getClass().getName()) && frame.getLineNumber() > 0) {
                return Math.min(frame.getLineNumber(), nodes.length) - 1;
            }
        }
        return 0;
    }

    /** Counts the rows that a stage has taken, or that a source has made. */
    protected final void count(int stage, long rows) {
        if (stage > 0) {
            nodes[stage - 1].countOut(rows);
        } else {
            rowsTaken += rows;
        }
        if (!(nodes[stage].operator() instanceof SourceOperator)) {
            nodes[stage].countIn(rows);
        }
    }

    /** How many rows were taken from batches or made by a source so far. */
    public final long rowsTaken() {
        return rowsTaken;
    }

    /** Sends the watermark that the rows have brought. */
    protected final void advance(int stage, TimedRows timed) {
        LoopNode node = nodes[stage];
        timed.advance(newestMs, node.eventsIn() != timedBefore, node);
        timedBefore = node.eventsIn();
    }

    /** Ends the rows of a window. */
    protected final void afterRows(int stage, WindowRows window) {
        window.afterRows(nodes[stage]);
    }

    /** Decides which rows of a source are next. */
    protected final boolean next(IndexedSource source, int rowsMax) throws Exception {
        return source.next(rowsMax);
    }
}
