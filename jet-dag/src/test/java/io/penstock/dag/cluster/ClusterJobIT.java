package io.penstock.dag.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.Job;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs on members in one JVM. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ClusterJobIT {

    private static final MapRef<Long, Long> SUMS = MapRef.of("sums", Long.class, Long.class);
    private static final int KEYS = 100;
    private static final int EVENTS = 10_000;

    private static Pipeline sums() {
        Long[] numbers = LongStream.range(0, EVENTS).boxed().toArray(Long[]::new);
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.items(numbers))
                .withTimestamps(number -> number, Duration.ZERO)
                .groupingKey(number -> number % KEYS)
                .mapStateful(Duration.ofHours(1), () -> new long[1], (sum, key, number) -> {
                    sum[0] += number;
                    return new long[] {key, sum[0]};
                })
                .writeTo(Sinks.map(SUMS, row -> row[0], row -> row[1]));
        return pipeline;
    }

    private static void assertSums(Grid grid) {
        assertEquals(KEYS, grid.map(SUMS).size());
        for (long key = 0; key < KEYS; key++) {
            long rows = EVENTS / KEYS;
            assertEquals(rows * key + KEYS * rows * (rows - 1) / 2, grid.map(SUMS).get(key));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void runsToItsEnd(int memberCount) throws InterruptedException {
        try (TestMembers members = new TestMembers(memberCount)) {
            Job job = Jobs.of(members.get(0)).submit(sums(), o -> o.name("sums"));
            job.join();
            assertEquals(JobStatus.COMPLETED, job.status());
            assertSums(members.get(0));
            System.out.println(job.explain());
            System.out.println(job.metrics());
        }
    }

    @Test
    void runsForAClient() throws InterruptedException {
        try (TestMembers members = new TestMembers(2)) {
            Grid client = members.client();
            Job job = Jobs.of(client).submit(sums(), o -> o.name("sums"));
            job.join();
            assertSums(client);
            System.out.println(job.explain());
        }
    }
}
