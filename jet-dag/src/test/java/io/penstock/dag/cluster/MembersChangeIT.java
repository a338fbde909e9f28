package io.penstock.dag.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.dag.Guarantee;
import io.penstock.dag.Job;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import io.penstock.grid.cluster.KeyPartitions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs go on when members leave, crash and come, and keep their state where the keys are. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class MembersChangeIT {

    private static final MapRef<Long, Long> COUNTS = MapRef.of("counts", Long.class, Long.class);
    private static final long KEYS = 100;
    private static final long EVENTS = 200_000;
    private static final long NS_PER_EVENT = TimeUnit.MICROSECONDS.toNanos(10);

    /** By key: the grids of the members that have had it. */
    private static final Map<Long, Set<String>> PLACES = new ConcurrentHashMap<>();

    private static long slow(long number) {
        long beganNs = System.nanoTime();
        while (System.nanoTime() - beganNs < NS_PER_EVENT) {
            Thread.onSpinWait();
        }
        return number;
    }

    /** Counts the numbers of each key, in state and in a map. */
    private static Pipeline counting() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(EVENTS, number -> number))
                .map(number -> slow(number), o -> o.name("slow"))
                .withTimestamps(number -> number, Duration.ZERO)
                .groupingKey(number -> number % KEYS)
                .mapStateful(Duration.ofDays(1), () -> new long[1], (count, key, i) -> new long[] {key, ++count[0]})
                .writeTo(Sinks.map(COUNTS, row -> row[0], row -> row[1]));
        return pipeline;
    }

    private static Job counted(Grid grid) {
        Job job = Jobs.of(grid).submit(counting(), o -> o.name("counting")
                .guarantee(Guarantee.EXACTLY_ONCE).snapshotInterval(Duration.ofMillis(50)));
        TestMembers.await("some counted", () -> job.metrics().eventsIn("map-counts") > EVENTS / 20);
        return job;
    }

    private static void assertAllCountedOnce(Job job, Grid grid) throws InterruptedException {
        job.join();
        assertEquals(JobStatus.COMPLETED, job.status());
        Map<Long, Long> expected = LongStream.range(0, KEYS).boxed()
                .collect(Collectors.toMap(key -> key, key -> EVENTS / KEYS));
        assertEquals(expected, new TreeMap<>(grid.map(COUNTS)));
        assertEquals(EVENTS, job.metrics().eventsOut("slow"), job::explain);
        assertEquals(EVENTS, job.metrics().eventsIn("mapStateful"), job::explain);
    }

    @Test
    void goesOnWithoutAMemberThatLeaves() throws InterruptedException {
        try (TestMembers members = new TestMembers(3)) {
            Job job = counted(members.get(0));
            members.leave(members.get(2));
            assertTrue(job.metrics().eventsIn("mapStateful") < EVENTS, "left after the end");
            assertAllCountedOnce(job, members.get(0));
        }
    }

    @Test
    void goesOnWhenTheMemberLeavesThatSubmittedItAndCoordinatesIt() throws InterruptedException {
        try (TestMembers members = new TestMembers(3)) {
            counted(members.get(0));
            members.leave(members.get(0));
            Job job = Jobs.of(members.get(0)).job("counting").orElseThrow();
            assertAllCountedOnce(job, members.get(0));
        }
    }

    @Test
    void goesOnWithoutAMemberThatCrashes() throws InterruptedException {
        try (TestMembers members = new TestMembers(3)) {
            Job job = counted(members.get(1));
            members.crash(members.get(2));
            assertTrue(job.metrics().eventsIn("mapStateful") < EVENTS, "crashed after the end");
            assertAllCountedOnce(job, members.get(0));
        }
    }

    @Test
    void aClientSeesTheEndOfAJobWhoseCoordinatorCrashed() throws InterruptedException {
        try (TestMembers members = new TestMembers(3)) {
            Grid client = members.client();
            Job job = counted(client);
            members.crash(members.get(0));
            assertAllCountedOnce(job, client);
        }
    }

    @Test
    void usesAMemberThatHasComeWhenItIsRestarted() throws InterruptedException {
        try (TestMembers members = new TestMembers(2)) {
            Job job = counted(members.get(0));
            int workers = workers(job);
            Grid third = members.add();
            HazelcastInstance hazelcast = TestMembers.hazelcast(third);
            TestMembers.await("partitions moved", () -> hazelcast.getPartitionService().isClusterSafe());
            job.restart();
            assertEquals(workers / 2 * 3, workers(job));
            assertAllCountedOnce(job, third);
        }
    }

    private static int workers(Job job) {
        TestMembers.await("figures", () -> !job.metrics().ofStage("mapStateful").isEmpty());
        return job.metrics().ofStage("mapStateful").size();
    }

    // ---- where keys are

    /** Notes which member has which key. */
    private static final class Place implements Operator {

        private String member;

        @Override
        public void open(OperatorContext context) {
            member = context.grid().name();
        }

        @Override
        public void process(int input, Batch batch, Output output) {
            for (int row = 0; row < batch.size(); row++) {
                long key = (Long) batch.event(row) % KEYS;
                PLACES.computeIfAbsent(key, ignored -> ConcurrentHashMap.newKeySet()).add(member);
            }
        }
    }

    private static Pipeline places() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, number -> number))
                .groupingKey(number -> number % KEYS)
                .custom(OperatorSpec.of("place", Place::new));
        return pipeline;
    }

    /** By key: the grid of the member that owns it in a map. */
    private static Map<Long, Set<String>> owners(TestMembers members) {
        HazelcastInstance hazelcast = TestMembers.hazelcast(members.get(0));
        Map<Object, String> gridByMember = new HashMap<>();
        members.all().forEach(grid -> gridByMember.put(
                TestMembers.hazelcast(grid).getCluster().getLocalMember().getUuid(), grid.name()));
        Map<Long, Set<String>> owners = new HashMap<>();
        for (long key = 0; key < KEYS; key++) {
            owners.put(key, Set.of(gridByMember.get(hazelcast.getPartitionService()
                    .getPartition(KeyPartitions.stored(key)).getOwner().getUuid())));
        }
        return owners;
    }

    @Test
    void keepsTheStateOfAKeyWhereTheMapsHaveIt() throws InterruptedException {
        try (TestMembers members = new TestMembers(2)) {
            PLACES.clear();
            Job job = Jobs.of(members.get(0)).submit(places(), o -> o.guarantee(Guarantee.EXACTLY_ONCE));
            TestMembers.await("all keys", () -> PLACES.size() == KEYS);
            assertEquals(owners(members), PLACES);
            Grid third = members.add();
            TestMembers.await("partitions moved", () -> owners(members).values().contains(Set.of(third.name()))
                    && TestMembers.hazelcast(third).getPartitionService().isClusterSafe());
            job.suspend();
            PLACES.clear();
            job.resume();
            TestMembers.await("all keys again", () -> PLACES.size() == KEYS);
            assertEquals(owners(members), PLACES);
            job.cancel();
        }
    }

    @Test
    void givesEachOfThreeMembersItsShare() throws InterruptedException {
        try (TestMembers members = new TestMembers(3)) {
            Pipeline pipeline = Pipeline.create();
            pipeline.readFrom(Sources.generator(EVENTS, number -> number))
                    .withTimestamps(number -> number, Duration.ZERO)
                    .groupingKey(number -> number % 1_000)
                    .mapStateful(Duration.ofDays(1), () -> new long[1], (count, key, number) -> ++count[0])
                    .writeTo(Sinks.noop());
            Job job = Jobs.of(members.get(0)).submit(pipeline);
            job.join();
            int perMember = job.metrics().ofStage("mapStateful").size() / 3;
            long[] rows = new long[3];
            job.metrics().ofStage("mapStateful").forEach(
                    stage -> rows[stage.worker() / perMember] += stage.count("in"));
            for (long ofMember : rows) {
                assertTrue(ofMember >= EVENTS / 5 && ofMember <= EVENTS / 2, job::explain);
            }
        }
    }
}
