package io.penstock.grid.cluster;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMember;
import io.penstock.grid.MapRef;
import io.penstock.grid.MembershipListener;
import io.penstock.grid.host.ClusterSettings;
import io.penstock.grid.host.HostContext;
import io.penstock.grid.host.HostedMap;
import io.penstock.grid.host.MapChecks;
import io.penstock.grid.host.MapHost;
import io.penstock.grid.host.MapSettings;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps on a Hazelcast cluster, of which this JVM is a member or a client. */
final class HazelcastHost implements MapHost {

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastHost.class);
    private static final long CALLS_END_MAX_NS = TimeUnit.SECONDS.toNanos(10);

    private final HostContext context;
    private final HazelcastInstance hazelcast;
    private final boolean isMember;
    private final String clusterName;
    private final CallGate gate;
    private final Membership membership;
    private final HostMeters meters;
    private final ClusterLink link;
    private final UUID lifecycle;
    /** Those of the member, which cannot be asked for any more when it was shut down; null before {@link #begin}. */
    private volatile MemberGrids memberGrids;
    /**
     * By map name: what makes the cluster ready for an open map, which a cluster that was started anew must be again.
     */
    private final Map<String, Runnable> readiness = new ConcurrentHashMap<>();

    private HazelcastHost(HostContext context, HazelcastInstance hazelcast, boolean isMember, String clusterName) {
        this.context = context;
        this.hazelcast = hazelcast;
        this.isMember = isMember;
        this.clusterName = clusterName;
        gate = new CallGate(context.cluster().callsMax(), this::makeReady);
        membership = new Membership(hazelcast.getCluster(), context.gridName());
        meters = new HostMeters(context.meterRegistry(), context.gridName(), membership, gate);
        link = new ClusterLink(
                hazelcast, isMember, context.cluster().instance() == null, clusterName, context.cluster().mapPrefix(),
                context.cluster().callTimeout());
        lifecycle = hazelcast.getLifecycleService().addLifecycleListener(this::follow);
    }

    static HazelcastHost member(HostContext context) {
        ClusterSettings settings = context.cluster();
        HazelcastInstance member = given(settings) != null
                ? MemberStart.given(given(settings))
                : MemberStart.start(settings);
        return opened(context, member, true, member.getConfig().getClusterName());
    }

    static HazelcastHost client(List<String> addresses, HostContext context) {
        ClusterSettings settings = context.cluster();
        HazelcastInstance client = given(settings) != null
                ? ClientStart.given(given(settings))
                : ClientStart.start(addresses, settings);
        return opened(context, client, false, MemberStart.clusterName("dev", settings));
    }

    /** Checks an instance of the application's, which was not checked when it started. */
    private static HazelcastHost opened(
            HostContext context, HazelcastInstance instance, boolean isMember, String clusterName) {
        ClusterVersion.check(instance.getCluster().getMembers(), clusterName, "this grid");
        return new HazelcastHost(context, instance, isMember, clusterName);
    }

    private static HazelcastInstance given(ClusterSettings settings) {
        if (settings.instance() == null || settings.instance() instanceof HazelcastInstance) {
            return (HazelcastInstance) settings.instance();
        }
        throw MemberStart.bad("the instance must be a " + HazelcastInstance.class.getName() + ", but is a "
                + settings.instance().getClass().getName(), null);
    }

    // ---- while it runs

    private void follow(LifecycleEvent event) {
        switch (event.getState()) {
            case CLIENT_DISCONNECTED -> gate.away();
            case CLIENT_CONNECTED -> gate.back();
            case SHUTTING_DOWN -> gate.end();
            default -> { }
        }
    }

    /**
     * The cluster that a client has found again may have been started anew, by another version, and without our maps.
     */
    private void makeReady() {
        ClusterVersion.check(membership.all(), clusterName, "this client");
        readiness.values().forEach(Runnable::run);
    }

    @Override
    public <K, V> HostedMap<K, V> open(MapRef<K, V> ref, MapSettings settings) {
        MapChecks<K, V> checks = new MapChecks<>(ref, context.gridName());
        ClusterCalls calls = new ClusterCalls(
                gate, "map '" + ref.name() + "'", clusterName, context.cluster().callTimeout(), checks::closed);
        ClusterMaps maps = new ClusterMaps(context, hazelcast, calls, ready -> readiness.put(ref.name(), ready));
        return maps.open(ref, settings);
    }

    @Override
    public List<GridMember> members() {
        return membership.members();
    }

    @Override
    public MembershipListener.Registration onMembershipChange(MembershipListener listener) {
        return membership.add(listener);
    }

    @Override
    public void begin(Grid grid) {
        if (isMember) {
            memberGrids = MemberGrids.of(hazelcast);
            memberGrids.add(link.mapPrefix(), grid);
        }
    }

    @Override
    public boolean isCluster() {
        return true;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.isInstance(hazelcast) ? type.cast(hazelcast) : type.isInstance(link) ? type.cast(link) : null;
    }

    @Override
    public String describe() {
        String what = (isMember ? "member" : "client") + " of cluster '" + clusterName + "'";
        if (gate.hasEnded() || gate.state() == CallGate.State.AWAY) {
            return what + (gate.hasEnded() ? ", shut down" : ", looking for it");
        }
        List<GridMember> members = members();
        String local = members.stream().filter(GridMember::isLocal).map(member -> " at " + member.address()).findFirst()
                .orElse("");
        return what + local + ", " + members.size() + (members.size() == 1 ? " member" : " members");
    }

    /** Lets calls under way end, and a member hand over its entries; each for a limited time. */
    @Override
    public void close() {
        gate.close(CALLS_END_MAX_NS);
        meters.close();
        if (memberGrids != null) {
            memberGrids.remove(context.gridName(), link.mapPrefix());
        }
        if (context.cluster().instance() == null) {
            hazelcast.shutdown();
            return;
        }
        try {
            membership.close();
            hazelcast.getLifecycleService().removeLifecycleListener(lifecycle);
        } catch (HazelcastInstanceNotActiveException | HazelcastClientNotActiveException e) {
            LOG.debug("grid '{}': the application's instance of Hazelcast was shut down before the grid was closed",
                    context.gridName(), e);
        }
    }
}
