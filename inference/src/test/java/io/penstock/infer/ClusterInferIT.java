package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Job;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.grid.MapRef;
import io.penstock.infer.ModelCluster.Peer;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job that runs on three members and scores on each of them. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ClusterInferIT {

    private static final long EVENTS = 20_000;
    private static final long KEYS = 100;
    private static final AtomicLong PERMITTED = new AtomicLong();
    private static final AtomicLong COME = new AtomicLong();
    private static final MapRef<Long, Scored> SCORED = MapRef.of("scored", Long.class, Scored.class);

    private record Scored(float score, int version) implements Serializable {}

    /** Lets no event pass before its turn; blocks a worker, as only a test may. */
    private static Long whenPermitted(Long event) {
        COME.incrementAndGet();
        while (event >= PERMITTED.get()) {
            LockSupport.parkNanos(100_000);
        }
        return event;
    }

    private static Pipeline pipeline() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(EVENTS, event -> event))
                .map(ClusterInferIT::whenPermitted)
                .withTimestamps(event -> event, Duration.ZERO)
                .groupingKey(event -> event % KEYS)
                .mapStateful(Duration.ofHours(1), () -> new long[1], (count, key, event) -> event)
                .apply(Infer.with("m", (event, row) -> row.put(1L),
                        (event, out) -> Map.entry(event, new Scored(out.f32("score"), out.modelVersion()))))
                .writeTo(Sinks.map(SCORED, Map.Entry::getKey, Map.Entry::getValue));
        return pipeline;
    }

    @Test
    void aDeploymentWhileTheJobRunsTakesOverAtItsTimeOnAllMembersAndEachLoadsItOnce() throws Exception {
        try (ModelCluster cluster = new ModelCluster()) {
            List<Peer> members = List.of(cluster.member(), cluster.member(), cluster.member());
            Peer client = cluster.client();
            client.models().deploy("m", FakeEngine.model(1, 1));
            PERMITTED.set(EVENTS / 2);
            COME.set(0);
            Job job = Jobs.of(client.grid()).submit(pipeline(), o -> o.name("scoring"));
            ModelCluster.eventually("events", () -> COME.get() > EVENTS / 4);
            long fromMs = EVENTS * 3 / 4 + 1;
            members.get(1).models().deploy("m", FakeEngine.model(1, 2), o -> o.from(fromMs));
            PERMITTED.set(EVENTS);
            job.join();

            Map<Long, Scored> expected = new TreeMap<>();
            for (long event = 0; event < EVENTS; event++) {
                int version = event < fromMs ? 1 : 2;
                expected.put(event, new Scored(version, version));
            }
            assertEquals(expected, new TreeMap<>(client.grid().map(SCORED)));
            for (Peer member : members) {
                assertEquals(2, member.loads(), "one load for each version");
                double rows = member.grid().meterRegistry().get("penstock.model.rows").functionCounters().stream()
                        .mapToDouble(counter -> counter.count()).sum();
                assertTrue(rows > EVENTS / 10.0, "scored only " + rows + " at " + member.address());
            }
            assertTrue(client.models().remove("m"));
        }
    }
}
