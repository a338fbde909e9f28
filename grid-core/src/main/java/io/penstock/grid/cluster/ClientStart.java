package io.penstock.grid.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig;
import com.hazelcast.client.config.ConnectionRetryConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import io.penstock.grid.GridException;
import io.penstock.grid.host.ClusterSettings;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Connects to a cluster, or takes a client that the application started. */
final class ClientStart {

    private static final int BACKOFF_MIN_MS = 100;
    private static final int BACKOFF_MAX_MS = 2_000;
    private static final long SILENCE_MIN_MS = 5_000;
    private static final int HEARTBEATS = 4;

    private ClientStart() {}

    /** @throws GridException if it is no client, was not prepared, or does not match its cluster */
    static HazelcastInstance given(HazelcastInstance instance) {
        if (!HazelcastClient.getAllHazelcastClients().contains(instance)) {
            throw MemberStart.bad("the instance is no client; give it to Grid.cluster, or give Grid.connect a"
                    + " client", null);
        }
        if (!PenstockHazelcast.isPrepared(instance.getConfig().getSerializationConfig())) {
            throw MemberStart.notPrepared();
        }
        return instance;
    }

    /**
     * Connects to the cluster that some of its members are of.
     *
     * @throws GridException if none of them answers in time, or they do not match; nothing of the client is left then
     */
    static HazelcastInstance start(List<String> addresses, ClusterSettings settings) {
        if (settings.findsMembers()) {
            throw MemberStart.bad("a client finds its cluster by the addresses that Grid.connect is given; leave out"
                    + " members, dns and kubernetes", null);
        }
        ClientConfig config = config(addresses, settings);
        CountDownLatch connected = new CountDownLatch(1);
        config.addListenerConfig(new ListenerConfig((LifecycleListener) event -> {
            if (event.getState() == LifecycleEvent.LifecycleState.CLIENT_CONNECTED) {
                connected.countDown();
            }
        }));
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        try {
            await(connected, addresses, config, settings);
            ClusterVersion.check(client.getCluster().getMembers(), config.getClusterName(), "this client");
            return client;
        } catch (GridException e) {
            client.shutdown();
            throw e;
        }
    }

    private static void await(
            CountDownLatch connected, List<String> addresses, ClientConfig config, ClusterSettings settings) {
        boolean inTime = false;
        String why = "answered within " + MemberStart.seconds(settings.connectTimeout()) + " (connectTimeout)";
        try {
            inTime = connected.await(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "answered before this thread was interrupted";
        }
        if (!inTime) {
            throw new GridException(
                    GridException.Code.UNAVAILABLE,
                    "Grid.connect: none of " + String.join(", ", addresses) + " " + why + " as a member of cluster '"
                            + config.getClusterName() + "'; check that a member runs there, and that its cluster's"
                            + " name is this one");
        }
    }

    static ClientConfig config(List<String> addresses, ClusterSettings settings) {
        ClientConfig config = new ClientConfig();
        if (settings.hazelcastYaml() != null) {
            config = HazelcastFile.ofClient(settings.hazelcastYaml());
            PaidFeatures.refuseIn(config, "cluster: hazelcastYaml " + settings.hazelcastYaml());
        }
        PenstockHazelcast.prepare(config);
        config.setClusterName(MemberStart.clusterName(config.getClusterName(), settings));
        config.getNetworkConfig().setAddresses(addresses);
        // The grid waits for the first connection itself, since Hazelcast has one limit for it and for all later ones,
        // after which the client ends for good. Without a connection calls fail at once, and wait in ClusterCalls.
        config.getConnectionStrategyConfig()
                .setAsyncStart(true)
                .setReconnectMode(ClientConnectionStrategyConfig.ReconnectMode.ASYNC)
                .setConnectionRetryConfig(new ConnectionRetryConfig()
                        .setClusterConnectTimeoutMillis(Long.MAX_VALUE)
                        .setInitialBackoffMillis(BACKOFF_MIN_MS)
                        .setMaxBackoffMillis(BACKOFF_MAX_MS)
                        .setMultiplier(1.5)
                        .setJitter(0.2));
        config.setProperty("hazelcast.client.invocation.timeout.seconds",
                Long.toString(Math.max(1, settings.callTimeout().toSeconds())));
        long silenceMs = Math.max(SILENCE_MIN_MS, settings.callTimeout().toMillis());
        config.setProperty("hazelcast.client.heartbeat.timeout", Long.toString(silenceMs));
        config.setProperty("hazelcast.client.heartbeat.interval", Long.toString(silenceMs / HEARTBEATS));
        config.setProperty("hazelcast.logging.type", "slf4j");
        return config;
    }
}
