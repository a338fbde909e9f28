package io.penstock.bench.penstock;

import io.penstock.bench.work.Answer;
import io.penstock.dag.Pipeline;
import io.penstock.grid.Grid;

/** A workload as a pipeline, the data that it looks up, and the map that its results go to. */
interface GridWork {

    /** Fills the maps that the pipeline looks up. */
    default void load(Grid grid) {}

    /** The pipeline over the first {@code count} events. */
    Pipeline pipeline(long count);

    /** The answer that the results in the grid come to; removes them. */
    Answer takeAnswer(Grid grid);
}
