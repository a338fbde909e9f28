package io.penstock.grid.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.GridMember;
import io.penstock.grid.MapRef;
import io.penstock.grid.MembershipListener;
import io.penstock.grid.host.ClusterSettings;
import io.penstock.grid.host.HostContext;
import io.penstock.grid.host.HostedMap;
import io.penstock.grid.host.MapHost;
import io.penstock.grid.host.MapSettings;
import java.util.List;

/** Maps on a Hazelcast cluster, of which this JVM is a member or a client. */
final class HazelcastHost implements MapHost {

    private final HostContext context;
    private final HazelcastInstance hazelcast;

    private HazelcastHost(HostContext context, HazelcastInstance hazelcast) {
        this.context = context;
        this.hazelcast = hazelcast;
    }

    static HazelcastHost member(HostContext context) {
        ClusterSettings cluster = context.cluster();
        if (cluster.instance() instanceof HazelcastInstance given) {
            return new HazelcastHost(context, given);
        }
        Config config = PenstockHazelcast.prepare(new Config());
        config.setClusterName(cluster.name());
        config.setProperty("hazelcast.partition.count", Integer.toString(cluster.partitionCount()));
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.map.expiration.task.period.seconds", "1");
        config.getJetConfig().setEnabled(true);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(cluster.members());
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(cluster.host());
        if (cluster.port() != 0) {
            config.getNetworkConfig().setPort(cluster.port()).setPortAutoIncrement(false);
        }
        return new HazelcastHost(context, Hazelcast.newHazelcastInstance(config));
    }

    static HazelcastHost client(List<String> addresses, HostContext context) {
        if (context.cluster().instance() instanceof HazelcastInstance given) {
            return new HazelcastHost(context, given);
        }
        ClientConfig config = PenstockHazelcast.prepare(new ClientConfig());
        config.setClusterName(context.cluster().name());
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.getNetworkConfig().setAddresses(addresses);
        return new HazelcastHost(context, HazelcastClient.newHazelcastClient(config));
    }

    @Override
    public <K, V> HostedMap<K, V> open(MapRef<K, V> ref, MapSettings settings) {
        return new ClusterMaps(context, hazelcast, new ClusterCalls()).open(ref, settings);
    }

    @Override
    public List<GridMember> members() {
        return hazelcast.getCluster().getMembers().stream().map(HazelcastHost::member).toList();
    }

    private static GridMember member(Member member) {
        return new GridMember(
                member.getUuid().toString(), member.getAddress().getHost() + ":" + member.getAddress().getPort(),
                member.localMember());
    }

    @Override
    public MembershipListener.Registration onMembershipChange(MembershipListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.isInstance(hazelcast) ? type.cast(hazelcast) : null;
    }

    @Override
    public String describe() {
        return "cluster '" + context.cluster().name() + "'";
    }

    @Override
    public void close() {
        if (context.cluster().instance() == null) {
            hazelcast.shutdown();
        }
    }
}
