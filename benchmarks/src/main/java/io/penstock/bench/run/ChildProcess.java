package io.penstock.bench.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A new JVM with this one's java and class path. Its error output is this one's; it ends with this one. */
public final class ChildProcess {

    private static final int MINUTES_MAX = 30;

    private ChildProcess() {}

    /**
     * Runs a main class to its end.
     *
     * @param what is run, for messages
     * @param options of the new JVM, such as {@link ChildJvm#HEAP}
     * @return what it wrote to its standard output, which must be a few short lines: they wait in the pipe
     * @throws IllegalStateException if its exit code is not 0, or it takes more than {@value #MINUTES_MAX} minutes
     */
    public static List<String> linesOf(String what, List<String> options, Class<?> mainClass, List<String> arguments)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(command(options, mainClass, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread killer = new Thread(child::destroyForcibly, "kill-" + what);
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            child.getOutputStream().close();
            if (!child.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                throw new IllegalStateException(what + ": its JVM was not done after " + MINUTES_MAX
                        + " minutes and was ended; choose a smaller measurement");
            }
            if (child.exitValue() != 0) {
                throw new IllegalStateException(
                        what + ": its JVM ended with exit code " + child.exitValue() + "; the reason stands above");
            }
            return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
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

    private static List<String> command(List<String> options, Class<?> mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
        command.addAll(arguments);
        return command;
    }
}
