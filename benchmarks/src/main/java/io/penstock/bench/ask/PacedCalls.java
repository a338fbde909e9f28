package io.penstock.bench.ask;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at a fixed rate, from one thread, whatever becomes of those before. A latency begins when the call should have
 * been made, so a caller that is late is counted, and not hidden.
 */
final class PacedCalls implements Decider.Answers {

    /** A parked thread comes back too late by less than that, usually; the rest is spun. */
    private static final long SPIN_NS = TimeUnit.MICROSECONDS.toNanos(200);

    private static final long WAIT_MAX_S = 60;

    private final long intervalNs;
    private final long beginNs;
    private final long[] latenciesNs;
    private final float[] scores;
    private final CountDownLatch open;
    private final AtomicReference<Throwable> firstFailure = new AtomicReference<>();

    private PacedCalls(int rate, int count) {
        intervalNs = TimeUnit.SECONDS.toNanos(1) / rate;
        latenciesNs = new long[count];
        scores = new float[count];
        open = new CountDownLatch(count);
        beginNs = System.nanoTime() + intervalNs;
    }

    /** What came of the calls: latencies in ascending order, and a sum of the scores, by which answers are compared. */
    record Outcome(long[] sortedNs, double scoreSum) {

        /** @param share from 0 to 1 */
        double percentileUs(double share) {
            int index = (int) Math.ceil(share * sortedNs.length) - 1;
            return sortedNs[Math.max(index, 0)] / 1e3;
        }
    }

    /**
     * Asks about the payments {@code first, first + 1, ...}.
     *
     * @throws IllegalStateException if a call fails
     */
    static Outcome run(Decider decider, long first, int rate, int count) throws InterruptedException {
        Payment[] payments = new Payment[count];
        Arrays.setAll(payments, call -> Payment.of(first + call));
        PacedCalls calls = new PacedCalls(rate, count);
        for (int call = 0; call < count; call++) {
            awaitTime(calls.intendedNs(call));
            decider.decide(call, payments[call], calls);
        }
        return calls.outcome();
    }

    private long intendedNs(int call) {
        return beginNs + call * intervalNs;
    }

    private static void awaitTime(long timeNs) {
        while (true) {
            long leftNs = timeNs - System.nanoTime();
            if (leftNs <= 0) {
                return;
            }
            if (leftNs > SPIN_NS) {
                LockSupport.parkNanos(leftNs - SPIN_NS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void score(int call, float score) {
        latenciesNs[call] = System.nanoTime() - intendedNs(call);
        scores[call] = score;
        open.countDown();
    }

    @Override
    public void failure(int call, Throwable failure) {
        firstFailure.compareAndSet(null, failure);
        open.countDown();
    }

    private Outcome outcome() throws InterruptedException {
        if (!open.await(WAIT_MAX_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException(open.getCount() + " calls have no answer after " + WAIT_MAX_S + " s");
        }
        if (firstFailure.get() != null) {
            throw new IllegalStateException("a call failed: " + firstFailure.get().getMessage(), firstFailure.get());
        }
        double sum = 0;
        for (float score : scores) {
            sum += score;
        }
        Arrays.sort(latenciesNs);
        return new Outcome(latenciesNs, sum);
    }
}
