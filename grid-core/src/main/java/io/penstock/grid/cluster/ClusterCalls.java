package io.penstock.grid.cluster;

import java.util.function.Supplier;

/** Makes calls to the cluster, and turns Hazelcast's exceptions into the grid's. */
final class ClusterCalls {

    /** A call that changes nothing, and so may be made again. */
    <T> T read(Supplier<? extends T> call) {
        return call.get();
    }

    /** A call that may change something. */
    <T> T write(Supplier<? extends T> call) {
        return call.get();
    }
}
