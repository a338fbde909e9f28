package io.penstock.bench.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.hazelcast.core.HazelcastInstance;
import io.penstock.bench.jet.OnJet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Members of a cluster in JVMs of their own. Their error output is this one's; they end with it. */
final class MemberJvms implements AutoCloseable {

    private static final List<String> OPTIONS = List.of("-XX:+UseG1GC", "-Xms1g", "-Xmx2g");
    private static final long WHOLE_NS_MAX = TimeUnit.MINUTES.toNanos(1);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final MapOrder order;
    private final String cluster;
    private final List<Process> processes = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();

    private MemberJvms(MapOrder order, String cluster) {
        this.order = order;
        this.cluster = cluster;
    }

    /**
     * Starts so many; returns when they listen.
     *
     * @param known the address of a member that is there already; blank if there is none
     */
    static MemberJvms start(MapOrder order, String cluster, int count, String known) {
        MemberJvms jvms = new MemberJvms(order, cluster);
        try {
            String first = known;
            for (int i = 0; i < count; i++) {
                Process process = jvms.start(first);
                if (first.isBlank()) {
                    first = jvms.awaitAddress(process);
                }
            }
            for (Process process : jvms.processes.subList(known.isBlank() ? 1 : 0, count)) {
                jvms.awaitAddress(process);
            }
            return jvms;
        } catch (IOException | RuntimeException e) {
            jvms.close();
            throw e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e;
        }
    }

    private Process start(String known) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(OnJet.JVM_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MapMember.class.getName()));
        command.addAll(arguments(known));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        processes.add(process);
        return process;
    }

    private List<String> arguments(String known) throws JsonProcessingException {
        return known.isBlank()
                ? List.of(order.toArgument(), cluster)
                : List.of(order.toArgument(), cluster, known);
    }

    private String awaitAddress(Process process) throws IOException {
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        if (line == null) {
            throw new IllegalStateException("a member's JVM ended before it listened; the reason stands above");
        }
        addresses.add(line);
        return line;
    }

    List<String> addresses() {
        return List.copyOf(addresses);
    }

    /** Waits until a member or a client knows all members, and each partition has an owner and no more to move. */
    void awaitWhole(HazelcastInstance instance) {
        instance.getMap("first-use").get(""); // on which partitions are assigned
        long startNs = System.nanoTime();
        while (!isWhole(instance)) {
            if (System.nanoTime() - startNs > WHOLE_NS_MAX) {
                throw new IllegalStateException("the cluster of " + order.members() + " was not there after a minute");
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Members get nearly equal shares of the partitions. */
    private boolean isWhole(HazelcastInstance instance) {
        var partitions = instance.getPartitionService().getPartitions();
        int share = partitions.size() / order.members();
        return instance.getCluster().getMembers().size() == order.members()
                && instance.getCluster().getMembers().stream().allMatch(member -> share
                        <= partitions.stream().filter(partition -> member.equals(partition.getOwner())).count());
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
