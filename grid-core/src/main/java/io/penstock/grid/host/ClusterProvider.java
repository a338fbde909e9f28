package io.penstock.grid.host;

import java.util.List;

/** Makes the hosts that need a library which is not on every class path; found by {@link java.util.ServiceLoader}. */
public interface ClusterProvider {

    /**
     * Starts a member of a cluster in this JVM.
     *
     * @throws io.penstock.grid.GridException if it cannot start or join; nothing of it is left then
     */
    MapHost member(HostContext context);

    /**
     * Connects to a cluster as a client.
     *
     * @param addresses of some members, as host or host:port
     * @throws io.penstock.grid.GridException if no member of the cluster can be reached, or it does not match
     */
    MapHost client(List<String> addresses, HostContext context);
}
