package io.penstock.bench.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures in a new JVM with this one's java and class path. Its error output is this one's; it ends with this one. */
public final class ChildJvm implements Launcher {

    /**
     * The heap is touched before anything is measured: on first use, a page costs several times as much as what is
     * written into it, so a system that allocates much would be measured by how far its warm-up came.
     */
    public static final List<String> HEAP = List.of("-XX:+UseG1GC", "-Xms4g", "-Xmx4g", "-XX:+AlwaysPreTouch");

    private static final int MINUTES_MAX = 30;

    private final List<String> options;

    /** @param options of the new JVMs, such as {@link #HEAP} */
    public ChildJvm(List<String> options) {
        this.options = List.copyOf(options);
    }

    @Override
    public Measurement measure(Order order) throws IOException, InterruptedException {
        return measure(List.of(order)).get(0);
    }

    /** Measures one after the other in the same new JVM, which has the options that the first one's system needs. */
    public List<Measurement> measure(List<Order> orders) throws IOException, InterruptedException {
        Order order = orders.get(0);
        Process child = new ProcessBuilder(command(orders))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread killer = new Thread(child::destroyForcibly, "kill-" + order);
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            child.getOutputStream().close();
            if (!child.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                throw new IllegalStateException(order + ": its JVM was not done after " + MINUTES_MAX
                        + " minutes and was ended; choose a smaller --n");
            }
            if (child.exitValue() != 0) {
                throw new IllegalStateException(
                        order + ": its JVM ended with exit code " + child.exitValue() + "; the reason stands above");
            }
            return measurements(child);
        } finally {
            child.destroyForcibly();
            forget(killer);
        }
    }

    private static void forget(Thread killer) {
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // This JVM is ending, and the hook runs.
        }
    }

    private List<String> command(List<Order> orders) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(orders.get(0).system().kind().jvmOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MeasuredRun.class.getName()));
        for (Order order : orders) {
            command.add(order.toArgument());
        }
        return command;
    }

    /** The output is a few short lines, which wait in the pipe. */
    private static List<Measurement> measurements(Process child) throws IOException {
        String lines = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<Measurement> measurements = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            measurements.add(JsonMapper.builder().build().readValue(line, Measurement.class));
        }
        return measurements;
    }
}
