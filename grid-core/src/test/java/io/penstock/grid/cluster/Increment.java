package io.penstock.grid.cluster;

import io.penstock.grid.UpdateFunction;

/** A function that adds one, and has a state. Also loaded by a throw-away loader, under another name. */
public final class Increment implements UpdateFunction<Integer> {

    private static final long serialVersionUID = 1L;

    private int step = 1;

    /** For reflection. */
    public Increment() {}

    @Override
    public Integer apply(Integer before) {
        return before == null ? step : before + step;
    }
}
