package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When a partition may be shown, and when its owner may be asked. */
class ViewPhasesTest {

    @Test
    void theOwnerMayBeAskedUntilThePartitionIsClosed() {
        ViewPhases phases = new ViewPhases(2);
        assertTrue(phases.enter(0, 0));
        phases.close(0);
        assertFalse(phases.isQuiet(0));
        phases.leave(0);
        assertTrue(phases.isQuiet(0));
        phases.complete(0);
        assertFalse(phases.enter(0, 0));
        assertTrue(phases.isQuiet(0));
        assertFalse(phases.isAllComplete());
        phases.close(1);
        phases.complete(1);
        assertTrue(phases.isAllComplete());
        long version = phases.version();
        phases.open(1);
        assertTrue(phases.version() != version);
        assertFalse(phases.isAllComplete());
        assertTrue(phases.isComplete(0));
        assertFalse(phases.isComplete(1));
    }

    @Test
    void whoWaitsTooLongAsks() {
        ViewPhases phases = new ViewPhases(1);
        phases.close(0);
        assertTrue(phases.enter(0, 1));
    }

    /** The owner counts up; the table shows a copy, now and then drops it and loads it anew. */
    @Test
    void nobodySeesAnOlderValueWhenThePartitionIsShown() throws Exception {
        ViewPhases phases = new ViewPhases(1);
        AtomicLong owner = new AtomicLong(1);
        AtomicLong table = new AtomicLong(); // 0 for absent
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> running = new ArrayList<>();
        try {
            running.add(threads.submit(() -> count(owner, ended)));
            for (int i = 0; i < 2; i++) {
                running.add(threads.submit(() -> read(phases, owner, table, ended)));
            }
            for (int round = 0; round < 20_000; round++) {
                phases.close(0);
                while (!phases.isQuiet(0)) {
                    Thread.onSpinWait();
                }
                table.set(owner.get());
                phases.complete(0);
                phases.open(0);
                table.set(0);
            }
        } finally {
            ended.set(true);
            threads.shutdown();
        }
        for (Future<?> future : running) {
            future.get(60, TimeUnit.SECONDS);
        }
    }

    private static void count(AtomicLong owner, AtomicBoolean ended) {
        while (!ended.get()) {
            owner.incrementAndGet();
        }
    }

    private static void read(ViewPhases phases, AtomicLong owner, AtomicLong table, AtomicBoolean ended) {
        long seen = 0;
        while (!ended.get()) {
            long value = table.get();
            if (value == 0 && phases.enter(0, TimeUnit.MINUTES.toNanos(1))) {
                value = table.get();
                value = value != 0 ? value : owner.get();
                phases.leave(0);
            }
            if (value != 0) {
                assertEquals(Math.max(seen, value), value);
                seen = value;
            }
        }
    }
}
