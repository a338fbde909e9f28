package io.penstock.grid.codec;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/** Keeps up to 16 objects for the next use; threads mostly get back the one that they gave. No thread waits. */
final class Stripes<T> {

    private static final int COUNT = 16;
    /** Far enough apart that two threads do not write into one cache line. */
    private static final int STRIDE = 32;

    private final AtomicReferenceArray<T> kept = new AtomicReferenceArray<>(COUNT * STRIDE);
    private final Supplier<T> source;

    Stripes(Supplier<T> source) {
        this.source = source;
    }

    T take() {
        T found = kept.getAndSet(index(), null);
        return found == null ? source.get() : found;
    }

    void give(T used) {
        kept.setRelease(index(), used);
    }

    private static int index() {
        return (System.identityHashCode(Thread.currentThread()) & COUNT - 1) * STRIDE;
    }
}
