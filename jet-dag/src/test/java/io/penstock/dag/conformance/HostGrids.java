package io.penstock.dag.conformance;

import io.penstock.dag.Jobs;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMember;
import io.penstock.grid.cluster.member.MemberJvm;
import io.penstock.grid.cluster.member.MemberProcess;
import io.penstock.grid.cluster.member.ProcessCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The grids of the hosts, each opened when it is first asked for, shared by all tests of this JVM, and closed behind
 * the last of them. Used by one thread.
 */
public final class HostGrids implements BeforeAllCallback, AutoCloseable {

    private static final int WORKERS = 2;
    private static final int HEAP_MB = 256;
    private static final Namespace NAMESPACE = Namespace.create(HostGrids.class);
    private static HostGrids open;

    private final Map<Host, Grid> grids = new EnumMap<>(Host.class);
    /** In the order in which they are to be closed. */
    private final List<Grid> members = new ArrayList<>();
    private ProcessCluster processes;

    @Override
    public void beforeAll(ExtensionContext context) {
        open = context.getRoot().getStore(NAMESPACE)
                .computeIfAbsent(HostGrids.class, key -> new HostGrids(), HostGrids.class);
    }

    /** Where a host's jobs are submitted. */
    public static Grid of(Host host) {
        return open.grids.computeIfAbsent(host, open::start);
    }

    /** Those that were asked for so far. */
    static List<Grid> opened() {
        return List.copyOf(open.grids.values());
    }

    private Grid start(Host host) {
        long beganNs = System.nanoTime();
        Grid grid = switch (host) {
            case ENGINE_1, ENGINE_2, ENGINE_4 -> Grid.embedded(FollowedMap::configureEmbedded);
            case MEMBER_1 -> members(host, 1);
            case MEMBERS_3 -> members(host, 3);
            case PROCESSES_3 -> processes(host, 3);
        };
        Jobs.of(grid, o -> o.workers(host.isEngine() ? host.instanceCount() : WORKERS));
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
        System.out.println(host + ": started within " + tookMs + " ms");
        return grid;
    }

    /** Builds on one machine must not join each other's clusters. */
    private static String uniqueName(Host host) {
        return host.name().toLowerCase() + "-" + UUID.randomUUID();
    }

    private Grid members(Host host, int count) {
        Grid first = JobMember.start(uniqueName(host), List.of());
        members.add(first);
        for (int i = 1; i < count; i++) {
            members.add(JobMember.start(first.name(), List.of(address(first))));
        }
        return first;
    }

    private static String address(Grid member) {
        return member.members().stream().filter(GridMember::isLocal).findAny().orElseThrow().address();
    }

    private Grid processes(Host host, int count) {
        String name = uniqueName(host);
        processes = new ProcessCluster(name, new MemberJvm(JobMember.class, HEAP_MB, List.of()), 0);
        try {
            processes.start(count, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return JobMember.client(name, processes.addresses());
    }

    /** Lets one more member join a host's cluster; what is returned lets it leave as an operator would. */
    static Runnable addMember(Host host) throws IOException {
        if (host == Host.PROCESSES_3) {
            MemberProcess added = open.processes.addOne();
            open.processes.awaitWhole();
            return () -> open.processes.shutDown(added);
        }
        Grid known = of(host);
        return JobMember.start(known.name(), List.of(address(known)))::close;
    }

    /** What the members in other processes wrote last. */
    static String output() {
        return open.processes == null ? "" : open.processes.output();
    }

    @Override
    public void close() {
        grids.values().forEach(Grid::close);
        members.forEach(Grid::close);
        if (processes != null) {
            processes.close();
        }
    }
}
