package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.Grid;
import io.penstock.grid.GridException;
import io.penstock.grid.GridException.Code;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import io.penstock.grid.Refused;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What calls do when members are killed or hang, and that they go on when there are members again. */
@Timeout(120)
class ClientLossIT {

    private static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);
    private static final Duration NOT_AT_ONCE = StartedGrids.CALL_TIMEOUT.minusMillis(100);
    /** Generous, as the machine may be busy; far below the 120 s that Hazelcast would take. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private final StartedGrids grids = new StartedGrids();

    @AfterEach
    void close() {
        grids.close();
    }

    private LoneMember lone(int port, String known) throws IOException {
        LoneMember member = new LoneMember(grids.name(), port, known);
        grids.atEnd(member::close);
        return member;
    }

    /** Of those that nobody takes who looks for the next free one, so that it is free again after the member's end. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void assertRefusedIn(Duration min, Code code, Executable call) {
        long startNs = System.nanoTime();
        GridException refusal = assertThrows(GridException.class, call);
        long ns = System.nanoTime() - startNs;
        assertEquals(code, refusal.code(), refusal.getMessage());
        assertTrue(ns >= min.toNanos() && ns < SOON.toNanos(), () -> ns / 1_000_000 + " ms");
    }

    private static <T> FutureTask<T> start(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "call");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    @Test
    void goesOnWithAMemberThatStartsAnewAtTheSameAddress() throws Exception {
        LoneMember lone = lone(freePort(), "");
        Grid one = grids.client(lone.address(), config -> config.map(STOCK, map -> map.backups(2).journalCapacity(77)));
        Grid two = grids.client(lone.address());
        GridMap<String, Integer> stock = one.map(STOCK);
        stock.put("pen", 1);
        assertEquals(1, two.map(STOCK).get("pen"));

        lone.kill();
        assertRefusedIn(NOT_AT_ONCE, Code.UNAVAILABLE, () -> stock.get("pen"));
        assertRefusedIn(NOT_AT_ONCE, Code.UNAVAILABLE, () -> stock.put("pen", 2));
        assertRefusedIn(NOT_AT_ONCE, Code.UNAVAILABLE, () -> two.map(MapRef.of("new", String.class, String.class)));
        assertEquals(0, one.meterRegistry().get("penstock.cluster.connected").gauge().value());

        FutureTask<Integer> early = start(() -> callUntilItWorks(() -> two.map(STOCK).putIfAbsent("ink", 5)));
        Grid again = grids.member(cluster -> cluster.port(lone.port()));
        early.get(60, TimeUnit.SECONDS);
        StartedGrids.eventually("a map of the first client", () -> answers(stock));
        assertEquals(5, stock.get("ink"));
        stock.put("pen", 3);
        assertEquals(3, again.map(STOCK).get("pen"));
        HazelcastInstance hazelcast = again.unwrap(HazelcastInstance.class);
        assertEquals(2, hazelcast.getConfig().getMapConfig("stock").getBackupCount());
        assertTrue(hazelcast.getConfig().getMapConfig("stock").getEventJournalConfig().isEnabled());
        assertEquals(again.members().get(0).id(), one.members().get(0).id());
    }

    private static boolean answers(GridMap<String, Integer> map) {
        try {
            map.get("any");
            return true;
        } catch (GridException e) {
            return false;
        }
    }

    private static <T> T callUntilItWorks(Callable<T> call) throws Exception {
        while (true) {
            try {
                return call.call();
            } catch (GridException e) {
                assertEquals(Code.UNAVAILABLE, e.code(), e.getMessage());
            }
        }
    }

    /** A put that a stopped process has in its buffers has been sent; nobody knows what became of it. */
    @Test
    void tellsThatTheOutcomeOfAWriteIsUnknown() throws Exception {
        LoneMember lone = lone(0, "");
        Grid client = grids.client(lone.address());
        GridMap<String, Integer> stock = client.map(STOCK);
        stock.put("pen", 1);
        lone.hang();
        FutureTask<Integer> write = start(() -> stock.put("pen", 2));
        FutureTask<Integer> read = start(() -> stock.get("pen"));
        StartedGrids.eventually("both calls to wait", () -> callsUnderWay(client) == 2);
        long countedNs = System.nanoTime();
        StartedGrids.eventually("them to be sent", () -> System.nanoTime() - countedNs > 300_000_000);
        lone.kill();
        assertCode(Code.OUTCOME_UNKNOWN, write);
        assertCode(Code.UNAVAILABLE, read);
    }

    private static double callsUnderWay(Grid client) {
        return client.meterRegistry().get("penstock.cluster.calls").gauge().value();
    }

    private static void assertCode(Code code, FutureTask<?> call) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> call.get(60, TimeUnit.SECONDS));
        assertEquals(code, ((GridException) failure.getCause()).code(), failure.getMessage());
    }

    @Test
    void aClientDoesNotWaitForAMemberThatHangs() throws Exception {
        LoneMember lone = lone(0, "");
        Grid client = grids.client(lone.address());
        GridMap<String, Integer> stock = client.map(STOCK);
        stock.put("pen", 1);
        lone.hang();
        FutureTask<Integer> write = start(() -> stock.put("pen", 2));
        assertRefusedIn(NOT_AT_ONCE, Code.UNAVAILABLE, () -> stock.get("pen"));
        assertCode(Code.OUTCOME_UNKNOWN, write);
        lone.goOn();
        StartedGrids.eventually("the map", () -> answers(stock));
        assertNotNull(stock.get("pen"));
    }

    @Test
    void aMemberDoesNotWaitForAnotherThatHangs() throws Exception {
        LoneMember lone = lone(0, "");
        Grid member = grids.member(cluster -> cluster.members(lone.address()).callTimeout(Duration.ofSeconds(2)));
        GridMap<String, Integer> stock = member.map(STOCK);
        HazelcastInstance hazelcast = member.unwrap(HazelcastInstance.class);
        StartedGrids.eventually("shared partitions", () -> hazelcast.getPartitionService().isClusterSafe()
                && hazelcast.getPartitionService().getPartitions().stream()
                        .anyMatch(p -> !p.getOwner().localMember()));
        lone.hang();
        int unavailable = 0;
        long startNs = System.nanoTime();
        for (int i = 0; i < 20 && unavailable == 0; i++) {
            try {
                stock.get("k" + i);
            } catch (GridException e) {
                assertEquals(Code.UNAVAILABLE, e.code(), e.getMessage());
                unavailable++;
            }
        }
        long ns = System.nanoTime() - startNs;
        assertEquals(1, unavailable);
        assertTrue(ns < SOON.toNanos(), () -> ns / 1_000_000 + " ms");
        lone.kill();
        StartedGrids.eventually("its loss to be known", () -> member.members().size() == 1);
        for (int i = 0; i < 20; i++) {
            stock.put("k" + i, i);
        }
    }

    @Test
    void nothingQueuesWithoutBoundWhileTheClusterIsAway() throws Exception {
        Grid member = grids.member();
        Grid client = grids.client(StartedGrids.address(member), config -> config
                .asyncCallsMax(5).cluster(cluster -> cluster.callsMax(3).callTimeout(Duration.ofSeconds(30))));
        GridMap<String, Integer> stock = client.map(STOCK);
        member.unwrap(HazelcastInstance.class).getLifecycleService().terminate();
        FutureTask<?>[] waiting = new FutureTask<?>[3];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = start(() -> stock.get("pen"));
        }
        StartedGrids.eventually("calls that wait", () -> callsUnderWay(client) == 3);
        Refused.with(Code.OVERLOADED, () -> stock.get("pen"), "3 calls of this grid are under way already (callsMax)");
        assertEquals(0, client.meterRegistry().get("penstock.cluster.connected").gauge().value());
        client.close();
        for (FutureTask<?> call : waiting) {
            assertCode(Code.CLOSED, call);
        }
    }

    /** The application ends the instance beneath a grid. */
    @Test
    void tellsThatTheInstanceWasShutDown() {
        Grid member = grids.member();
        GridMap<String, Integer> stock = member.map(STOCK);
        member.unwrap(HazelcastInstance.class).shutdown();
        Refused.with(Code.UNAVAILABLE, () -> stock.get("pen"), "was shut down, and not by Grid.close()");
        Refused.with(Code.UNAVAILABLE, () -> stock.put("pen", 1), "was shut down, and not by Grid.close()");
        member.close();
        Refused.with(Code.CLOSED, () -> stock.get("pen"));
    }
}
