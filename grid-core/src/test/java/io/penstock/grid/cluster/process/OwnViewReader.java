package io.penstock.grid.cluster.process;

import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;
import io.penstock.grid.ViewConfig;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Reads, in a member, the view of its own entries on a thread of its own for as long as the process lives. Without the
 * book of the writers it finds less than {@link ViewChecker}: torn values, and those of keys that are always present
 * that are missing or go back.
 */
final class OwnViewReader {

    static final int KEY_COUNT = 1_200;

    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final LocalView.Reader<Integer, Tally> reader;
    private final Consumer<String> faults;
    private final long[] seen = new long[KEY_COUNT];
    private final AtomicLong foundCount = new AtomicLong();

    private OwnViewReader(GridMap<Integer, Tally> map, Consumer<String> faults) {
        this.faults = faults;
        reader = map.localView(ViewConfig::ownPartitions).reader();
    }

    static OwnViewReader start(GridMap<Integer, Tally> map, Consumer<String> faults) {
        OwnViewReader own = new OwnViewReader(map, faults);
        Thread thread = new Thread(own::run, "own-view-reader");
        thread.setDaemon(true);
        thread.start();
        return own;
    }

    long foundCount() {
        return foundCount.get();
    }

    private void run() {
        for (int key = 0; ; key = (key + 1) % KEY_COUNT) {
            try {
                check(key, reader.get(key));
            } catch (GridException e) {
                if (e.code() == GridException.Code.CLOSED) {
                    return;
                }
                if (e.code() != GridException.Code.UNAVAILABLE) {
                    faults.accept("its view's reader failed with " + e);
                    return;
                }
            } catch (RuntimeException | Error e) {
                faults.accept("its view's reader failed with " + e);
                e.printStackTrace();
                return;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void check(int key, Tally found) {
        if (found == null) {
            if (Book.Kind.of(key).isAlwaysPresent()) {
                faults.accept("nothing in its view under key " + key + ", after version " + seen[key]);
            }
            return;
        }
        foundCount.incrementAndGet();
        if (!found.isWholeUnder(key)) {
            faults.accept("a torn value in its view under key " + key + ": " + found);
        }
        if (found.version() < seen[key]) {
            faults.accept("its view went back under key " + key + ": " + found + " after version " + seen[key]);
        }
        seen[key] = Math.max(seen[key], found.version());
    }
}
