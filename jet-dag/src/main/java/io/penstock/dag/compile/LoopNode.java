package io.penstock.dag.compile;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;

/** A stage of a compiled loop, as its host knows it: the operator, and where its rows go that leave the loop. */
public interface LoopNode extends Output {

    Operator operator();

    /** The batch of the main output. */
    Batch out();

    /** Whether a batch of any output is full, so that the loop must stop after the row it is at. */
    boolean isFull();

    /** Counts rows that came in. */
    void countIn(long rows);

    /** The rows that came in since the stage was opened. */
    long eventsIn();

    /** Counts rows that went to the next stage of the loop. */
    void countOut(long rows);
}
