package io.penstock.bench.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.ThreadMXBean;
import io.penstock.bench.cluster.WorkerShares;
import io.penstock.bench.latency.LatencyLog;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.Workload;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * One run of a workload on a system in this JVM, after a warm-up. The main class of the JVMs that are measured; may be
 * given several orders, which it follows in turn.
 */
public final class MeasuredRun {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int WRITES_PER_SECOND = 1_000;

    private MeasuredRun() {}

    /** Prints each measurement as one line of JSON. Threads that a system leaves behind do not keep the JVM. */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        System.setOut(System.err);
        try {
            for (String argument : arguments) {
                Measurement measurement = measure(Order.ofArgument(argument), System.err);
                out.println(JsonMapper.builder().build().writeValueAsString(measurement));
            }
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    /** @param explanations where to show how the system does it, if that is ordered */
    public static Measurement measure(Order order, PrintStream explanations) throws Exception {
        try (Contender contender = Contenders.open(order);
                MapWriter writer = new MapWriter(contender::rewrite, WRITES_PER_SECOND)) {
            if (order.variant().writer()) {
                writer.start();
            }
            if (order.warmUpMs() > 0) {
                warmUp(contender, order);
                System.gc();
            }
            Measurement measured = measure(contender, order);
            if (order.explain()) {
                explanations.print(contender.explain());
                explainShares(contender, order, explanations);
            }
            return measured;
        }
    }

    /** In a run of its own: when the flight recorder starts, compiled code is thrown away. */
    private static void explainShares(Contender contender, Order order, PrintStream explanations) throws Exception {
        if (order.variant().hasCluster()) {
            WorkerShares shares = WorkerShares.start();
            contender.run(order.count());
            explanations.println(shares.stop());
            contender.takeAnswer();
        }
    }

    private static Measurement measure(Contender contender, Order order) throws Exception {
        long allocatedBefore = allocatedBytes();
        CpuTimes before = CpuTimes.now();
        long startNs = System.nanoTime();
        contender.run(order.count());
        long wallNs = System.nanoTime() - startNs;
        CpuTimes after = CpuTimes.now();
        long allocatedBytes = order.system().kind().keepsThreads() ? allocatedBytes() - allocatedBefore : -1;
        boolean hasLatencies = order.workload() == Workload.W5 && order.system().kind() != SystemName.Kind.HAND;
        Answer answer = contender.takeAnswer();
        return new Measurement(answer.text(), order.count(), wallNs, after.processNs() - before.processNs(),
                allocatedBytes, after.otherCoresSince(before), after.stolenCoresSince(before),
                hasLatencies ? LatencyLog.latencies() : null);
    }

    private static void warmUp(Contender contender, Order order) throws Exception {
        long startNs = System.nanoTime();
        long warmUpNs = TimeUnit.MILLISECONDS.toNanos(order.warmUpMs());
        while (System.nanoTime() - startNs < warmUpNs) {
            contender.run(order.count());
            contender.takeAnswer();
        }
    }

    /** By all threads that are alive. */
    private static long allocatedBytes() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
