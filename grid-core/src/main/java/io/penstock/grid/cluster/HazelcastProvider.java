package io.penstock.grid.cluster;

import io.penstock.grid.host.ClusterProvider;
import io.penstock.grid.host.HostContext;
import io.penstock.grid.host.MapHost;
import java.util.List;

/** Starts members and clients of Hazelcast. */
public final class HazelcastProvider implements ClusterProvider {

    @Override
    public MapHost member(HostContext context) {
        return HazelcastHost.member(context);
    }

    @Override
    public MapHost client(List<String> addresses, HostContext context) {
        return HazelcastHost.client(addresses, context);
    }
}
