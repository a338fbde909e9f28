package io.penstock.grid.cluster.process;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A thread that does the same again and again until it is closed. If that fails, it is a fault. */
final class Worker implements AutoCloseable {

    private static final long JOIN_MS_MAX = 60_000;

    private final String name;
    private final Runnable step;
    private final long pauseNs;
    private final Collection<String> faults;
    private final Thread thread;
    private volatile boolean stopped;

    /** @param pauseMicros between two steps, so that what else there is gets its share of two cores */
    Worker(String name, Runnable step, long pauseMicros, Collection<String> faults) {
        this.name = name;
        this.step = step;
        pauseNs = TimeUnit.MICROSECONDS.toNanos(pauseMicros);
        this.faults = faults;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    Worker start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!stopped) {
                step.run();
                LockSupport.parkNanos(pauseNs);
            }
        } catch (RuntimeException | Error e) {
            faults.add(name + " failed with " + e);
            e.printStackTrace();
        }
    }

    /** Lets the step end that it is at. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(JOIN_MS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            faults.add(name + " does not end; it is at " + String.join(" ", stack()));
        }
    }

    private String[] stack() {
        StackTraceElement[] elements = thread.getStackTrace();
        String[] lines = new String[elements.length];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = elements[i].toString();
        }
        return lines;
    }
}
