package io.penstock.grid.cluster;

import io.penstock.grid.Grid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A member in a JVM of its own, which can be killed and made to hang. */
final class LoneMember implements AutoCloseable {

    private static final String SIGN = "listens at ";

    private final Process process;
    private final String address;

    /** @param known a member that it joins; empty for none */
    LoneMember(String cluster, int port, String known) throws IOException {
        process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx96m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp", System.getProperty("java.class.path"), LoneMember.class.getName(), cluster,
                Integer.toString(port), known)
                .redirectErrorStream(true).start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder output = new StringBuilder();
        String line = lines.readLine();
        while (line != null && !line.startsWith(SIGN)) {
            output.append('\n').append(line);
            line = lines.readLine();
        }
        if (line == null) {
            throw new AssertionError("the member did not start:" + output);
        }
        address = line.substring(SIGN.length());
    }

    String address() {
        return address;
    }

    int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** As kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(60, TimeUnit.SECONDS);
    }

    /** Stops all its threads, as a long pause of the collector or of its machine does, and returns when they have. */
    void hang() throws IOException, InterruptedException {
        signal("-STOP");
        StartedGrids.eventually("the member to stop", this::isStopped);
    }

    private boolean isStopped() {
        Path state = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            return !Files.exists(state) || Files.readString(state).contains(") T "); // elsewhere it is soon enough
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void goOn() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill " + signal + " " + process.pid()).start().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Runs until its standard input ends, as it does with the process that started it. */
    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        try (Grid grid = Grid.cluster(config -> config.name("lone").cluster(cluster -> {
            cluster.name(args[0]).partitionCount(StartedGrids.PARTITION_COUNT).callTimeout(Duration.ofSeconds(5));
            if (!args[1].equals("0")) {
                cluster.port(Integer.parseInt(args[1]));
            }
            if (!args[2].isEmpty()) {
                cluster.members(args[2]);
            }
        }))) {
            out.println(SIGN + StartedGrids.address(grid));
            while (System.in.read() >= 0) {
                // goes on
            }
        }
    }
}
