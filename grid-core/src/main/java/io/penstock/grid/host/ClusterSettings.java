package io.penstock.grid.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a member or a client finds its cluster and talks to it; {@link io.penstock.grid.ClusterConfig} says what each is.
 *
 * @param name of the cluster
 * @param port 0 for the default, 5701, or the next that is free
 * @param dns null for none
 * @param kubernetesNamespace null for none
 * @param kubernetesService null for none
 * @param hazelcastYaml null for none
 * @param instance a Hazelcast instance of the application; null for one of the grid's own
 */
public record ClusterSettings(
        String name, String host, int port, List<String> members, String dns, String kubernetesNamespace,
        String kubernetesService, int partitionCount, String mapPrefix, Duration callTimeout, Duration connectTimeout,
        Path hazelcastYaml, Object instance) {}
