package io.penstock.grid.testing;

import io.penstock.grid.GridConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock for {@link GridConfig#nanoClock} that stands still until it is told to go on. May be used by any thread. */
public final class VirtualClock implements LongSupplier {

    private final AtomicLong nowNs;

    /** A clock that begins at 0. */
    public VirtualClock() {
        this(0);
    }

    /** A clock that begins at any reading; it wraps around as {@link System#nanoTime} may. */
    public VirtualClock(long startNs) {
        nowNs = new AtomicLong(startNs);
    }

    @Override
    public long getAsLong() {
        return nowNs.get();
    }

    /**
     * Lets time pass.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a clock does not go back, not by " + time.abs());
        }
        nowNs.addAndGet(time.toNanos());
    }
}
