package io.penstock.dag.engine;

import io.penstock.dag.operator.Batch;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;

/**
 * A bounded queue of batches and {@link Signal}s from one tasklet to another. Used batches go back to the sender, so
 * that a queue in steady state allocates nothing.
 */
final class BatchQueue {

    private final SpscAtomicArrayQueue<Object> items;
    private final SpscAtomicArrayQueue<Batch> used;
    private final int capacity;

    BatchQueue(int capacity) {
        items = new SpscAtomicArrayQueue<>(capacity);
        used = new SpscAtomicArrayQueue<>(capacity);
        this.capacity = items.capacity();
    }

    /** By the sender: whether an offer would succeed. */
    boolean hasRoom() {
        return items.size() < capacity;
    }

    /** By the sender. */
    boolean offer(Object item) {
        return items.offer(item);
    }

    /** By the sender: an empty batch to fill. */
    Batch emptyBatch() {
        Batch batch = used.poll();
        return batch != null ? batch : new Batch();
    }

    /** By the receiver: a {@link Batch} or a {@link Signal}, or null. */
    Object poll() {
        return items.poll();
    }

    /** By the receiver: gives a batch back. */
    void recycle(Batch batch) {
        batch.clear();
        used.offer(batch);
    }

    /** How full the queue is, from 0 to 1. By any thread. */
    double fill() {
        return (double) items.size() / capacity;
    }
}
