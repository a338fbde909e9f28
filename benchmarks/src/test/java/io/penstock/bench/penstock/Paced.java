package io.penstock.bench.penstock;

import io.penstock.bench.work.Mix;
import io.penstock.dag.LongFunctionEx;
import java.io.File;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the events of another function, which it keeps at so many in about 1 ms until a file is there: so the others
 * wait on all members, and no longer than they have to. No thread waits longer than a cooperative source may.
 *
 * @param eventsPerMs for each instance of the source, on the average
 * @param allAreDue the file
 */
record Paced<T>(LongFunctionEx<T> eventFn, int eventsPerMs, File allAreDue) implements LongFunctionEx<T> {

    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Which events are waited for is hashed, so that all instances get their share, however many there are. */
    @Override
    public T applyEx(long index) throws Exception {
        if (Mix.mix(index) % eventsPerMs == 0 && !allAreDue.exists()) {
            LockSupport.parkNanos(REST_NS);
        }
        return eventFn.applyEx(index);
    }
}
