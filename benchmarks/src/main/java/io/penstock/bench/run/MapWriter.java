package io.penstock.bench.run;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** A thread that puts so many entries a second into a map while others look it up: each millisecond those due. */
public final class MapWriter implements AutoCloseable {

    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double NS_PER_S = 1e9;

    private final LongConsumer rewriteFn;
    private final int perSecond;
    private final Thread thread = new Thread(this::write, "map-writer");
    private volatile boolean isClosed;
    private volatile Throwable failure;
    private volatile double rate;

    /** @param rewriteFn puts an entry; its argument counts up from 0 */
    public MapWriter(LongConsumer rewriteFn, int perSecond) {
        this.rewriteFn = rewriteFn;
        this.perSecond = perSecond;
    }

    public void start() {
        thread.start();
    }

    /** What is late is made up for, as far as the map lets it. */
    private void write() {
        long startNs = System.nanoTime();
        long written = 0;
        try {
            while (!isClosed) {
                double elapsedNs = System.nanoTime() - startNs;
                if (written <= elapsedNs * perSecond / NS_PER_S) {
                    rewriteFn.accept(written++);
                } else {
                    LockSupport.parkNanos(INTERVAL_NS);
                }
            }
        } catch (Throwable e) {
            failure = e;
        }
        rate = written * NS_PER_S / (System.nanoTime() - startNs);
    }

    /** How many entries a second were put, once this is closed. */
    public double rate() {
        return rate;
    }

    /** Ends the thread, if it was started; fails if a put has failed. */
    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IllegalStateException("the map could not be written meanwhile", failure);
        }
    }
}
