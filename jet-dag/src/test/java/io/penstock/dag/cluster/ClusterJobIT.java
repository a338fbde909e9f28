package io.penstock.dag.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs on three members in one JVM, from a member and from a client. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ClusterJobIT {

    private static final MapRef<Long, Long> SUMS = MapRef.of("sums", Long.class, Long.class);
    private static final long KEYS = 100;
    private static final long EVENTS = 10_000;

    private static TestMembers members;
    private static Grid member;
    private static Grid client;

    @BeforeAll
    static void start() {
        members = new TestMembers(3);
        member = members.get(0);
        client = members.client();
    }

    @AfterAll
    static void stop() {
        members.close();
    }

    @BeforeEach
    void clear() {
        member.map(SUMS).clear();
    }

    /** Adds up the numbers of each key; in a window if it is to be done in two steps. */
    private static Pipeline sums(boolean inWindow) {
        Pipeline pipeline = Pipeline.create();
        var numbers = pipeline.readFrom(Sources.generator(EVENTS, number -> number))
                .withTimestamps(number -> number, Duration.ZERO)
                .groupingKey(number -> number % KEYS);
        if (inWindow) {
            numbers.window(WindowDefinition.tumbling(Duration.ofDays(1)))
                    .aggregate(AggregateOperations.summingLong(number -> number))
                    .writeTo(Sinks.map(SUMS, sum -> sum.key(), sum -> sum.result()));
        } else {
            numbers.mapStateful(Duration.ofDays(1), () -> new long[1], (sum, key, number) -> {
                sum[0] += number;
                return new long[] {key, sum[0]};
            }).writeTo(Sinks.map(SUMS, row -> row[0], row -> row[1]));
        }
        return pipeline;
    }

    private static void assertSums() {
        Map<Long, Long> expected = LongStream.range(0, EVENTS).boxed()
                .collect(Collectors.groupingBy(number -> number % KEYS, Collectors.summingLong(number -> number)));
        assertEquals(expected, new TreeMap<>(member.map(SUMS)));
    }

    @Test
    void runsToItsEndForAMember() throws InterruptedException {
        Job job = Jobs.of(member).submit(sums(false));
        job.join();
        assertEquals(JobStatus.COMPLETED, job.status());
        assertSums();
        assertEquals(EVENTS, job.metrics().eventsOut("generator"));
        assertEquals(EVENTS, job.metrics().eventsIn("mapStateful"));
    }

    @Test
    void runsToItsEndForAClient() throws InterruptedException {
        Job job = Jobs.of(client).submit(sums(true));
        job.join();
        assertSums();
        assertEquals(EVENTS, job.metrics().eventsIn("window"));
        assertTrue(job.explain().contains("on every worker"), job::explain);
        assertTrue(job.explain().contains("in 10,000"), job::explain);
        assertTrue(job.toDot().startsWith("digraph"), job::toDot);
    }

    @Test
    void sendsTheClassesOfAClientAlong() throws InterruptedException {
        Jobs.of(client).submit(sums(false), o -> o.addClass(ClusterJobIT.class)).join();
        assertSums();
    }

    @Test
    void isFoundByAllWhoseGridsHaveTheSamePrefix() {
        Job job = Jobs.of(client).submit(endless(), o -> o.name("endless"));
        assertEquals(JobStatus.RUNNING, Jobs.of(members.get(2)).job("endless").orElseThrow().status());
        assertEquals(List.of("endless"), Jobs.of(member).jobs().stream().map(Job::name).toList());
        List<Grid> others = members.all().stream().map(ClusterJobIT::withOtherPrefix).toList();
        Jobs jobs = Jobs.of(others.get(0));
        assertEquals(List.of(), jobs.jobs());
        assertFalse(jobs.job("endless").isPresent());
        Job namesake = jobs.submit(endless(), o -> o.name("endless"));
        assertEquals(JobStatus.RUNNING, namesake.status());
        namesake.cancel();
        assertThrows(CancellationException.class, namesake::join);
        others.forEach(Grid::close);
        assertEquals(JobStatus.RUNNING, job.status(), "the member goes on without the grid that it was lent to");
        job.cancel();
        assertThrows(CancellationException.class, job::join);
        assertEquals(JobStatus.CANCELLED, job.status());
    }

    private static Grid withOtherPrefix(Grid ofMember) {
        return Grid.cluster(config -> config.name("other-" + ofMember.name()).cluster(cluster ->
                cluster.instance(TestMembers.hazelcast(ofMember)).mapPrefix("other.")));
    }

    private static Pipeline endless() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, number -> number)).writeTo(Sinks.noop());
        return pipeline;
    }

    /** Without what the function's exception says, which may be an event's content, and would be in the members' logs. */
    @Test
    void aMemberLearnsWhereAFunctionFailed() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(EVENTS, number -> number))
                .map(number -> 1 / (number - 5_000))
                .writeTo(Sinks.noop());
        JobException failure = assertThrows(JobException.class, () -> Jobs.of(member).submit(pipeline).join());
        Throwable cause = failure.getCause().getCause();
        assertEquals("java.lang.ArithmeticException", cause.toString());
        assertTrue(List.of(cause.getStackTrace()).toString().contains("ClusterJobIT.java"), cause::toString);
    }

    @Test
    void namesTheStageAndTheMemberThatFailed() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(EVENTS, number -> number))
                .map(number -> 1 / (number - 5_000), o -> o.name("divide"))
                .writeTo(Sinks.noop());
        for (Grid grid : List.of(member, client)) {
            Job job = Jobs.of(grid).submit(pipeline);
            JobException failure = assertThrows(JobException.class, job::join);
            assertEquals("divide", failure.stage());
            assertTrue(failure.getMessage().contains("ArithmeticException"), failure::getMessage);
            assertTrue(failure.getMessage().contains("127.0.0.1:"), failure::getMessage);
            assertEquals(JobStatus.FAILED, job.status());
            JobException found = assertThrows(
                    JobException.class, () -> Jobs.of(grid).job(job.name()).orElseThrow().join());
            assertEquals("divide", found.stage());
            assertEquals(failure.getMessage(), found.getMessage());
        }
    }

    @Test
    void refusesAKeyThatNoMapCouldHave() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(EVENTS, number -> number))
                .withTimestamps(number -> number, Duration.ZERO)
                .groupingKey(number -> new Date(number))
                .mapStateful(Duration.ofDays(1), () -> new long[1], (count, key, number) -> ++count[0])
                .writeTo(Sinks.noop());
        JobException failure = assertThrows(JobException.class, () -> Jobs.of(client).submit(pipeline).join());
        assertEquals("mapStateful", failure.stage());
        assertTrue(failure.getMessage().contains("java.util.Date") && failure.getMessage().contains("o.inThisJvm()"),
                failure::getMessage);
    }

    /** Neither serializable nor a record. */
    private static final class Stubborn {
        private final Thread thread = Thread.currentThread();
    }

    @Test
    void refusesEventsThatCannotTravelAlsoWhereTheyNeedNot() {
        try (TestMembers lone = new TestMembers(1)) {
            Pipeline pipeline = Pipeline.create();
            pipeline.readFrom(Sources.generator(EVENTS, number -> number))
                    .map(number -> new Stubborn(), o -> o.name("stubborn"))
                    .groupingKey(stubborn -> stubborn.thread.getId())
                    .custom(OperatorSpec.of("ignored", () -> (input, batch, output) -> { }));
            Job job = Jobs.of(lone.get(0)).submit(pipeline);
            JobException failure = assertThrows(JobException.class, job::join);
            assertEquals("stubborn", failure.stage());
            assertTrue(failure.getMessage().contains("Stubborn"), failure::getMessage);
        }
    }

    @Test
    void leavesNothingOnTheMembersWhenItHasEnded() throws InterruptedException {
        Jobs.of(client).submit(sums(true)).join();
        for (Grid grid : members.all()) {
            HazelcastInstance hazelcast = TestMembers.hazelcast(grid);
            assertEquals(0, MemberJobs.of(hazelcast).count());
        }
    }
}
