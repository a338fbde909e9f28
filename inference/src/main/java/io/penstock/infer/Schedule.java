package io.penstock.infer;

import io.penstock.dag.operator.Batch;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The loaded versions of a model in the order of their event times: each scores from its time until the next one's,
 * the first also everything before. Immutable; there is at least one.
 */
final class Schedule {

    private final LoadedVersion[] versions;
    private final long[] fromsMs;
    private final LongSupplier nowMs;

    /** @param nowMs the time of rows that have none */
    Schedule(List<LoadedVersion> versions, LongSupplier nowMs) {
        this.versions = versions.toArray(new LoadedVersion[0]);
        fromsMs = versions.stream().mapToLong(version -> version.info().fromMs()).toArray();
        this.nowMs = nowMs;
    }

    int size() {
        return versions.length;
    }

    LoadedVersion version(int ordinal) {
        return versions[ordinal];
    }

    List<LoadedVersion> versions() {
        return List.of(versions);
    }

    List<ModelInfo> infos() {
        return Arrays.stream(versions).map(LoadedVersion::info).toList();
    }

    LoadedVersion latest() {
        return versions[versions.length - 1];
    }

    /** Which version scores a row of that time; one without a time counts as of now. */
    int ordinalAt(long timeMs) {
        int ordinal = versions.length - 1;
        if (ordinal == 0) {
            return 0;
        }
        long atMs = timeMs == Batch.NO_TIME ? nowMs.getAsLong() : timeMs;
        while (ordinal > 0 && atMs < fromsMs[ordinal]) {
            ordinal--;
        }
        return ordinal;
    }

    /** Becomes a user of all versions, until {@link #release}; false, and of none, if one of them has been given up. */
    boolean acquire() {
        for (int i = 0; i < versions.length; i++) {
            if (!versions[i].acquire()) {
                releaseFirst(i);
                return false;
            }
        }
        return true;
    }

    void release() {
        releaseFirst(versions.length);
    }

    private void releaseFirst(int count) {
        for (int i = 0; i < count; i++) {
            versions[i].release();
        }
    }
}
