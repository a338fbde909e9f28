package io.penstock.grid.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.GridException;
import io.penstock.grid.host.ClusterSettings;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Says why a member did not start, and the way out. */
final class StartFailure {

    private static final long ASK_TIME_MS = TimeUnit.SECONDS.toMillis(2);

    private StartFailure() {}

    static GridException ofMember(RuntimeException failure, ClusterSettings settings, Config config) {
        if (hasCause(failure, BindException.class)) {
            return MemberStart.bad("port " + config.getNetworkConfig().getPort() + " of "
                    + config.getNetworkConfig().getInterfaces().getInterfaces() + " is in use; choose another, or"
                    + " leave it out for the next that is free", failure);
        }
        if (settings.kubernetesService() != null && isAbout(failure, "discovery")) {
            return MemberStart.bad("kubernetes(" + settings.kubernetesNamespace() + ", " + settings.kubernetesService()
                    + ") cannot ask Kubernetes: " + deepest(failure).getMessage() + "; run in a pod with a service"
                    + " account that may read endpoints, or use dns or members", failure);
        }
        if (isAbout(failure, "Node failed to start")) {
            return refused(failure, settings, config);
        }
        return MemberStart.bad("the member could not start: " + failure.getMessage(), failure);
    }

    /** Hazelcast says in its log only why others refused a member; so look at them as a client does. */
    private static GridException refused(RuntimeException failure, ClusterSettings settings, Config config) {
        int ours = MemberStart.partitionCount(config);
        int theirs = partitionCountOf(settings.members(), config.getClusterName());
        if (theirs != 0 && theirs != ours) {
            return MemberStart.bad("the members at " + String.join(", ", settings.members()) + " have " + theirs
                    + " partitions, but this one would have " + ours + "; set partitionCount to " + theirs
                    + " here, or stop them all and start them with " + ours, failure);
        }
        return MemberStart.bad("the members of cluster '" + config.getClusterName() + "' refused this one, or it failed"
                + " while it joined; the log of com.hazelcast says why. Let all have the same partitionCount, which is "
                + ours + " here, and find each other in the same way, by members, dns or kubernetes", failure);
    }

    /** 0 if nobody answers. */
    private static int partitionCountOf(List<String> addresses, String clusterName) {
        if (addresses.isEmpty()) {
            return 0;
        }
        ClientConfig config = new ClientConfig().setClusterName(clusterName);
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.getNetworkConfig().setAddresses(addresses);
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(ASK_TIME_MS);
        HazelcastInstance client;
        try {
            client = HazelcastClient.newHazelcastClient(config);
        } catch (RuntimeException e) {
            return 0;
        }
        try {
            return client.getPartitionService().getPartitions().size();
        } catch (RuntimeException e) {
            return 0;
        } finally {
            client.shutdown();
        }
    }

    private static boolean isAbout(Throwable failure, String words) {
        return failure.getMessage() != null && failure.getMessage().contains(words);
    }

    private static boolean hasCause(Throwable failure, Class<?> type) {
        return type.isInstance(failure) || failure.getCause() != null && hasCause(failure.getCause(), type);
    }

    private static Throwable deepest(Throwable failure) {
        return failure.getCause() == null ? failure : deepest(failure.getCause());
    }
}
