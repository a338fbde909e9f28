package io.penstock.bench.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        Process child = new ProcessBuilder(command(order))
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
            return measurement(child);
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

    private List<String> command(Order order) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MeasuredRun.class.getName()));
        command.addAll(order.toArguments());
        return command;
    }

    /** The output is one short line, which waits in the pipe. */
    private static Measurement measurement(Process child) {
        try {
            String line = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return JsonMapper.builder().build().readValue(line, Measurement.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
