package io.penstock.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The demo in a JVM of its own. */
final class DemoProcess implements AutoCloseable {

    private static final long SECONDS_MAX = 120;

    private final Path out;
    private final Process process;
    private final BufferedReader errors;
    private final List<String> errorLines = new ArrayList<>();

    DemoProcess(Path folder, List<String> jvmOptions, String... arguments) throws IOException {
        out = Files.createTempFile(folder, "out", ".txt");
        List<String> command = new ArrayList<>();
        if (canResetSignals()) {
            // A JVM that was started with SIGINT ignored, as background jobs of scripts are, would hand that on.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Demo.class.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectOutput(out.toFile()).start();
        errors = process.errorReader();
    }

    private static boolean canResetSignals() throws IOException {
        return ended(new ProcessBuilder("env", "--default-signal=INT", "true")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start()) == 0;
    }

    /** Reads lines of standard error until one is as asked for. */
    void awaitErrorLine(Predicate<String> predicate) throws IOException {
        String line;
        do {
            line = errors.readLine();
            if (line == null) {
                throw new IllegalStateException("the demo ended without such a line: " + errorLines);
            }
            errorLines.add(line);
        } while (!predicate.test(line));
    }

    /** The processes that it has started. */
    List<ProcessHandle> children() {
        return process.children().toList();
    }

    void interrupt() throws IOException {
        int exitCode = ended(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start());
        if (exitCode != 0) {
            throw new IllegalStateException("kill ended with " + exitCode);
        }
    }

    /** Waits for the end and returns the exit code. */
    int exitCode() {
        errors.lines().forEach(errorLines::add);
        return ended(process);
    }

    private static int ended(Process process) {
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException(process + " did not end within " + SECONDS_MAX + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it wrote on standard output. */
    String out() {
        try {
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it wrote on standard error. */
    String err() {
        return String.join("\n", errorLines);
    }

    /** What it said in its own name on standard error, without the progress. */
    String messages() {
        return errorLines.stream().filter(line -> line.startsWith("demo: ")).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
