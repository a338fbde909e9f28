package io.penstock.bench.map;

import java.util.List;

/** What was measured in one JVM. */
record MapFigures(Bytes bytes, List<OfOp> ops) {

    /**
     * Bytes of heap per entry.
     *
     * @param added by filling the map with keys and values that were there before
     * @param key of a key that was there before
     * @param item of a value that was there before
     */
    record Bytes(double added, double key, double item) {}

    /**
     * One operation.
     *
     * @param writesPerSecond that were done meanwhile
     * @param fault what is wrong with the results, or null
     */
    record OfOp(MapOp op, Timing timing, double writesPerSecond, String fault) {

        /** Operations per second. */
        double rate() {
            return timing.count() * 1e9 / Math.max(1, timing.wallNs());
        }

        double cpuNs() {
            return (double) timing.cpuNs() / Math.max(1, timing.count());
        }

        boolean hasRightAnswer() {
            return fault == null;
        }
    }

    MapFigures {
        ops = List.copyOf(ops);
    }
}
