package io.penstock.dag.operator;

/** A source whose rows are functions of their index, so that a compiled loop makes them itself. */
public interface IndexedSource extends SourceOperator {

    /**
     * Decides which indices are next: {@link #index}, {@code index + stride}, ... below {@link #endIndex}.
     *
     * @param rowsMax how many of them at most
     * @return false if there are none at the moment
     */
    boolean next(int rowsMax) throws Exception;

    long index();

    long endIndex();

    long stride();

    /** Says which index is the next one now; rows before it were made. */
    void advance(long index);

    /** Whether all rows were made. */
    boolean isEnded();
}
