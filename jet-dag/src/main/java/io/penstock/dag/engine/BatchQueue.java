package io.penstock.dag.engine;

import io.penstock.dag.operator.Batch;
import java.lang.invoke.VarHandle;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;

/**
 * A bounded queue of batches and {@link Signal}s from one tasklet to another. Used batches go back to the sender, so
 * that a queue in steady state allocates nothing.
 *
 * <p><b>Waking.</b> Who offers wakes the receiver's worker, and who takes from a queue that was full wakes the sender's,
 * when half of the queue is free: one wake-up per batch would cost more than the batch. No wake-up is lost: each side first publishes what it does, and then, behind a full fence, looks whether the other
 * waits; the other says that it waits, and then, behind a full fence, looks once more. See {@link Parking}.
 */
final class BatchQueue {

    private final SpscAtomicArrayQueue<Object> items;
    private final SpscAtomicArrayQueue<Batch> used;
    private final int capacity;
    private Parking sender;
    private Parking receiver;
    private volatile boolean senderWaits;

    BatchQueue(int capacity) {
        items = new SpscAtomicArrayQueue<>(capacity);
        used = new SpscAtomicArrayQueue<>(capacity);
        this.capacity = items.capacity();
    }

    /** Says who is to be woken when there is room again. Before the first offer. */
    void sentBy(Parking worker) {
        sender = worker;
    }

    /** Says who is to be woken when something comes. Before the first offer. */
    void readBy(Parking worker) {
        receiver = worker;
    }

    /** By the sender: whether an offer would succeed; if not, it is woken when one may. */
    boolean hasRoom() {
        if (items.size() < capacity) {
            return true;
        }
        senderWaits = true;
        VarHandle.fullFence();
        return items.size() < capacity;
    }

    /** By the sender; if it is refused, it is woken when there may be room. */
    boolean offer(Object item) {
        if (!items.offer(item)) {
            senderWaits = true;
            VarHandle.fullFence();
            if (!items.offer(item)) {
                return false;
            }
        }
        if (receiver != null) {
            receiver.wake();
        }
        return true;
    }

    /** By the sender: an empty batch to fill. */
    Batch emptyBatch() {
        Batch batch = used.poll();
        return batch != null ? batch : new Batch();
    }

    /** By the receiver: a {@link Batch} or a {@link Signal}, or null. */
    Object poll() {
        Object item = items.poll();
        if (item != null && sender != null) {
            VarHandle.fullFence();
            if (senderWaits && items.size() <= capacity / 2) {
                senderWaits = false;
                sender.wake();
            }
        }
        return item;
    }

    /** By the receiver: gives a batch back. */
    void recycle(Batch batch) {
        batch.clear();
        used.offer(batch);
    }

    /** How many items wait. By any thread. */
    int size() {
        return items.size();
    }

    /** How full the queue is, from 0 to 1. By any thread. */
    double fill() {
        return (double) items.size() / capacity;
    }
}
