package io.penstock.bench.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import io.penstock.bench.jet.OnJet;
import io.penstock.bench.penstock.ResultMaps;
import io.penstock.grid.Grid;
import io.penstock.grid.cluster.PenstockHazelcast;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Members of one cluster, each with a grid, for Penstock's jobs and for Jet's own alike. One is in this JVM, the others
 * are processes, which end with it.
 */
public final class BenchCluster implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final List<String> OPTIONS = List.of("-XX:+UseG1GC", "-Xms4g", "-Xmx4g");
    private static final long WHOLE_NS_MAX = TimeUnit.MINUTES.toNanos(1);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final HazelcastInstance hazelcast;
    private final Grid grid;
    private final int threads;
    private final List<Process> others = new ArrayList<>();

    private BenchCluster(String name, int threads) {
        hazelcast = Hazelcast.newHazelcastInstance(config(name, threads, List.of()));
        grid = grid(name, hazelcast);
        this.threads = threads;
    }

    /**
     * Starts all members, and returns when each has its share of the partitions.
     *
     * @param threads of Jet's, on each member
     */
    public static BenchCluster start(int members, int threads) throws IOException {
        String name = "bench-" + UUID.randomUUID(); // nobody else on this machine may join
        BenchCluster cluster = new BenchCluster(name, threads);
        try {
            for (int i = 1; i < members; i++) {
                cluster.startOther(name);
            }
            cluster.awaitWhole(members);
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startOther(String name) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(OnJet.JVM_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Member.class.getName()));
        command.addAll(List.of(name, Integer.toString(threads), addressOf(hazelcast)));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        others.add(process);
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        if (line == null) {
            throw new IllegalStateException("a member's JVM ended before it listened; the reason stands above");
        }
    }

    private void awaitWhole(int members) {
        hazelcast.getMap("first-use").get(""); // on which partitions are assigned
        long startNs = System.nanoTime();
        while (!isWhole(members)) {
            if (System.nanoTime() - startNs > WHOLE_NS_MAX) {
                throw new IllegalStateException("the cluster of " + members + " was not there after a minute");
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private boolean isWhole(int members) {
        var partitions = hazelcast.getPartitionService().getPartitions();
        int share = partitions.size() / members;
        return hazelcast.getCluster().getMembers().size() == members
                && hazelcast.getPartitionService().isClusterSafe()
                && hazelcast.getCluster().getMembers().stream().allMatch(member -> share
                        <= partitions.stream().filter(partition -> member.equals(partition.getOwner())).count());
    }

    public HazelcastInstance hazelcast() {
        return hazelcast;
    }

    public Grid grid() {
        return grid;
    }

    /** How many threads each member has for jobs. */
    public int threads() {
        return threads;
    }

    /** Calls a task on each member, and waits until all are done. */
    public <C extends Callable<Boolean> & Serializable> void onEachMember(C task) throws Exception {
        IExecutorService executor = hazelcast.getExecutorService("bench");
        for (Future<Boolean> done : executor.submitToAllMembers(task).values()) {
            done.get();
        }
    }

    @Override
    public void close() {
        grid.close();
        hazelcast.getLifecycleService().terminate();
        others.forEach(Process::destroyForcibly);
    }

    /** A member that talks to those it is told, with as many threads for jobs as are ordered. */
    private static Config config(String name, int threads, List<String> addresses) {
        Config config = new Config();
        config.setClusterName(name);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.getJetConfig().setCooperativeThreadCount(threads);
        config.getNetworkConfig().setPublicAddress(LOOPBACK).getInterfaces().setEnabled(true).addInterface(LOOPBACK);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(addresses);
        return PenstockHazelcast.prepare(config);
    }

    private static Grid grid(String name, HazelcastInstance member) {
        return Grid.cluster(config -> {
            config.name(name).cluster(cluster -> cluster.instance(member));
            ResultMaps.configure(config);
        });
    }

    private static String addressOf(HazelcastInstance member) {
        var address = member.getCluster().getLocalMember().getAddress();
        return address.getHost() + ":" + address.getPort();
    }

    /** The main class of the other members. Prints its address; ends when standard input does. */
    static final class Member {

        private Member() {}

        public static void main(String[] arguments) throws IOException {
            var out = System.out;
            System.setOut(System.err);
            HazelcastInstance member = Hazelcast.newHazelcastInstance(
                    config(arguments[0], Integer.parseInt(arguments[1]), List.of(arguments[2])));
            grid(arguments[0], member);
            out.println(addressOf(member));
            while (System.in.read() >= 0) {
                // nothing is said to it
            }
            Runtime.getRuntime().halt(1);
        }
    }
}
