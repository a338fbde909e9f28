package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.Grid;

/** Ends members as a crash does; in this package, as no other may use Hazelcast. */
public final class Crash {

    private Crash() {}

    /** Ends a member without a word to the others; its grid stays to be closed. */
    public static void of(Grid member) {
        member.unwrap(HazelcastInstance.class).getLifecycleService().terminate();
    }
}
