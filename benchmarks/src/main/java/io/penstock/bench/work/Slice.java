package io.penstock.bench.work;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The events {@code from} to {@code to - 1} of a workload. */
public record Slice(long from, long to) implements Serializable {

    /** The first {@code count} events in that many slices, one after the other, whose sizes differ by one at most. */
    public static List<Slice> cut(long count, int sliceCount) {
        List<Slice> slices = new ArrayList<>();
        long from = 0;
        for (int slice = 0; slice < sliceCount; slice++) {
            long to = from + count / sliceCount + (slice < count % sliceCount ? 1 : 0);
            slices.add(new Slice(from, to));
            from = to;
        }
        return slices;
    }

    public long size() {
        return to - from;
    }
}
