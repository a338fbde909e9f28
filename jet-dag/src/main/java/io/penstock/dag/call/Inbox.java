package io.penstock.dag.call;

import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * A bounded queue from any thread into a source of a job.
 *
 * <p><b>Threads.</b> Items are offered by any thread, and taken by that of the source.
 */
final class Inbox<T> {

    /** The least that the queue can be made for. */
    private static final int CAPACITY_MIN = 2;

    private final MpscAtomicArrayQueue<T> items;
    private volatile Runnable wakeUp = () -> {};
    private volatile boolean open;
    private volatile boolean ended;

    /** @param capacity rounded up to a power of two */
    Inbox(int capacity) {
        items = new MpscAtomicArrayQueue<>(Math.max(capacity, CAPACITY_MIN));
    }

    /** By the source, when it is opened. */
    void open(Runnable sourcesWakeUp) {
        wakeUp = sourcesWakeUp;
        open = true;
    }

    /** By the source, when it is closed. */
    void close() {
        open = false;
        wakeUp = () -> {};
    }

    /** Whether there is a source that takes items. */
    boolean isOpen() {
        return open;
    }

    /** False if there is no room. */
    boolean offer(T item) {
        if (!items.offer(item)) {
            return false;
        }
        wakeUp.run();
        return true;
    }

    void end() {
        ended = true;
        wakeUp.run();
    }

    boolean isEnded() {
        return ended;
    }

    /** By the source: the next item, or null if there is none. */
    T poll() {
        return items.poll();
    }

    /** By the source: whether all has been taken, and no more will come. */
    boolean isDrained() {
        return ended && items.isEmpty();
    }
}
