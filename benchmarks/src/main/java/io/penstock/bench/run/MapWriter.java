package io.penstock.bench.run;

import io.penstock.bench.work.Contender;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A thread that puts 1,000 entries a second into the map that a contender looks up, one each millisecond. */
final class MapWriter implements AutoCloseable {

    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Contender contender;
    private final Thread thread = new Thread(this::write, "map-writer");
    private volatile boolean isClosed;
    private volatile RuntimeException failure;

    MapWriter(Contender contender) {
        this.contender = contender;
    }

    void start() {
        thread.start();
    }

    /** What is late is made up for, as far as the map lets it. */
    private void write() {
        try {
            long startNs = System.nanoTime();
            for (long index = 0; !isClosed; index++) {
                long waitNs = startNs + index * INTERVAL_NS - System.nanoTime();
                if (waitNs > 0) {
                    LockSupport.parkNanos(waitNs);
                }
                contender.rewrite(index);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
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
