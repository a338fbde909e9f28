package io.penstock.bench.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * What one JVM is to measure.
 *
 * @param warmUpMs how long to do each operation before
 * @param durationMs how long to measure each operation, at least; one fill and one scan are done in any case
 * @param writesPerSecond by a thread of its own during look-ups; 0 for none
 */
record MapOrder(
        MapSystem system,
        int threads,
        int entryCount,
        long warmUpMs,
        long durationMs,
        int writesPerSecond,
        List<MapOp> ops) {

    MapOrder {
        ops = List.copyOf(ops);
    }

    String toArgument() throws JsonProcessingException {
        return JsonMapper.builder().build().writeValueAsString(this);
    }

    static MapOrder ofArgument(String argument) throws JsonProcessingException {
        return JsonMapper.builder().build().readValue(argument, MapOrder.class);
    }

    /** Whether something is put meanwhile. */
    boolean isWrittenDuring(MapOp op) {
        return writesPerSecond > 0 && op.isLookup() && system.isConcurrent();
    }

    @Override
    public String toString() {
        return "map " + system.text() + " (" + (threads == 1 ? "1 thread" : threads + " threads") + ")";
    }
}
