package io.penstock.bench.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * How the threads of Jet that run a job spend their time in this JVM, from samples of their stacks by the flight
 * recorder and from their processor time: in what waits, no sample is taken.
 */
public final class WorkerShares {

    private enum Share {
        CHAINS("in our chains and the functions in them"),
        EXCHANGES("in our side of the exchanges"),
        MAPS("in calls of maps"),
        JET("in Jet"),
        WAITING("waiting");

        private final String text;

        Share(String text) {
            this.text = text;
        }
    }

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String SAMPLES = "jdk.ExecutionSample";
    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final String JET = "com.hazelcast.jet.";
    private static final String HAZELCAST = "com.hazelcast.";
    private static final String OUR_SIDE = "io.penstock.dag.cluster.";
    private static final Set<String> LIBRARIES = Set.of("java.", "javax.", "jdk.", "sun.");
    private static final double PERCENT = 100;

    private final Recording recording = new Recording();
    private final Map<Long, Long> cpuNsBefore;
    private final long startNs;

    private WorkerShares() {
        recording.enable(SAMPLES).withPeriod(PERIOD);
        recording.start();
        cpuNsBefore = cpuNs();
        startNs = System.nanoTime();
    }

    /** Begins to look. */
    public static WorkerShares start() {
        return new WorkerShares();
    }

    /** What the threads did since the start, in a line for people. */
    public String stop() throws IOException {
        long wallNs = System.nanoTime() - startNs;
        Map<Long, Long> used = new HashMap<>();
        cpuNs().forEach((thread, after) -> used.put(thread, after - cpuNsBefore.getOrDefault(thread, 0L)));
        used.values().removeIf(ns -> ns < wallNs / (long) PERCENT); // of other jobs, and idle
        recording.stop();
        Map<Share, Integer> samples = samples(used.keySet());
        recording.close();
        double working = used.values().stream().mapToLong(Long::longValue).sum() / ((double) wallNs * used.size());
        int count = samples.values().stream().mapToInt(Integer::intValue).sum();
        Map<Share, Double> shares = new EnumMap<>(Share.class);
        samples.forEach((share, ofShare) -> shares.put(share, working * ofShare / count));
        shares.put(Share.WAITING, Math.max(0, 1 - working));
        return used.size() + " threads of jobs in this JVM: " + shares.entrySet().stream()
                .map(share -> String.format(
                        Locale.ROOT, "%.0f %% %s", PERCENT * share.getValue(), share.getKey().text))
                .collect(Collectors.joining(", "));
    }

    private static boolean isWorker(String threadName) {
        return threadName != null && threadName.contains(".jet.") && threadName.contains("thread");
    }

    private static Map<Long, Long> cpuNs() {
        Map<Long, Long> cpuNs = new HashMap<>();
        for (var thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && isWorker(thread.getThreadName())) {
                cpuNs.put(thread.getThreadId(), THREADS.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return cpuNs;
    }

    private Map<Share, Integer> samples(Set<Long> workers) throws IOException {
        Path file = Files.createTempFile("bench", ".jfr");
        try {
            recording.dump(file);
            Map<Share, Integer> samples = new EnumMap<>(Share.class);
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                RecordedThread thread = event.getThread("sampledThread");
                if (thread != null && workers.contains(thread.getJavaThreadId()) && event.getStackTrace() != null) {
                    samples.merge(share(event), 1, Integer::sum);
                }
            }
            return samples;
        } finally {
            Files.delete(file);
        }
    }

    /** The innermost frame that is no library's decides. */
    private static Share share(RecordedEvent event) {
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
            String type = frame.getMethod().getType().getName();
            if (LIBRARIES.stream().noneMatch(type::startsWith)) {
                return type.startsWith(JET) ? Share.JET
                        : type.startsWith(HAZELCAST) ? Share.MAPS
                        : type.startsWith(OUR_SIDE) ? Share.EXCHANGES
                        : Share.CHAINS;
            }
        }
        return Share.JET;
    }
}
