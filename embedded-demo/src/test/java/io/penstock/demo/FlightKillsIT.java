package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.demo.FlightReader.Reading;
import io.penstock.grid.Grid;
import io.penstock.grid.cluster.member.MemberJvm;
import io.penstock.grid.cluster.member.ProcessCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members are killed, as kill -9 does, at random moments under the job, and replaced: it brings, record for record, what
 * it brings undisturbed. {@code -Dpenstock.kills=n} says how many, {@code -Dpenstock.seed=n} which and when.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class FlightKillsIT {

    private static final int KILLS = Integer.getInteger("penstock.kills", Boolean.getBoolean("penstock.soak") ? 60 : 6);

    /** Under each run of the job. */
    private static final int KILLS_MAX = 6;

    private static final int FLIGHTS = 60_000;
    private static final long DEPLOY_AT = 4_001;
    private static final int MEMBERS = 3;
    private static final int HEAP_MB = 192;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(5);

    /** So long the job is at work between two kills, but for one of {@link #HASTE}, which comes before it goes on. */
    private static final int WORK_MS_MAX = 1_500;
    private static final int HASTE = 4;

    /** Half of the kills come within so many ms after so much was due at once that queues are full. */
    private static final int BURST_SECONDS = 2;
    private static final int BURST_MS_MAX = 200;

    /** Of the median, also on a machine that has much else to do; some 3 s otherwise. */
    private static final double RESUME_SECONDS_MAX = 15;

    /** All flights take 40 s, which is more than the job is at work until the last kill; what is left is due then. */
    private static final double RATE = 8_000;
    private static final int ALL_SECONDS = 10_000;

    @TempDir
    private Path folder;

    private final ExecutorService watching =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "outage-watch"));
    private final List<Double> resumeSeconds = new ArrayList<>();

    @AfterEach
    void stopWatching() {
        watching.shutdownNow();
    }

    @Test
    void killedMembersChangeNothing() throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("FlightKillsIT: -Dpenstock.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        RunResult expected = undisturbed();
        for (int left = KILLS; left > 0; left -= KILLS_MAX) {
            run(Math.min(left, KILLS_MAX), random).assertSameAs(expected);
        }
        resumeSeconds.sort(null);
        double median = resumeSeconds.get(resumeSeconds.size() / 2);
        double max = resumeSeconds.get(resumeSeconds.size() - 1);
        System.out.printf(Locale.ROOT, "after %d of %d kills the job went on before the next: median %.1f s, max %.1f s%n",
                resumeSeconds.size(), KILLS, median, max);
        assertTrue(median < RESUME_SECONDS_MAX, () -> "seconds from kill to resume: " + resumeSeconds);
    }

    private static RunResult undisturbed() throws InterruptedException {
        Reading reading = Reading.of(InputFile.SAMPLE).first(FLIGHTS);
        try (FlightJob job = new FlightJob(FlightReader.source(reading), 2, DEPLOY_AT, FLIGHTS)) {
            job.job().join();
            return RunResult.of(job);
        }
    }

    private RunResult run(int kills, SplittableRandom random) throws Exception {
        JumpingClock clock = JumpingClock.in(folder);
        Reading reading = Reading.of(InputFile.SAMPLE).first(FLIGHTS).at(new Pace.Rate(RATE, clock));
        String name = "kills-" + UUID.randomUUID();
        MemberJvm jvm = new MemberJvm(FlightMember.class, HEAP_MB, List.of("-Djava.io.tmpdir=" + folder));
        try (ProcessCluster cluster = new ProcessCluster(name, jvm, 0)) {
            cluster.start(MEMBERS, List.of());
            cluster.keepOneWaiting();
            Grid client = FlightGrid.client(name, cluster.addresses(), FlightMember.SCORED_MAX);
            try (FlightJob job = FlightJob.onCluster(client, FlightReader.source(reading), 1, DEPLOY_AT)) {
                letPass(random.nextInt(WORK_MS_MAX));
                for (int kill = 1; kill <= kills; kill++) {
                    if (random.nextBoolean()) {
                        clock.jump(BURST_SECONDS);
                        letPass(random.nextInt(BURST_MS_MAX));
                    }
                    killOne(cluster, job, kill < kills && random.nextInt(HASTE) == 0, random);
                }
                clock.jump(ALL_SECONDS);
                job.job().join();
                return RunResult.of(job);
            } catch (Exception | Error e) {
                throw new AssertionError(e + cluster.output(), e);
            }
        }
    }

    /** Kills a member and replaces it; returns when all members have what they should, at a random moment. */
    private void killOne(ProcessCluster cluster, FlightJob job, boolean isHasty, SplittableRandom random)
            throws IOException, InterruptedException, ExecutionException {
        assertFalse(job.await(1), "there were not flights enough for all kills"); // or it throws why it failed
        Outage outage = new Outage(job, System::nanoTime);
        cluster.kill(cluster.members().get(random.nextInt(MEMBERS)));
        Future<Double> resumed = isHasty ? null : watching.submit(() -> {
            while (!outage.isOver()) {
                LockSupport.parkNanos(LOOK_NS);
            }
            return outage.seconds();
        });
        cluster.addOne();
        if (resumed != null) {
            resumeSeconds.add(resumed.get());
        }
        cluster.awaitWhole(); // or the next kill takes entries with it that no other member has
        letPass(random.nextInt(WORK_MS_MAX));
    }

    private static void letPass(int ms) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ms));
    }
}
