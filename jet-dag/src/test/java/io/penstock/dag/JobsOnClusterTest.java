package io.penstock.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.host.JobHost;
import io.penstock.dag.host.JobRequest;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import io.penstock.grid.host.CarriedGrid;
import io.penstock.grid.host.MapHost;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which jobs of a grid on a cluster go where. The cluster is a grid of this JVM that says it were one. */
@Timeout(60)
class JobsOnClusterTest {

    private static final MapRef<Long, Long> NUMBERS = MapRef.of("numbers", Long.class, Long.class);

    /** Starts nothing, and says that everything runs. */
    private static final class FakeHost implements JobHost {
        private final List<JobRequest> requests = new ArrayList<>();
        private JobStatus status = JobStatus.RUNNING;
        private int opened;
        private int workerCount = -1;
        private boolean closed;

        private FakeHost open(int workers) {
            opened++;
            workerCount = workers;
            return this;
        }

        @Override
        public Job start(JobRequest request) {
            requests.add(request);
            return job(request.name());
        }

        private Job job(String name) {
            return proxy(Job.class, (proxy, method, args) -> method.getName().equals("name") ? name : status);
        }

        @Override
        public Optional<Job> find(String name) {
            return requests.stream().map(JobRequest::name).filter(name::equals).findFirst().map(this::job);
        }

        @Override
        public List<Job> jobs() {
            return requests.stream().map(request -> job(request.name())).toList();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Grid embedded = Grid.embedded();
    private final FakeHost host = new FakeHost();
    private final Jobs jobs = jobs(options -> options.workers(2));

    @AfterEach
    void close() {
        jobs.close();
        embedded.close();
    }

    private Jobs jobs(Consumer<JobsOptions> settings) {
        JobsOptions options = new JobsOptions();
        settings.accept(options);
        return new Jobs(onCluster(embedded), options, grid -> (ofGrid, workers) -> host.open(workers));
    }

    private static Grid onCluster(Grid grid) {
        MapHost cluster = proxy(MapHost.class, (proxy, method, args) -> method.getName().equals("isCluster"));
        InvocationHandler handler = (proxy, method, args) -> {
            if (method.getName().equals("host")) {
                return cluster;
            }
            try {
                return method.invoke(grid, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (Grid) Proxy.newProxyInstance(
                Grid.class.getClassLoader(), new Class<?>[] {Grid.class, CarriedGrid.class}, handler);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Pipeline endless() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(Long.MAX_VALUE, i -> i)).writeTo(Sinks.noop());
        return pipeline;
    }

    @Test
    void submitsWhatIsAskedForToTheCluster() {
        assertEquals(0, host.opened, "not before it is needed");
        Job job = jobs.submit(endless(), o -> o.name("far").guarantee(Guarantee.AT_LEAST_ONCE)
                .snapshotInterval(Duration.ofMillis(250)).copyMapsUpTo(7).addClass(JobsOnClusterTest.class));
        jobs.submit(endless());
        assertEquals("far", job.name());
        assertEquals(1, host.opened);
        assertEquals(2, host.workerCount);
        JobRequest request = host.requests.get(0);
        assertEquals(Guarantee.AT_LEAST_ONCE, request.guarantee());
        assertEquals(Duration.ofMillis(250), request.snapshotInterval());
        assertEquals(7, request.copiedEntriesMax());
        assertEquals(List.of(JobsOnClusterTest.class), request.classes());
    }

    @Test
    void leavesTheNumberOfWorkersToTheMembersUnlessItIsSaid() {
        try (Jobs unset = jobs(options -> {})) {
            unset.submit(endless());
        }
        assertEquals(0, host.workerCount);
    }

    @Test
    void runsInThisJvmWhatIsToRunThere() throws InterruptedException {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(1_000, i -> i)).writeTo(Sinks.map(NUMBERS, i -> i));
        Job job = jobs.submit(pipeline, o -> o.inThisJvm());
        job.join();
        assertEquals(1_000, embedded.map(NUMBERS).size());
        assertTrue(job.explain().contains("writes a batch at a time"), job::explain); // each write is a round trip
        assertEquals(0, host.opened);
    }

    @Test
    void servesCallsInThisJvm() throws Exception {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.calls("calls", Long.class)).map(i -> i + 1).writeTo(Sinks.reply());
        try (Call<Long, Long> call = jobs.serve("next", pipeline)) {
            assertEquals(5L, call.ask(4L, Duration.ofSeconds(30)).toCompletableFuture().get());
        }
        assertEquals(0, host.opened);
    }

    @Test
    void refusesAFeedOnTheClusterAndSaysHowItRuns() throws InterruptedException {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.feed("prices", Long.class)).writeTo(Sinks.noop());
        String message = assertThrows(IllegalArgumentException.class, () -> jobs.submit(pipeline)).getMessage();
        assertTrue(message.matches("stage 'prices' \\(JobsOnClusterTest.java:\\d+\\) is a feed, .*o.inThisJvm\\(\\).*"),
                message);
        assertEquals(List.of(), host.requests);
        Job job = jobs.submit(pipeline, o -> o.inThisJvm());
        job.feed("prices", Long.class).close();
        job.join();
    }

    @Test
    void findsJobsHereAndThere() {
        Job far = jobs.submit(endless(), o -> o.name("b-far"));
        Job near = jobs.submit(endless(), o -> o.name("a-near").inThisJvm());
        assertEquals(List.of("a-near", "b-far"), jobs.jobs().stream().map(Job::name).toList());
        assertSame(near, jobs.job("a-near").orElseThrow());
        assertEquals(far.name(), jobs.job("b-far").orElseThrow().name());
        assertTrue(jobs.job("nowhere").isEmpty());
    }

    @Test
    void ofTwoJobsOfAnNameTheClustersComesFirstUnlessItHasEnded() {
        Job near = jobs.submit(endless(), o -> o.name("twice").inThisJvm());
        jobs.submit(endless(), o -> o.name("twice"));
        assertFalse(jobs.job("twice").orElseThrow() == near);
        host.status = JobStatus.COMPLETED;
        assertSame(near, jobs.job("twice").orElseThrow());
        near.cancel();
        near.completion().exceptionally(failure -> null).toCompletableFuture().join();
        assertEquals(JobStatus.COMPLETED, jobs.job("twice").orElseThrow().status());
    }

    @Test
    void givesNamesThatNoOtherJvmGives() {
        try (Jobs others = jobs(options -> {})) {
            String name = jobs.submit(endless()).name();
            assertNotEquals(name, others.submit(endless()).name());
            assertTrue(name.matches("job-[0-9a-f]{8}-1"), name);
        }
        Job here = Jobs.of(embedded).submit(endless());
        assertEquals("job-1", here.name());
    }

    @Test
    void letsGoOfTheClustersJobsAndCancelsItsOwn() {
        jobs.submit(endless());
        Job near = jobs.submit(endless(), o -> o.inThisJvm());
        jobs.close();
        assertTrue(host.closed);
        assertEquals(JobStatus.CANCELLED, near.status());
        assertThrows(IllegalStateException.class, () -> jobs.submit(endless()));
        assertThrows(IllegalStateException.class, () -> jobs.submit(endless(), o -> o.inThisJvm()));
    }

    @Test
    void saysWhatToDoIfTheClassPathHasNoHostForClusters() {
        ClassLoader without = ClassLoader.getPlatformClassLoader();
        String message = assertThrows(IllegalStateException.class, () -> ClusterJobs.find(embedded, without))
                .getMessage();
        assertTrue(message.contains("io.penstock.dag.host.JobHostProvider under META-INF/services")
                && message.endsWith("or submit jobs with o.inThisJvm()"), message);
    }

    @Test
    void aGridOfThisJvmLooksForNoCluster() {
        try (Jobs alone = new Jobs(embedded, new JobsOptions(), grid -> {
            throw new AssertionError("looked for");
        })) {
            alone.submit(endless(), o -> o.name("here"));
            assertTrue(alone.job("here").isPresent());
            assertEquals(1, alone.jobs().size());
        }
    }
}
