package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Guarantee;
import io.penstock.dag.Job;
import io.penstock.dag.JobException;
import io.penstock.dag.JobStatus;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Stage;
import io.penstock.dag.WindowDefinition;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The life of a job, as {@link Job} tells it, which is the same on every host. To be run on each by a class that
 * extends this one and says which grid the jobs are submitted to.
 *
 * <p>Jobs are held and let go through static fields of {@link Tap} and {@link Sluice}: the host must run them in this
 * JVM.
 */
@Timeout(120)
public abstract class JobLifeContract {

    private static final MapRef<Long, Long> COUNTS = MapRef.of("life-counts", Long.class, Long.class);
    private static final MapRef<Long, Long> WINDOWS = MapRef.of("life-windows", Long.class, Long.class);
    private static final String JOB = "life";
    private static final long KEYS = 7;
    private static final int RACES = 10;
    private static final long SEED = Seed.of("JobLifeContract");

    /** How often each of several threads steers the same job. */
    protected int stepsOfEach() {
        return 4;
    }

    /** An open grid whose jobs run on the host; the same one for all tests of the class. */
    protected abstract Grid grid();

    @BeforeEach
    void begin() {
        Tap.reset();
        Sluice.reset();
        grid().map(COUNTS).clear();
        grid().map(WINDOWS).clear();
    }

    @AfterEach
    void endAllJobs() {
        Sluice.open();
        for (Job job : jobs().jobs()) {
            job.cancel();
            job.completion().exceptionally(failure -> null).toCompletableFuture().join();
        }
    }

    private Jobs jobs() {
        return Jobs.of(grid());
    }

    /** Counts the numbers of each key, in state and in a map. */
    private static Pipeline counting() {
        Pipeline pipeline = Pipeline.create();
        count(pipeline.readFrom(Tap.source()));
        return pipeline;
    }

    private static void count(Stage<Long> numbers) {
        numbers.withTimestamps(i -> i, Duration.ZERO)
                .groupingKey(i -> i % KEYS)
                .mapStateful(Duration.ofDays(1), () -> new long[1], (count, key, i) -> new long[] {key, ++count[0]})
                .writeTo(Sinks.map(COUNTS, row -> row[0], row -> row[1]));
    }

    private Job submit(Pipeline pipeline, Guarantee guarantee) {
        return jobs().submit(pipeline, o -> o.name(JOB).guarantee(guarantee));
    }

    /** Starts a job that has counted so many numbers, and has no more for now. */
    private Job counted(long numbers) {
        Tap.allow(numbers);
        Job job = submit(counting(), Guarantee.EXACTLY_ONCE);
        awaitCounted(job, numbers);
        return job;
    }

    private static void awaitCounted(Job job, long numbers) {
        Conformance.await(numbers + " counted", () -> job.metrics().eventsIn("map-life-counts") >= numbers);
    }

    private void assertAllCountedOnce(Job job, long numbers) {
        assertEquals(numbers, job.metrics().eventsOut("tap"));
        assertEquals(numbers, job.metrics().eventsIn("mapStateful"));
        assertEquals(numbers, job.metrics().eventsIn("map-life-counts"));
        Map<Long, Long> expected = LongStream.range(0, numbers).boxed()
                .collect(Collectors.groupingBy(i -> i % KEYS, TreeMap::new, Collectors.counting()));
        assertEquals(expected, new TreeMap<>(grid().map(COUNTS)));
    }

    @Test
    void goesOnWhereItWasSuspended() throws InterruptedException {
        Job job = counted(1_000);
        assertEquals(JobStatus.RUNNING, job.status());
        job.suspend();
        assertEquals(JobStatus.SUSPENDED, job.status());
        assertFalse(job.completion().toCompletableFuture().isDone());
        assertAllCountedOnce(job, 1_000);
        Tap.allow(2_000);
        job.resume();
        assertEquals(JobStatus.RUNNING, job.status());
        awaitCounted(job, 2_000);
        Tap.endAt(2_500);
        job.join();
        assertEquals(JobStatus.COMPLETED, job.status());
        assertAllCountedOnce(job, 2_500);
        assertEquals(2, Tap.opened());
    }

    @Test
    void countsEveryNumberOnceOverManyRestarts() throws InterruptedException {
        Tap.endAt(1_000_000);
        Job job = submit(counting(), Guarantee.EXACTLY_ONCE);
        for (int restarts = 0; restarts < 3; restarts++) {
            Tap.allow((restarts + 1) * 200_000);
            awaitCounted(job, restarts * 200_000 + 1);
            job.restart();
            assertEquals(JobStatus.RUNNING, job.status());
        }
        Tap.allow(1_000_000);
        job.join();
        assertAllCountedOnce(job, 1_000_000);
        assertEquals(4, Tap.opened());
    }

    @Test
    void losesNothingIfItMayCountTwice() throws InterruptedException {
        Tap.allow(1_000);
        Job job = submit(counting(), Guarantee.AT_LEAST_ONCE);
        awaitCounted(job, 1_000);
        job.restart();
        Tap.endAt(2_000);
        job.join();
        assertTrue(job.metrics().eventsIn("map-life-counts") >= 2_000, job::explain);
        grid().map(COUNTS).forEach((key, count) -> assertTrue(count >= 2_000 / KEYS, key + ": " + count));
    }

    @Test
    void windowsThatAreOpenStayOpenOverASuspension() throws InterruptedException {
        Pipeline pipeline = Pipeline.create();
        Stage<Long> numbers = pipeline.readFrom(Tap.source());
        numbers.withTimestamps(i -> i, Duration.ZERO)
                .groupingKey(i -> i % KEYS)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.map(WINDOWS, r -> r.endMs() * KEYS + r.key(), r -> r.result()));
        count(numbers);
        Tap.allow(1_500);
        Job job = submit(pipeline, Guarantee.EXACTLY_ONCE);
        awaitCounted(job, 1_500);
        Conformance.await("the first window", () -> grid().map(WINDOWS).size() == KEYS);
        job.suspend();
        assertEquals(KEYS, grid().map(WINDOWS).size());
        job.resume();
        Tap.endAt(2_000);
        job.join();
        assertEquals(2 * KEYS, grid().map(WINDOWS).size());
        assertEquals(2_000, grid().map(WINDOWS).values().stream().mapToLong(count -> count).sum());
        assertAllCountedOnceIn(job);
    }

    private static void assertAllCountedOnceIn(Job job) {
        assertEquals(2_000, job.metrics().eventsIn("window"));
        assertEquals(2 * KEYS, job.metrics().eventsOut("window"));
        assertEquals(job.metrics().count("window", "sent"), job.metrics().count("window", "received"));
        assertEquals(2 * KEYS, job.metrics().eventsIn("map-life-windows"));
    }

    @Test
    void doesNothingIfThereIsNothingToDo() throws InterruptedException {
        Job job = counted(10);
        job.resume();
        assertEquals(JobStatus.RUNNING, job.status());
        job.suspend();
        job.suspend();
        assertEquals(JobStatus.SUSPENDED, job.status());
        job.restart();
        assertEquals(JobStatus.RUNNING, job.status());
        assertEquals(2, Tap.opened());
    }

    @Test
    void aJobWithoutAGuaranteeIsNotSuspended() throws InterruptedException {
        Tap.allow(10);
        Job job = submit(counting(), Guarantee.NONE);
        awaitCounted(job, 10);
        for (String message : List.of(
                assertThrows(IllegalStateException.class, job::suspend).getMessage(),
                assertThrows(IllegalStateException.class, job::restart).getMessage())) {
            assertTrue(message.contains("'life'") && message.contains("o.guarantee(Guarantee.EXACTLY_ONCE)"), message);
        }
        job.resume();
        assertEquals(JobStatus.RUNNING, job.status());
        Tap.endAt(20);
        job.join();
        assertAllCountedOnce(job, 20);
    }

    @Test
    void aJobThatHasEndedIsNeitherSuspendedNorResumed() throws InterruptedException {
        Job job = counted(10);
        Tap.endAt(10);
        job.join();
        assertThrows(IllegalStateException.class, job::suspend);
        assertThrows(IllegalStateException.class, job::resume);
        assertThrows(IllegalStateException.class, job::restart);
        assertEquals(JobStatus.COMPLETED, job.status());
        assertAllCountedOnce(job, 10);
    }

    @Test
    void aSuspendedJobCanBeCancelled() throws InterruptedException {
        Job job = counted(10);
        job.suspend();
        job.cancel();
        assertThrows(CancellationException.class, job::join);
        assertEquals(JobStatus.CANCELLED, job.status());
        assertThrows(IllegalStateException.class, job::resume);
        assertThrows(IllegalStateException.class, job::suspend);
        assertAllCountedOnce(job, 10);
    }

    @Test
    void aSuspendedJobKeepsItsName() throws InterruptedException {
        Job job = counted(10);
        job.suspend();
        String message = assertThrows(
                IllegalStateException.class, () -> submit(counting(), Guarantee.EXACTLY_ONCE)).getMessage();
        assertTrue(message.contains("'life'"), message);
        assertEquals(JobStatus.SUSPENDED, jobs().job(JOB).orElseThrow().status());
        assertEquals(List.of(JOB), jobs().jobs().stream().map(Job::name).toList());
        job.cancel();
        assertThrows(CancellationException.class, job::join);
        assertEquals(List.of(), jobs().jobs());
        Job next = submit(counting(), Guarantee.EXACTLY_ONCE);
        assertEquals(JobStatus.RUNNING, jobs().job(JOB).orElseThrow().status());
        awaitCounted(next, 10);
    }

    @Test
    void isFoundByItsNameAlsoAfterItsEnd() throws InterruptedException {
        Job job = counted(10);
        Tap.endAt(20);
        job.join();
        Job found = jobs().job(JOB).orElseThrow();
        assertEquals(JobStatus.COMPLETED, found.status());
        assertAllCountedOnce(found, 20);
        assertTrue(found.explain().contains("tap"), found::explain);
        assertTrue(jobs().job("no such job").isEmpty());
    }

    @Test
    void whoeverFindsAJobSteersIt() throws InterruptedException {
        Job job = counted(10);
        Job found = jobs().job(JOB).orElseThrow();
        found.suspend();
        assertEquals(JobStatus.SUSPENDED, job.status());
        job.resume();
        assertEquals(JobStatus.RUNNING, found.status());
        found.cancel();
        assertThrows(CancellationException.class, job::join);
        assertThrows(CancellationException.class, found::join);
    }

    @Test
    void aJobThatFailsAfterItWasResumedHasFailed() throws InterruptedException {
        Tap.allow(10);
        Pipeline pipeline = Pipeline.create();
        count(pipeline.readFrom(Tap.source()).map(i -> i < 15 ? i : i / (i - i), o -> o.name("divide")));
        Job job = submit(pipeline, Guarantee.EXACTLY_ONCE);
        awaitCounted(job, 10);
        job.restart();
        Tap.allow(20);
        JobException failure = assertThrows(JobException.class, job::join);
        assertEquals("divide", failure.stage());
        assertEquals(JobStatus.FAILED, job.status());
        JobException cause = assertInstanceOf(
                JobException.class, assertThrows(IllegalStateException.class, job::resume).getCause());
        assertEquals("divide", cause.stage());
    }

    @Test
    void aStageThatCannotBeOpenedAgainFailsTheJob() throws InterruptedException {
        Job job = counted(10);
        job.suspend();
        Tap.refuseToOpen();
        JobException refusal = assertThrows(JobException.class, job::resume);
        assertEquals("tap", refusal.stage());
        assertEquals(JobStatus.FAILED, job.status());
        assertEquals("tap", assertThrows(JobException.class, job::join).stage());
        assertEquals(List.of(), jobs().jobs());
    }

    @Test
    void twoWhoSuspendAtOnceBothFindItSuspended() throws Exception {
        for (int race = 0; race < RACES; race++) {
            begin();
            Job job = counted(100);
            List<FutureTask<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                tasks.add(run(job::suspend));
            }
            for (FutureTask<Void> task : tasks) {
                task.get();
            }
            assertEquals(JobStatus.SUSPENDED, job.status());
            Tap.endAt(200);
            job.resume();
            job.join();
            assertAllCountedOnce(job, 200);
        }
    }

    @Test
    void manyWhoSteerAtOnceLoseAndRepeatNothing() throws Exception {
        Job job = counted(10);
        AtomicLong allowed = new AtomicLong(10);
        List<FutureTask<Void>> steering = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            Random random = new Random(SEED + thread);
            steering.add(run(() -> {
                for (int step = 0; step < stepsOfEach(); step++) {
                    Tap.allow(allowed.addAndGet(1_000));
                    switch (random.nextInt(3)) {
                        case 0 -> job.suspend();
                        case 1 -> job.resume();
                        default -> job.restart();
                    }
                }
            }));
        }
        for (FutureTask<Void> task : steering) {
            task.get();
        }
        Tap.endAt(allowed.get());
        job.resume();
        job.join();
        assertAllCountedOnce(job, allowed.get());
    }

    @Test
    void aJobThatEndsWhileItIsSuspendedDoesOneOfBoth() throws Exception {
        for (int race = 0; race < RACES; race++) {
            begin();
            Job job = counted(100);
            FutureTask<Void> suspending = run(job::suspend);
            Tap.endAt(200);
            try {
                suspending.get();
                assertEquals(JobStatus.SUSPENDED, job.status());
                job.resume();
            } catch (ExecutionException e) {
                assertInstanceOf(IllegalStateException.class, e.getCause());
            }
            job.join();
            assertEquals(JobStatus.COMPLETED, job.status());
            assertAllCountedOnce(job, 200);
        }
    }

    @Test
    void aJobIsCancelledWhileItIsBeingSuspended() throws Exception {
        Tap.allow(100);
        Sluice.shut();
        Job job = submit(sluiced(), Guarantee.EXACTLY_ONCE);
        Conformance.await("a stage that works", Sluice::isWorking);
        FutureTask<Void> suspending = run(job::suspend);
        job.cancel();
        Sluice.open();
        ExecutionException refusal = assertThrows(ExecutionException.class, suspending::get);
        assertInstanceOf(IllegalStateException.class, refusal.getCause());
        assertThrows(CancellationException.class, job::join);
        assertEquals(JobStatus.CANCELLED, job.status());
    }

    @Test
    void aJobFailsWhileItIsBeingSuspended() throws Exception {
        Tap.allow(100);
        Sluice.shut();
        Job job = submit(sluiced(), Guarantee.EXACTLY_ONCE);
        Conformance.await("a stage that works", Sluice::isWorking);
        FutureTask<Void> suspending = run(job::suspend);
        Sluice.breakDown();
        ExecutionException refusal = assertThrows(ExecutionException.class, suspending::get);
        assertInstanceOf(IllegalStateException.class, refusal.getCause());
        assertInstanceOf(JobException.class, refusal.getCause().getCause());
        assertEquals("sluice", assertThrows(JobException.class, job::join).stage());
        assertEquals(JobStatus.FAILED, job.status());
    }

    private static Pipeline sluiced() {
        Pipeline pipeline = Pipeline.create();
        count(pipeline.readFrom(Tap.source()).groupingKey(i -> 0).custom(Sluice.spec()));
        return pipeline;
    }

    @Test
    void whoIsInterruptedSuspendsItNevertheless() throws Exception {
        Tap.allow(100);
        Sluice.shut();
        Job job = submit(sluiced(), Guarantee.EXACTLY_ONCE);
        Conformance.await("a stage that works", Sluice::isWorking);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, job::suspend);
        Sluice.open();
        Tap.endAt(100);
        job.restart();
        job.join();
        assertAllCountedOnce(job, 100);
    }

    /** Something that is done on a thread of its own. */
    private interface Task {
        void run() throws Exception;
    }

    private static FutureTask<Void> run(Task task) {
        FutureTask<Void> running = new FutureTask<>(() -> {
            task.run();
            return null;
        });
        Thread thread = new Thread(running, "job-life");
        thread.setDaemon(true);
        thread.start();
        return running;
    }
}
