package io.penstock.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The members of {@code --cluster}: processes on this machine, which end with this one. Used by one thread. */
final class DemoCluster implements AutoCloseable {

    static final int NO_MEMBER = 0;

    /** A heap for the sample, and for the flights in the air of any other file; what C2 gains it costs several times. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

    /** A member does not do what it is told; the message has what it said. */
    static final class MemberException extends IOException {

        private static final long serialVersionUID = 1L;

        private MemberException(String message) {
            super(message);
        }
    }

    private static final long ANSWER_SECONDS_MAX = 60;
    private static final int LINES_MAX = 100;

    private final String name = "flights-" + UUID.randomUUID(); // nobody else's demo joins it
    private final List<Member> members = new ArrayList<>();
    /** Those who are killed leave what they have unpacked. */
    private final Path temporary;

    private DemoCluster() throws IOException {
        temporary = Files.createTempDirectory("penstock-demo");
    }

    /**
     * Starts the members; returns when all have joined.
     *
     * @param scoredMax how many of the newest scored flights they keep, about
     * @throws MemberException if a member does not join
     */
    static DemoCluster start(int count, int scoredMax) throws IOException {
        DemoCluster cluster = new DemoCluster();
        try {
            for (int number = 1; number <= count; number++) {
                cluster.members.add(cluster.member(number, scoredMax)); // the JVMs start at the same time
            }
            Member first = cluster.members.get(0);
            first.address = first.ask("join");
            List<Member> others = cluster.members.subList(1, count);
            for (Member other : others) {
                other.tell("join " + first.address);
            }
            for (Member other : others) {
                other.address = other.answer();
            }
            return cluster;
        } catch (IOException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private Member member(int number, int scoredMax) throws IOException {
        List<String> command = new ArrayList<>(JVM_OPTIONS);
        command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                DemoMember.class.getName(), name, Integer.toString(scoredMax)));
        return new Member(number, new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    String name() {
        return name;
    }

    int size() {
        return members.size();
    }

    /** As {@code host:port}; also of those that were killed. */
    List<String> addresses() {
        return members.stream().map(member -> member.address).toList();
    }

    /**
     * The number, from 1, of the member that reads the flights; {@link #NO_MEMBER} if none does.
     *
     * @throws MemberException if a member does not answer
     */
    int reader() throws IOException {
        for (Member member : members) {
            if (member.process.isAlive() && Boolean.parseBoolean(member.ask("reads"))) {
                return member.number;
            }
        }
        return NO_MEMBER;
    }

    /** Ends a member as kill -9 does; returns when it is gone. */
    void kill(int number) {
        members.get(number - 1).process.destroyForcibly().onExit().join();
    }

    /** Ends all members at once. */
    @Override
    public void close() {
        members.forEach(member -> member.process.destroyForcibly());
        members.forEach(member -> member.process.onExit().join());
        try (Stream<Path> files = Files.walk(temporary)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            // What is left is in the folder for temporary files.
        }
    }

    private static final class Member {

        private final int number;
        private final Process process;
        private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        private final Deque<String> lastLines = new ArrayDeque<>();
        private String address;

        Member(int number, Process process) {
            this.number = number;
            this.process = process;
            Thread reader = new Thread(this::read, "demo-member-" + number);
            reader.setDaemon(true);
            reader.start();
        }

        String ask(String command) throws IOException {
            tell(command);
            return answer();
        }

        void tell(String command) throws IOException {
            try {
                OutputStream commands = process.getOutputStream();
                commands.write((command + '\n').getBytes(StandardCharsets.UTF_8));
                commands.flush();
            } catch (IOException e) {
                throw failure();
            }
        }

        String answer() throws IOException {
            try {
                for (long second = 0; second < ANSWER_SECONDS_MAX && process.isAlive(); second++) {
                    String answer = answers.poll(1, TimeUnit.SECONDS);
                    if (answer != null) {
                        return answer;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw failure();
        }

        private MemberException failure() {
            synchronized (lastLines) {
                return new MemberException("member " + number + " does not answer; it said:\n  "
                        + String.join("\n  ", lastLines));
            }
        }

        private void read() {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(this::take);
            } catch (IOException | UncheckedIOException e) {
                // It was killed.
            }
        }

        private void take(String line) {
            if (line.startsWith(DemoMember.SIGN)) {
                answers.add(line.substring(DemoMember.SIGN.length()));
                return;
            }
            synchronized (lastLines) {
                lastLines.add(line);
                if (lastLines.size() > LINES_MAX) {
                    lastLines.remove();
                }
            }
        }
    }
}
