package io.penstock.grid.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a member or a client finds its cluster and talks to it; {@link io.penstock.grid.ClusterConfig} says what each is.
 *
 * @param name of the cluster; null if it is not set
 * @param gridName the name unless another is set, here or in the file
 * @param host null if it is not set
 * @param port 0 if it is not set
 * @param dns null for none
 * @param kubernetesNamespace null for none
 * @param kubernetesService null for none
 * @param partitionCount 0 if it is not set
 * @param hazelcastYaml null for none
 * @param instance a Hazelcast instance of the application; null for one of the grid's own
 */
public record ClusterSettings(
        String name, String gridName, String host, int port, List<String> members, String dns,
        String kubernetesNamespace, String kubernetesService, int partitionCount, String mapPrefix,
        Duration callTimeout, Duration connectTimeout, int callsMax, Path hazelcastYaml, Object instance) {

    /** Whether it says where the members are. */
    public boolean findsMembers() {
        return !members.isEmpty() || dns != null || kubernetesService != null;
    }
}
