package io.penstock.dag.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.Grid;
import io.penstock.grid.cluster.ClusterLink;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Members and clients of one cluster in this JVM, which no other cluster joins. */
final class TestMembers implements AutoCloseable {

    static final int PARTITION_COUNT = 31;

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String name = "jobs-" + UUID.randomUUID();
    private final List<Grid> members = new ArrayList<>();
    private final List<Grid> clients = new ArrayList<>();
    private int started;

    TestMembers(int count) {
        System.setProperty("org.slf4j.simpleLogger.log.com.hazelcast", "error");
        for (int i = 0; i < count; i++) {
            add();
        }
    }

    Grid add() {
        String[] others = members.stream().map(TestMembers::address).toArray(String[]::new);
        Grid grid = Grid.cluster(config -> config.name("member-" + started).cluster(cluster -> {
            cluster.name(name).partitionCount(PARTITION_COUNT);
            if (others.length > 0) {
                cluster.members(others);
            }
        }));
        started++;
        members.add(grid);
        return grid;
    }

    Grid client() {
        Grid client = Grid.connect("hazelcast://" + address(members.get(0)), config -> config
                .name("client-" + clients.size()).cluster(cluster -> cluster.name(name)));
        clients.add(client);
        return client;
    }

    Grid get(int index) {
        return members.get(index);
    }

    List<Grid> all() {
        return members;
    }

    /** Lets a member leave as it should. */
    void leave(Grid member) {
        members.remove(member);
        member.close();
    }

    /** Ends a member as a crash would. */
    void crash(Grid member) {
        members.remove(member);
        hazelcast(member).getLifecycleService().terminate();
        member.close();
    }

    static HazelcastInstance hazelcast(Grid grid) {
        return ClusterLink.of(grid).hazelcast();
    }

    private static String address(Grid member) {
        return member.members().stream().filter(each -> each.isLocal()).findFirst().orElseThrow().address();
    }

    /** Waits for something that others are about to do. */
    static void await(String what, BooleanSupplier condition) {
        long beganNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - beganNs > PATIENCE_NS) {
                throw new AssertionError("after 60 s still not: " + what);
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Without handing anything over, which takes seconds. */
    @Override
    public void close() {
        clients.forEach(Grid::close);
        List.copyOf(members).forEach(this::crash);
    }
}
