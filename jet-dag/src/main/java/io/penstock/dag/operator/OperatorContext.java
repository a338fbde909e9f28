package io.penstock.dag.operator;

import io.penstock.dag.Tag;
import io.penstock.grid.Grid;

/** What an operator may know of its surroundings. */
public interface OperatorContext {

    Grid grid();

    String job();

    String stage();

    /** Which of the stage's instances this is, from 0. */
    int instance();

    int instanceCount();

    /**
     * The ordinal of a side output that the stage has declared.
     *
     * @throws IllegalArgumentException if it has not
     */
    int output(Tag<?> tag);

    /** A counter of this instance, such as {@code late}; the same one for the same name. */
    StageCounter counter(String name);
}
