package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.grid.Grid;
import io.penstock.grid.GridException.Code;
import io.penstock.grid.GridMap;
import io.penstock.grid.GridMember;
import io.penstock.grid.MapRef;
import io.penstock.grid.MembershipListener;
import io.penstock.grid.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is seen in a cluster, by whom, and what is told of it. */
@Timeout(120)
class MembershipIT {

    private static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);

    private final StartedGrids grids = new StartedGrids();

    @AfterEach
    void close() {
        grids.close();
    }

    private static List<String> addresses(Grid grid) {
        return grid.members().stream().map(GridMember::address).toList();
    }

    @Test
    void allSeeTheMembersInTheOrderInWhichTheyJoined() {
        Grid one = grids.member();
        Grid two = grids.memberBeside(one);
        Grid client = grids.client(StartedGrids.address(two));
        Grid three = grids.memberBeside(two);
        List<String> joined =
                List.of(StartedGrids.address(one), StartedGrids.address(two), StartedGrids.address(three));
        for (Grid grid : List.of(one, two, three, client)) {
            StartedGrids.eventually("all members", () -> addresses(grid).equals(joined));
        }
        assertEquals(List.of(false, true, false), two.members().stream().map(GridMember::isLocal).toList());
        assertTrue(client.members().stream().noneMatch(GridMember::isLocal));
    }

    @Test
    void tellsMembersAndClientsWhoJoinsAndLeaves() throws Exception {
        Grid one = grids.member();
        Grid client = grids.client(StartedGrids.address(one));
        BlockingQueue<String> toMember = new LinkedBlockingQueue<>();
        BlockingQueue<String> toClient = new LinkedBlockingQueue<>();
        Thread caller = Thread.currentThread();
        one.onMembershipChange((member, hasJoined) -> {
            assertNotEquals(caller, Thread.currentThread());
            toMember.add((hasJoined ? "+" : "-") + member.address());
            throw new IllegalStateException("a listener that fails");
        });
        MembershipListener.Registration registration = client.onMembershipChange(
                (member, hasJoined) -> toClient.add((hasJoined ? "+" : "-") + member.address()));
        Grid two = grids.memberBeside(one);
        String address = StartedGrids.address(two);
        assertEquals("+" + address, toMember.poll(30, TimeUnit.SECONDS));
        assertEquals("+" + address, toClient.poll(30, TimeUnit.SECONDS));
        two.close();
        assertEquals("-" + address, toMember.poll(30, TimeUnit.SECONDS));
        assertEquals("-" + address, toClient.poll(30, TimeUnit.SECONDS));
        registration.close();
        registration.close();
        grids.memberBeside(one);
        assertTrue(toMember.poll(30, TimeUnit.SECONDS).startsWith("+"));
        StartedGrids.eventually("the client to see it", () -> client.members().size() == 2);
        assertEquals(0, toClient.size());
    }

    @Test
    void saysWhatItIs() {
        Grid one = grids.member();
        Grid client = grids.client(StartedGrids.address(one));
        client.map(STOCK).put("pen", 1);
        assertTrue(one.dump().startsWith("grid 'start', member of cluster '" + grids.name() + "' at "
                + StartedGrids.address(one) + ", 1 member\n"), one.dump());
        assertTrue(client.dump().startsWith("grid 'start', client of cluster '" + grids.name() + "', 1 member\n"),
                client.dump());
        assertTrue(one.unwrap(HazelcastInstance.class).getLifecycleService().isRunning());
    }

    @Test
    void registersMetricsThatEndWithTheGridAndThatTheReadmeNames() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Grid one = grids.memberOf(config -> config.meterRegistry(registry));
        Grid client = grids.client(StartedGrids.address(one), config -> config.name("other").meterRegistry(registry));
        assertEquals(1, registry.get("penstock.cluster.members").tag("grid", "start").gauge().value());
        assertEquals(1, registry.get("penstock.cluster.members").tag("grid", "other").gauge().value());
        assertEquals(1, registry.get("penstock.cluster.connected").tag("grid", "other").gauge().value());
        assertEquals(0, registry.get("penstock.cluster.calls").tag("grid", "other").gauge().value());
        GridMap<String, Integer> stock = client.map(STOCK);
        one.unwrap(HazelcastInstance.class).getLifecycleService().terminate();
        Refused.with(Code.UNAVAILABLE, () -> stock.put("pen", 1));
        assertEquals(1, registry.get("penstock.cluster.failures")
                .tag("grid", "other").tag("code", "UNAVAILABLE").functionCounter().count());
        assertEquals(0, registry.get("penstock.cluster.failures")
                .tag("grid", "other").tag("code", "OUTCOME_UNKNOWN").functionCounter().count());
        String readme = Files.readString(Path.of("README.md"));
        Set<String> names = registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName)
                .collect(Collectors.toSet());
        names.forEach(name -> assertTrue(readme.contains("| `" + name + "` |"), name));
        client.close();
        one.close();
        assertEquals(List.of(), registry.getMeters());
    }
}
