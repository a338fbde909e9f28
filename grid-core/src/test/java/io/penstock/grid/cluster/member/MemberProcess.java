package io.penstock.grid.cluster.member;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A member of a cluster in a JVM of its own, which is small and starts quickly. It is started first and joins later, so
 * that several can start at once. It ends with this JVM. Used by one thread.
 */
public final class MemberProcess implements AutoCloseable {

    private static final int LINES_MAX = 300;
    private static final long ANSWER_SECONDS_MAX = 150;

    private final Process process;
    private final String name;
    private final Consumer<String> faults;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Deque<String> lastLines = new ArrayDeque<>();
    private String address;

    private MemberProcess(Process process, String name, Consumer<String> faults) {
        this.process = process;
        this.name = name;
        this.faults = faults;
        read(process.getInputStream());
    }

    /**
     * Starts a JVM, which waits to be told to join.
     *
     * @param name for messages
     * @param faults is told what the member finds wrong, on another thread
     */
    static MemberProcess start(MemberJvm jvm, String name, Consumer<String> faults) throws IOException {
        return new MemberProcess(
                new ProcessBuilder(jvm.command()).redirectErrorStream(true).start(), name, faults);
    }

    /** Tells it to join a cluster, of which these members are known; {@link #awaitJoin} waits for that. */
    void join(String cluster, List<String> addresses) {
        tell("join " + cluster + " " + String.join(" ", addresses));
    }

    /** Waits until it has joined. */
    void awaitJoin() {
        address = answer();
    }

    /** Where it listens, as {@code host:port}. */
    public String address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** Tells it a command of its {@link MemberProgram} and waits for the answer. */
    public String ask(String command) {
        tell(command);
        return answer();
    }

    /** Ends the process as kill -9 does, and waits until it has. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Closes the member as an operator would, so that it gives its entries away first. */
    void shutDown() {
        ask("close");
        awaitEnd();
        if (process.exitValue() != 0) {
            throw failure("ended with exit code " + process.exitValue());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void tell(String command) {
        try {
            process.getOutputStream().write((command + '\n').getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(failure("does not listen: " + e.getMessage()).getMessage(), e);
        }
    }

    private String answer() {
        try {
            for (long second = 0; second < ANSWER_SECONDS_MAX; second++) {
                String answer = answers.poll(1, TimeUnit.SECONDS);
                if (answer != null) {
                    return answer;
                }
                if (!process.isAlive()) {
                    throw failure("ended with exit code " + process.exitValue());
                }
            }
            throw failure("did not answer within " + ANSWER_SECONDS_MAX + " s");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw failure("did not end within " + ANSWER_SECONDS_MAX + " s");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private AssertionError failure(String what) {
        return new AssertionError(this + " " + what + "; " + output());
    }

    /** What it wrote last, for the message of a test that failed. */
    public String output() {
        synchronized (lastLines) {
            return "the last lines of " + this + ":\n  " + String.join("\n  ", lastLines);
        }
    }

    private void read(InputStream in) {
        Thread reader = new Thread(() -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                lines.lines().forEach(this::take);
            } catch (IOException | UncheckedIOException e) {
                take("no more: " + e);
            }
        }, "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void take(String line) {
        if (line.startsWith(MemberMain.FAULT)) {
            faults.accept(this + ": " + line.substring(MemberMain.FAULT.length()));
        } else if (line.startsWith(MemberMain.SIGN)) {
            answers.add(line.substring(MemberMain.SIGN.length()));
            return;
        }
        synchronized (lastLines) {
            lastLines.add(line);
            if (lastLines.size() > LINES_MAX) {
                lastLines.remove();
            }
        }
    }

    @Override
    public String toString() {
        return "member " + name + (address == null ? "" : " at " + address) + ", process " + process.pid();
    }
}
