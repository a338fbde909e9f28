package io.penstock.grid.cluster;

import io.penstock.grid.ClusterConfig;
import io.penstock.grid.Grid;
import io.penstock.grid.GridConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Grids of one cluster that start as an application starts them, on loopback and free ports; closed last first. */
final class StartedGrids implements AutoCloseable {

    static final int PARTITION_COUNT = 11;
    /** Short, for tests of what happens when it has passed. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name = "start-" + UUID.randomUUID();
    private final Deque<Runnable> opened = new ArrayDeque<>();

    String name() {
        return name;
    }

    /** A member that nobody else needs to know. */
    Grid member() {
        return member(cluster -> {});
    }

    Grid member(Consumer<ClusterConfig> settings) {
        return memberOf(config -> config.cluster(settings));
    }

    Grid memberOf(Consumer<GridConfig> settings) {
        return opened(Grid.cluster(config -> {
            config.name("start").cluster(cluster -> cluster.name(name).partitionCount(PARTITION_COUNT));
            settings.accept(config);
        }));
    }

    Grid memberBeside(Grid other) {
        return member(cluster -> cluster.members(address(other)));
    }

    Grid client(String address) {
        return client(address, config -> {});
    }

    Grid client(String address, Consumer<GridConfig> settings) {
        return opened(Grid.connect("hazelcast://" + address, config -> {
            config.name("start").cluster(cluster -> cluster
                    .name(name).callTimeout(CALL_TIMEOUT).connectTimeout(Duration.ofSeconds(10)));
            settings.accept(config);
        }));
    }

    private Grid opened(Grid grid) {
        opened.push(grid::close);
        return grid;
    }

    /** Runs it in the end, before what was opened earlier is closed. */
    void atEnd(Runnable end) {
        opened.push(end);
    }

    /** Where a member listens. */
    static String address(Grid member) {
        return member.members().stream().filter(m -> m.isLocal()).findFirst().orElseThrow().address();
    }

    static int port(Grid member) {
        String address = address(member);
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
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
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
