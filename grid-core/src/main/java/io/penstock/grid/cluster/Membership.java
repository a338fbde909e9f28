package io.penstock.grid.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import io.penstock.grid.GridMember;
import io.penstock.grid.MembershipListener;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who holds the maps of a cluster, and those who want to know. */
final class Membership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final Cluster cluster;
    private final String gridName;
    private final Set<UUID> registrations = ConcurrentHashMap.newKeySet();

    Membership(Cluster cluster, String gridName) {
        this.cluster = cluster;
        this.gridName = gridName;
        listen(this::warnOfStranger);
    }

    List<GridMember> members() {
        return dataMembers().map(Membership::gridMember).toList();
    }

    /** For a metric. */
    int memberCount() {
        return (int) dataMembers().count();
    }

    Collection<Member> all() {
        return cluster.getMembers();
    }

    private Stream<Member> dataMembers() {
        return cluster.getMembers().stream().filter(member -> !member.isLiteMember());
    }

    private static GridMember gridMember(Member member) {
        return new GridMember(member.getUuid().toString(), ClusterVersion.address(member), member.localMember());
    }

    MembershipListener.Registration add(MembershipListener listener) {
        UUID id = listen((member, hasJoined) -> {
            try {
                listener.onChange(gridMember(member), hasJoined);
            } catch (RuntimeException | Error e) {
                LOG.error("grid '{}': a membership listener failed; it is told of the next change all the same",
                        gridName, e);
            }
        });
        return () -> remove(id);
    }

    private interface Told {
        void of(Member member, boolean hasJoined);
    }

    private UUID listen(Told told) {
        UUID id = cluster.addMembershipListener(new com.hazelcast.cluster.MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                told.of(event.getMember(), true);
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                told.of(event.getMember(), false);
            }
        });
        registrations.add(id);
        return id;
    }

    /** One that does not match closes itself, if it is a grid; if it is something else, nobody here can. */
    private void warnOfStranger(Member member, boolean hasJoined) {
        if (hasJoined && !ClusterVersion.isOurs(member)) {
            LOG.warn("grid '{}': a member at {} joined the cluster that has {}; stop it, since it will be given"
                    + " entries that it cannot work with",
                    gridName, ClusterVersion.address(member), ClusterVersion.textOf(member));
        }
    }

    private void remove(UUID id) {
        if (registrations.remove(id)) {
            cluster.removeMembershipListener(id);
        }
    }

    /** Tells nobody any more. */
    @Override
    public void close() {
        registrations.forEach(this::remove);
    }
}
