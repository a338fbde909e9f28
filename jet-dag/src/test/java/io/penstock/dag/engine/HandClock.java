package io.penstock.dag.engine;

import java.time.Duration;
import org.agrona.concurrent.NanoClock;

/** Goes on only when a test says so. */
final class HandClock implements NanoClock {

    private long nowNs;

    @Override
    public long nanoTime() {
        return nowNs;
    }

    void advance(Duration duration) {
        nowNs += duration.toNanos();
    }
}
