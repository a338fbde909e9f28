package io.penstock.bench.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.ThreadMXBean;
import io.penstock.bench.hand.AccountSums;
import io.penstock.bench.hand.AdCount;
import io.penstock.bench.hand.Generator;
import io.penstock.bench.hand.Scoring;
import io.penstock.bench.hand.WordCount;
import io.penstock.bench.penstock.OnEngine;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.Workload;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** One run of a workload on a system in this JVM, after a warm-up. The main class of the JVMs that are measured. */
public final class MeasuredRun {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private MeasuredRun() {}

    /** Prints the measurement as one line of JSON. */
    public static void main(String[] arguments) throws Exception {
        Measurement measurement = measure(Order.ofArguments(arguments), System.err);
        System.out.println(JsonMapper.builder().build().writeValueAsString(measurement));
    }

    /** @param explanations where to show how the system does it, if that is ordered */
    public static Measurement measure(Order order, PrintStream explanations) throws Exception {
        try (Contender contender = open(order.workload(), order.system())) {
            if (order.explain()) {
                explanations.print(contender.explain());
            }
            if (order.warmUpMs() > 0) {
                warmUp(contender, order);
                System.gc();
            }
            long allocatedBefore = allocatedBytes();
            CpuTimes before = CpuTimes.now();
            long startNs = System.nanoTime();
            contender.run(order.count());
            long wallNs = System.nanoTime() - startNs;
            CpuTimes after = CpuTimes.now();
            long allocatedBytes = allocatedBytes() - allocatedBefore;
            Answer answer = contender.takeAnswer();
            return new Measurement(answer.text(), order.count(), wallNs, after.processNs() - before.processNs(),
                    allocatedBytes, after.otherCoresSince(before), after.stolenCoresSince(before));
        }
    }

    private static Contender open(Workload workload, SystemName system) throws Exception {
        int threads = system.threads();
        return switch (system.kind()) {
            case PENSTOCK -> new OnEngine(workload, threads);
            case GENERATOR -> new Generator(workload, threads);
            case HAND -> switch (workload) {
                case W1 -> new WordCount(threads);
                case W2 -> new AdCount(threads);
                case W3 -> new AccountSums(threads);
                case W4 -> new Scoring(threads);
            };
        };
    }

    private static void warmUp(Contender contender, Order order) throws Exception {
        long count = Math.min(order.count(), order.workload().warmUpCount());
        long startNs = System.nanoTime();
        long warmUpNs = TimeUnit.MILLISECONDS.toNanos(order.warmUpMs());
        while (System.nanoTime() - startNs < warmUpNs) {
            contender.run(count);
            contender.takeAnswer();
        }
    }

    /** By all threads that are alive; those of a contender are while it is measured. */
    private static long allocatedBytes() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
