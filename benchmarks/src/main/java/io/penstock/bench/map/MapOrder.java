package io.penstock.bench.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * What one JVM is to measure.
 *
 * @param members of the cluster, this JVM included if it is one; 0 if there is none
 * @param warmUpMs how long to do each operation before
 * @param durationMs how long to measure each operation, at least; one fill and one scan are done in any case
 * @param writesPerSecond by a thread of its own during look-ups; 0 for none
 */
record MapOrder(
        MapHost host,
        int members,
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

    /** Whether the system has an operation there. */
    boolean has(MapOp op) {
        return system.has(host, op);
    }

    /** Whether something is put meanwhile. */
    boolean isWrittenDuring(MapOp op) {
        return writesPerSecond > 0 && op.isLookup() && system.isConcurrent();
    }

    /** By how much fewer entries are filled in one by one and looked at for a check, so that a run ends in time. */
    int slowness() {
        return host.isCluster() || system == MapSystem.IMAP ? 20 : 1;
    }

    @Override
    public String toString() {
        return "map " + system.text() + where() + " (" + (threads == 1 ? "1 thread" : threads + " threads") + ")";
    }

    /** Nothing for an embedded map. */
    String where() {
        String size = members == 1 ? "1 member" : members + " members";
        return switch (host) {
            case EMBEDDED -> "";
            case CLUSTER -> " on a cluster of " + size;
            case CLIENT -> " as a client of " + size;
        };
    }
}
