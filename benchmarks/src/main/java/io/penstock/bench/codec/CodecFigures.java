package io.penstock.bench.codec;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;

/**
 * What one candidate costs, in CPU time of the thread, and what it does with damaged bytes.
 *
 * @param firstMs from nothing to the first order that came back, in a JVM in which no candidate was before
 * @param damagedPercent of damaged inputs, those that came back as an order all the same
 * @param foreignPercent those that came back as an object of another class
 * @param greediestBytes the most that one damaged input allocated
 */
record CodecFigures(
        String system, long firstMs, int bytes, double encodeNs, double decodeNs, long encodeAllocated,
        long decodeAllocated, double damagedPercent, double foreignPercent, long greediestBytes) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 9;
    private static final long SEED = 1;
    /** The first errors load classes. */
    private static final int COLD_COUNT = 1_000;

    /** Results go here, so that the JIT cannot leave the work out. */
    private static volatile Object kept;

    static CodecFigures of(String system, int countPerRound, int damagedCount) {
        long startNs = System.nanoTime();
        Candidate candidate = Candidate.of(system);
        Order order = Order.sample();
        byte[] bytes = candidate.encode(order);
        boolean isRight = candidate.decode(bytes).equals(order);
        long firstMs = (System.nanoTime() - startNs) / 1_000_000;
        if (!isRight) {
            throw new IllegalStateException(system + " gives back another order");
        }
        double[][] ns = new double[2][ROUNDS];
        long[] allocated = new long[2];
        for (int round = 0; round < ROUNDS; round++) {
            for (int way = 0; way < 2; way++) {
                long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
                long cpuBefore = THREADS.getCurrentThreadCpuTime();
                for (int i = 0; i < countPerRound; i++) {
                    kept = way == 0 ? candidate.encode(order) : candidate.decode(bytes);
                }
                ns[way][round] = (double) (THREADS.getCurrentThreadCpuTime() - cpuBefore) / countPerRound;
                allocated[way] = (THREADS.getCurrentThreadAllocatedBytes() - bytesBefore) / countPerRound;
            }
        }
        return damage(candidate, bytes, damagedCount, new CodecFigures(
                system, firstMs, bytes.length, median(ns[0]), median(ns[1]), allocated[0], allocated[1], 0, 0, 0));
    }

    /** The last rounds, in which the JIT has settled. */
    private static double median(double[] ns) {
        double[] last = Arrays.copyOfRange(ns, ns.length / 2, ns.length);
        Arrays.sort(last);
        return last[last.length / 2];
    }

    private static CodecFigures damage(Candidate candidate, byte[] bytes, int count, CodecFigures figures) {
        Random random = new Random(SEED);
        int orders = 0;
        int foreign = 0;
        long greediest = 0;
        for (int i = 0; i < count; i++) {
            byte[] damaged = bytes.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                if (candidate.decode(damaged) instanceof Order) {
                    orders++;
                } else {
                    foreign++;
                }
            } catch (RuntimeException | OutOfMemoryError e) {
                kept = e;
            }
            if (i >= COLD_COUNT) {
                greediest = Math.max(greediest, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
        }
        return new CodecFigures(
                figures.system, figures.firstMs, figures.bytes, figures.encodeNs, figures.decodeNs,
                figures.encodeAllocated, figures.decodeAllocated, 1e2 * orders / count, 1e2 * foreign / count,
                greediest);
    }
}
