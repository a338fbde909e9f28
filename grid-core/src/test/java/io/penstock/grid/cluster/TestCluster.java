package io.penstock.grid.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.Grid;
import io.penstock.grid.GridConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** Members and clients of one cluster in this JVM, on loopback and free ports, which no other cluster joins. */
final class TestCluster implements AutoCloseable {

    static final int PARTITION_COUNT = 11;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final int partitionCount;
    private final List<HazelcastInstance> members = new ArrayList<>();
    private final List<Runnable> opened = new ArrayList<>();
    private final Consumer<GridConfig> settings;

    /** A member or a client, and the grid on it. */
    record Node(HazelcastInstance hazelcast, Grid grid, int port) {

        /** Ends it as a crash would. */
        void crash() {
            hazelcast.getLifecycleService().terminate();
        }
    }

    /** @param settings of each grid */
    TestCluster(Consumer<GridConfig> settings) {
        this("follow", PARTITION_COUNT, settings);
    }

    /** @param settings of each grid */
    TestCluster(String name, int partitionCount, Consumer<GridConfig> settings) {
        this.name = name + "-" + UUID.randomUUID();
        this.partitionCount = partitionCount;
        this.settings = settings;
    }

    Node member() {
        return member(0, addresses());
    }

    /** A member that looks for another at this port only. */
    Node memberLookingFor(int port) {
        return member(0, List.of("127.0.0.1:" + port));
    }

    /** A member at this port that joins another. */
    Node memberAtPort(int port, Node other) {
        return member(port, List.of("127.0.0.1:" + other.port()));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A member where a client of the other's looks for one. */
    Node memberAtTheSamePort(Node other) {
        return member(other.port(), addresses());
    }

    private Node member(int port, List<String> addresses) {
        Config config = PenstockHazelcast.prepare(new Config());
        config.setClusterName(name);
        config.setProperty("hazelcast.partition.count", Integer.toString(partitionCount));
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.operation.thread.count", "2");
        config.setProperty("hazelcast.operation.generic.thread.count", "2");
        config.setProperty("hazelcast.map.expiration.task.period.seconds", "1");
        config.setProperty("hazelcast.map.expiration.task.cleanup.operation.count", Integer.toString(partitionCount));
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "2");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "2");
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(addresses).setConnectionTimeoutSeconds(1);
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
        opened.add(() -> member.getLifecycleService().terminate());
        members.add(member);
        return node(member, member.getCluster().getLocalMember().getAddress().getPort(), Grid::cluster);
    }

    Node client() {
        ClientConfig config = PenstockHazelcast.prepare(new ClientConfig());
        config.setClusterName(name);
        config.setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig().setAddresses(addresses());
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(-1)
                .setInitialBackoffMillis(100).setMaxBackoffMillis(500);
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        opened.add(client::shutdown);
        return node(client, 0, grid -> Grid.connect("hazelcast://any", grid));
    }

    private Node node(HazelcastInstance hazelcast, int port, Function<Consumer<GridConfig>, Grid> start) {
        Grid grid = start.apply(config -> {
            config.name("follow").cluster(c -> c.instance(hazelcast).callTimeout(Duration.ofSeconds(10)));
            settings.accept(config);
        });
        opened.add(grid::close);
        return new Node(hazelcast, grid, port);
    }

    private List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (HazelcastInstance member : members) {
            if (member.getLifecycleService().isRunning()) {
                addresses.add("127.0.0.1:" + member.getCluster().getLocalMember().getAddress().getPort());
            }
        }
        return addresses;
    }

    static void eventually(String claim, BooleanSupplier holds) {
        long startNs = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - startNs > PATIENCE.toNanos()) {
                throw new AssertionError("expected " + claim + ", but not so after " + PATIENCE);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).run();
        }
    }
}
