package io.penstock.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.penstock.dag.engine.EngineHost;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are read through functions or files go on where a snapshot was taken. */
@Timeout(60)
class ReplayIT {

    private static final int NUMBERS = 20_000;
    private static final int KEYS = 7;
    /** By the remainder of the numbers, how many have come, and their sum. */
    private static final MapRef<Integer, String> SUMS = MapRef.of("sums", Integer.class, String.class);
    private static final AtomicLong SEEN = new AtomicLong();
    /** More than one batch holds, so that a barrier may come when a part of it is given out. */
    private static final int NUMBERS_PER_FILL = 1_500;

    @TempDir
    private Path folder;

    @BeforeEach
    void clear() {
        SEEN.set(0);
    }

    @Test
    void linesGoOn() throws Exception {
        Path file = folder.resolve("numbers");
        Files.writeString(file, IntStream.range(0, NUMBERS).mapToObj(i -> i + "\n").collect(Collectors.joining()));
        runInParts(Sources.lines(file));
    }

    @Test
    void aBuiltSourceGoesOn() throws Exception {
        runInParts(SourceBuilder.batch("numbers", () -> new int[1])
                .<String>fillBufferFn((next, buffer) -> {
                    for (int i = 0; i < NUMBERS_PER_FILL && next[0] < NUMBERS; i++) {
                        buffer.add(String.valueOf(next[0]++));
                    }
                    if (next[0] == NUMBERS) {
                        buffer.close();
                    }
                })
                .createSnapshotFn(next -> next[0])
                .restoreSnapshotFn((next, places) -> next[0] = places.get(0))
                .build());
    }

    private void runInParts(Source<String> source) throws Exception {
        Pipeline p = Pipeline.create();
        p.readFrom(source)
                .map(ReplayIT::seen)
                .withTimestamps(number -> number, Duration.ZERO)
                .groupingKey(number -> number % KEYS)
                .mapStateful(Duration.ofDays(1), () -> new long[2], (sum, key, number) -> {
                    sum[0]++;
                    sum[1] += number;
                    return Map.entry(key, sum[0] + " of " + sum[1]);
                })
                .writeTo(Sinks.map(SUMS, Map.Entry::getKey, Map.Entry::getValue));
        LogicalPlan plan = PipelinePlans.of(p);
        try (Grid grid = Grid.embedded()) {
            EngineHost.Taken taken = null;
            for (int part = 1; part <= 3; part++) {
                try (EngineHost engine = new EngineHost(grid, part)) {
                    Job job = engine.start("replay", plan, taken);
                    awaitSeen(part * NUMBERS / 5, job);
                    taken = engine.stop(job);
                }
            }
            try (EngineHost engine = new EngineHost(grid, 2)) {
                engine.start("replay", plan, taken).join();
            }
            assertEquals(NUMBERS, SEEN.get(), "numbers read, all in all");
            assertEquals(expected(), new TreeMap<>(grid.map(SUMS)));
        }
    }

    private static Map<Integer, String> expected() {
        Map<Integer, String> sums = new TreeMap<>();
        for (int key = 0; key < KEYS; key++) {
            int residue = key;
            long[] numbers = IntStream.range(0, NUMBERS).filter(i -> i % KEYS == residue).asLongStream().toArray();
            sums.put(key, numbers.length + " of " + Arrays.stream(numbers).sum());
        }
        return sums;
    }

    /** Takes its time, so that the job can be stopped in the middle. */
    private static int seen(String number) {
        SEEN.incrementAndGet();
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(20));
        return Integer.parseInt(number);
    }

    private static void awaitSeen(long count, Job job) {
        while (SEEN.get() < count) {
            assertFalse(job.status().isEnd(), "the job ended before it was stopped");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
