package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.grid.Grid;
import io.penstock.grid.GridMember;
import io.penstock.grid.cluster.Crash;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Members and clients of one cluster in this JVM, each with models and an engine of its own; closed last first. */
final class ModelCluster implements AutoCloseable {

    private static final int PARTITION_COUNT = 11;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name = "models-" + UUID.randomUUID();
    private final Deque<Peer> opened = new ArrayDeque<>();

    /** A member or a client. */
    record Peer(Grid grid, GatedEngine engine, Models models) {

        String address() {
            return grid.members().stream().filter(GridMember::isLocal).findFirst().orElseThrow().address();
        }

        float score(String model) {
            return models.score(model, new float[] {1}).get("score")[0];
        }

        int loads() {
            return engine.fake.loads.get();
        }

        void terminate() {
            Crash.of(grid);
        }

        void close() {
            grid.close();
            eventually("all models closed", () -> engine.fake.open.get() == 0);
            assertEquals(List.of(), List.copyOf(engine.fake.misuses));
        }
    }

    Peer member() {
        return peer(Grid.cluster(config -> config.name("models").cluster(cluster -> {
            cluster.name(name).partitionCount(PARTITION_COUNT).callTimeout(Duration.ofSeconds(10));
            opened.stream().filter(peer -> peer.grid().members().stream().anyMatch(GridMember::isLocal)).findFirst()
                    .ifPresent(peer -> cluster.members(peer.address()));
        })));
    }

    Peer client() {
        return peer(Grid.connect("hazelcast://" + opened.getLast().address(), config ->
                config.name("client").cluster(cluster -> cluster.name(name).callTimeout(Duration.ofSeconds(10)))));
    }

    private Peer peer(Grid grid) {
        GatedEngine engine = new GatedEngine();
        Peer peer = new Peer(grid, engine, Models.of(grid, engine, Models.BYTES_MAX));
        opened.push(peer);
        return peer;
    }

    /** Closes one before the others. */
    void close(Peer peer) {
        opened.remove(peer);
        peer.close();
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
            opened.pop().close();
        }
    }
}
