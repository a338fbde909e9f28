package io.penstock.bench.run;

import java.util.Collection;
import java.util.List;

/** Medians, the mean of the middle two of an even number. */
public final class Medians {

    private Medians() {}

    /** NaN of no values. */
    public static double of(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        return size == 0 ? Double.NaN : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }
}
