package io.penstock.grid.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.config.Config;
import com.hazelcast.config.DiscoveryConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.ClusterConfig;
import io.penstock.grid.GridException;
import io.penstock.grid.host.ClusterSettings;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a member of a cluster in this JVM, or takes one that the application started. */
final class MemberStart {

    private static final Logger LOG = LoggerFactory.getLogger(MemberStart.class);
    private static final int DEFAULT_PORT = 5701;

    private static final String HOST = "127.0.0.1";
    /** Hazelcast's name for those who chose none. */
    private static final String NO_NAME = "dev";
    /** So long may a member that leaves hand over its entries. */
    private static final Duration LEAVE_TIME_MAX = Duration.ofMinutes(2);
    /** So often a member looks for others that it should be one cluster with. Hazelcast would first after 5 min. */
    private static final String MERGE_PERIOD_SECONDS = "30";
    /** With less, owners tell too seldom that they are still at work on a call. */
    private static final long CALL_TIMEOUT_MIN_MS = 2_500;

    private MemberStart() {}

    /** @throws GridException if it is no member, or was not prepared */
    static HazelcastInstance given(HazelcastInstance instance) {
        if (HazelcastClient.getAllHazelcastClients().contains(instance)) {
            throw bad("the instance is a client; give it to Grid.connect, or give Grid.cluster a member", null);
        }
        Config config = instance.getConfig();
        if (!PenstockHazelcast.isPrepared(config.getSerializationConfig())
                || config.getMemberAttributeConfig().getAttribute(ClusterVersion.CODEC_ATTRIBUTE) == null) {
            throw notPrepared();
        }
        PaidFeatures.refuseIn(config, "cluster: the configuration of the instance");
        return instance;
    }

    static GridException notPrepared() {
        return bad("the instance was not prepared; let its configuration go through PenstockHazelcast.prepare(...)"
                + " before it is started", null);
    }

    /**
     * Starts one, which has then joined those it found.
     *
     * @throws GridException if it cannot start, or does not match those it joined; nothing of it is left then
     */
    static HazelcastInstance start(ClusterSettings settings) {
        Config config = config(settings);
        HazelcastInstance started;
        try {
            started = Hazelcast.newHazelcastInstance(config);
        } catch (RuntimeException e) {
            throw StartFailure.ofMember(e, settings, config);
        }
        try {
            ClusterVersion.check(started.getCluster().getMembers(), config.getClusterName(),
                    "this one at " + ClusterVersion.address(started.getCluster().getLocalMember()));
        } catch (GridException e) {
            started.shutdown(); // and not terminate: it may have been given entries
            throw e;
        }
        if (settings.findsMembers() && started.getCluster().getMembers().size() == 1) {
            LOG.info("grid '{}': the member at {} found no other of cluster '{}', and looks again every {} s",
                    settings.gridName(), ClusterVersion.address(started.getCluster().getLocalMember()),
                    config.getClusterName(), MERGE_PERIOD_SECONDS);
        }
        return started;
    }

    static Config config(ClusterSettings settings) {
        Config config = new Config();
        if (settings.hazelcastYaml() != null) {
            config = HazelcastFile.ofMember(settings.hazelcastYaml());
            PaidFeatures.refuseIn(config, "cluster: hazelcastYaml " + settings.hazelcastYaml());
        }
        if (settings.partitionCount() != 0) {
            config.setProperty(PenstockHazelcast.PARTITION_COUNT, Integer.toString(settings.partitionCount()));
        }
        PenstockHazelcast.prepare(config);
        config.setClusterName(clusterName(config.getClusterName(), settings));
        long callTimeoutMs = settings.callTimeout().toMillis();
        // A call fails when its owner was silent for as long again as the call may take: together that is the timeout.
        config.setProperty("hazelcast.operation.call.timeout.millis",
                Long.toString(Math.max(CALL_TIMEOUT_MIN_MS, callTimeoutMs / 2)));
        config.setProperty("hazelcast.graceful.shutdown.max.wait", Long.toString(LEAVE_TIME_MAX.toSeconds()));
        for (String run : new String[] {"first", "next"}) {
            String delay = "hazelcast.merge." + run + ".run.delay.seconds";
            if (config.getProperty(delay) == null) {
                config.setProperty(delay, MERGE_PERIOD_SECONDS);
            }
        }
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        if (config.getAdvancedNetworkConfig().isEnabled()) {
            keepAdvancedNetwork(config, settings);
        } else {
            listen(config, settings);
            join(config.getNetworkConfig().getJoin(), settings);
        }
        return config;
    }

    /** The name that is set, else that of the file, else the grid's. */
    static String clusterName(String nameInFile, ClusterSettings settings) {
        if (settings.name() != null) {
            return settings.name();
        }
        return nameInFile.equals(NO_NAME) ? settings.gridName() : nameInFile;
    }

    private static void keepAdvancedNetwork(Config config, ClusterSettings settings) {
        if (settings.host() != null || settings.port() != 0 || settings.findsMembers()) {
            throw bad("hazelcastYaml " + settings.hazelcastYaml() + " has an advanced-network, which says where a"
                    + " member listens and whom it joins; leave out host, port, members, dns and kubernetes, or that"
                    + " section",
                    null);
        }
        neverMulticast(config.getAdvancedNetworkConfig().getJoin());
    }

    private static void listen(Config config, ClusterSettings settings) {
        NetworkConfig network = config.getNetworkConfig();
        if (settings.port() != 0) {
            network.setPort(settings.port()).setPortAutoIncrement(false);
        }
        if (settings.host() == null && settings.hazelcastYaml() != null) {
            return;
        }
        InetAddress host = local(settings.host() == null ? HOST : settings.host());
        network.getInterfaces().clear().setEnabled(true).addInterface(host.getHostAddress());
        if (host instanceof Inet6Address) {
            config.setProperty("hazelcast.prefer.ipv4.stack", "false");
        }
    }

    /** The address of a host, which must be this one. */
    private static InetAddress local(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (NetworkInterface.getByInetAddress(address) != null) {
                return address;
            }
            throw bad("host " + host + " is no address of this machine; name the one at which the others reach"
                    + " it", null);
        } catch (IOException e) {
            throw bad("host " + host + " cannot be looked up; name an address of this machine at which the others reach"
                    + " it", e);
        }
    }

    private static void join(JoinConfig join, ClusterSettings settings) {
        neverMulticast(join);
        if (settings.findsMembers()) {
            join.getAwsConfig().setEnabled(false);
            join.getAzureConfig().setEnabled(false);
            join.getGcpConfig().setEnabled(false);
            join.getEurekaConfig().setEnabled(false);
            join.setDiscoveryConfig(new DiscoveryConfig());
            join.getTcpIpConfig().setEnabled(!settings.members().isEmpty()).setMembers(settings.members());
            join.getKubernetesConfig().setEnabled(settings.members().isEmpty());
        }
        if (settings.dns() != null) {
            // Only this, of all that Hazelcast's Kubernetes plugin does, needs no Kubernetes: it looks the name up.
            join.getKubernetesConfig()
                    .setProperty("service-dns", settings.dns())
                    .setProperty("service-port", Integer.toString(port(settings)));
        } else if (settings.kubernetesService() != null) {
            join.getKubernetesConfig()
                    .setProperty("namespace", settings.kubernetesNamespace())
                    .setProperty("service-name", settings.kubernetesService());
        }
        if (!settings.findsMembers() && settings.hazelcastYaml() == null) {
            join.getTcpIpConfig().setEnabled(true); // knows nobody, and waits to be found
        }
    }

    private static int port(ClusterSettings settings) {
        return settings.port() != 0 ? settings.port() : DEFAULT_PORT;
    }

    private static void neverMulticast(JoinConfig join) {
        if (join.getMulticastConfig().isEnabled()) {
            throw bad("hazelcastYaml turns on multicast, by which members find each other that should not; leave it"
                    + " out, and name members, dns or kubernetes", null);
        }
        join.getAutoDetectionConfig().setEnabled(false);
    }

    static GridException bad(String what, Throwable cause) {
        return new GridException(GridException.Code.BAD_CONFIG, "cluster: " + what, cause);
    }

    /** The number of partitions that a configuration asks for. */
    static int partitionCount(Config config) {
        String text = config.getProperty(PenstockHazelcast.PARTITION_COUNT);
        return text == null ? ClusterConfig.DEFAULT_PARTITION_COUNT : Integer.parseInt(text.strip());
    }

    static String seconds(Duration time) {
        return TimeUnit.NANOSECONDS.toSeconds(time.toNanos()) + " s";
    }
}
