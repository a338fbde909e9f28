package io.penstock.bench.map;

import io.penstock.bench.run.CpuTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * How long some loops took.
 *
 * @param wallNs in which all threads together do so many operations: their number, divided by the sum of the rates of
 *     the threads, so that a thread that ends a little later than the others does not count as them waiting
 * @param cpuNs of this process, all threads and the collector included
 * @param otherCores how many cores others kept busy meanwhile, NaN if that is not known
 * @param stolenCores how many cores the hypervisor gave to other machines meanwhile, NaN if that is not known
 */
record Timing(long count, long wallNs, long cpuNs, double otherCores, double stolenCores) {

    private static final double NS_PER_S = 1e9;

    /** A loop on a thread of its own; begins when the gate opens. */
    private static final class Runner {

        private final Loop loop;
        private final long durationNs;
        private final CountDownLatch gate;
        private final Thread thread;
        private long count;
        private double perSecond;
        private Throwable failure;

        Runner(Loop loop, long durationNs, CountDownLatch gate, String name) {
            this.loop = loop;
            this.durationNs = durationNs;
            this.gate = gate;
            thread = new Thread(this::run, name);
            thread.start();
        }

        private void run() {
            try {
                gate.await();
                long countBefore = loop.count();
                long startNs = System.nanoTime();
                long elapsedNs = 0;
                while (elapsedNs < durationNs && !loop.isDone()) {
                    loop.step();
                    elapsedNs = System.nanoTime() - startNs;
                }
                count = loop.count() - countBefore;
                perSecond = count * NS_PER_S / Math.max(1, elapsedNs);
            } catch (Throwable e) {
                failure = e;
            }
        }
    }

    /**
     * Runs loops side by side, each on a thread of its own, until the time is over or they are done.
     *
     * @throws IllegalStateException if one fails
     */
    static Timing of(List<? extends Loop> loops, long durationNs) throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        List<Runner> runners = new ArrayList<>();
        for (Loop loop : loops) {
            runners.add(new Runner(loop, durationNs, gate, "bench-map-" + runners.size()));
        }
        CpuTimes before = CpuTimes.now();
        gate.countDown();
        for (Runner runner : runners) {
            runner.thread.join();
        }
        CpuTimes after = CpuTimes.now();
        for (Runner runner : runners) {
            if (runner.failure != null) {
                throw new IllegalStateException(runner.failure.toString(), runner.failure);
            }
        }
        long count = runners.stream().mapToLong(runner -> runner.count).sum();
        double perSecond = runners.stream().mapToDouble(runner -> runner.perSecond).sum();
        return new Timing(count, Math.round(count * NS_PER_S / Math.max(perSecond, Double.MIN_NORMAL)),
                after.processNs() - before.processNs(), after.otherCoresSince(before), after.stolenCoresSince(before));
    }

    /** Both together, one after the other; how busy others were is the later one's, if it is known. */
    Timing plus(Timing later) {
        return new Timing(count + later.count, wallNs + later.wallNs, cpuNs + later.cpuNs,
                Double.isNaN(later.otherCores) ? otherCores : later.otherCores,
                Double.isNaN(later.stolenCores) ? stolenCores : later.stolenCores);
    }
}
