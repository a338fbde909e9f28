package io.penstock.bench.map;

import io.penstock.bench.work.Mix;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.function.IntFunction;

/** How much of the heap is in use. */
final class UsedHeap {

    private static final int COLLECTIONS = 3;

    private UsedHeap() {}

    /** After some full collections: one alone leaves what only a reference queue held. */
    static long bytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What a key takes on average. */
    static double bytesOfKey(int sampleCount) {
        return bytesOf(Mix::mix, sampleCount);
    }

    /** What a value takes on average. */
    static double bytesOfItem(int sampleCount) {
        return bytesOf(index -> Item.of(index, index), sampleCount);
    }

    private static double bytesOf(IntFunction<Object> factory, int sampleCount) {
        Object[] sample = new Object[sampleCount];
        long before = bytes();
        for (int index = 0; index < sampleCount; index++) {
            sample[index] = factory.apply(index);
        }
        long after = bytes();
        Reference.reachabilityFence(sample);
        return (double) (after - before) / sampleCount;
    }
}
