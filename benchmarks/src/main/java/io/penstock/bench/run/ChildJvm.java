package io.penstock.bench.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures in a new JVM: this one's java and class path, G1 and a fixed heap. Its error output is this one's; it ends
 * with this one.
 */
public final class ChildJvm implements Launcher {

    private static final List<String> OPTIONS = List.of("-XX:+UseG1GC", "-Xms4g", "-Xmx4g");
    private static final int MINUTES_MAX = 30;

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

    private static List<String> command(Order order) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
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
