package io.penstock.bench.penstock;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.bench.penstock.AdCountPipeline.CampaignAndWindow;
import io.penstock.bench.penstock.WordCountPipeline.WordAndWindow;
import io.penstock.bench.work.AdEvent;
import io.penstock.bench.work.Sentence;
import io.penstock.bench.work.Slice;
import io.penstock.dag.Guarantee;
import io.penstock.dag.Job;
import io.penstock.dag.Jobs;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import io.penstock.grid.cluster.member.MemberJvm;
import io.penstock.grid.cluster.member.ProcessCluster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members are killed, as kill -9 does, at random moments under W1 and under W2, and replaced: the result has, row for
 * row, what a loop over the same events counts. {@code -Dpenstock.kills=n} says how many, {@code -Dpenstock.seed=n}
 * which and when.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class WorkloadKillsIT {

    private static final int KILLS =
            Integer.getInteger("penstock.kills", Boolean.getBoolean("penstock.soak") ? 140 : 14);

    /** Under each run of a job. */
    private static final int KILLS_MAX = 7;

    private static final int MEMBERS = 3;
    private static final int WORKERS = 2;
    private static final int HEAP_MB = 256;
    private static final Duration SNAPSHOT_INTERVAL = Duration.ofMillis(100);

    /** So long the job is at work between two kills, if the second does not come before it goes on. */
    private static final int WORK_MS_MAX = 700;

    /** At the pace, both take 13 s at least, which is more than the job is at work under so many kills. */
    private static final int SENTENCES = 400_007;

    private static final int SENTENCES_PER_MS = 5;
    private static final int AD_EVENTS = 24_000_003;
    private static final int AD_EVENTS_PER_MS = 300;

    private static final long PATIENCE_SECONDS = 120;
    private static final double RESUME_SECONDS_MAX = 30;
    private static final int ROWS_SHOWN = 10;

    /** Hundreds of lines with each kill, as a snapshot is under way nearly always. */
    private static final List<String> WITHOUT_LOST_SNAPSHOTS = List.of(
            "-Dorg.slf4j.simpleLogger.log.com.hazelcast.jet.impl.util.AsyncSnapshotWriterImpl=off");

    private static final List<Double> RESUME_SECONDS = new ArrayList<>();
    private static final List<Double> RESUME_SECONDS_WHILE_JOINED = new ArrayList<>();

    @TempDir
    private static Path folder;

    private static SplittableRandom random;
    private static ProcessCluster cluster;
    private static Grid client;
    private static Jobs jobs;
    private static ExecutorService watching;

    @BeforeAll
    static void start() throws IOException {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("WorkloadKillsIT: -Dpenstock.seed=" + seed);
        random = new SplittableRandom(seed);
        String name = "kills-" + UUID.randomUUID();
        watching = Executors.newSingleThreadExecutor(task -> new Thread(task, "outage-watch"));
        cluster = new ProcessCluster(name, new MemberJvm(WorkloadMember.class, HEAP_MB, WITHOUT_LOST_SNAPSHOTS), 0);
        cluster.start(MEMBERS, List.of());
        cluster.keepOneWaiting();
        client = WorkloadMember.client(name, cluster.addresses());
        jobs = Jobs.of(client, options -> options.workers(WORKERS));
    }

    @AfterAll
    static void stop() {
        watching.shutdownNow();
        if (client != null) {
            client.close();
        }
        cluster.close();
    }

    @AfterAll
    static void printTimeToResume() {
        print("", RESUME_SECONDS);
        print(", while another joined,", RESUME_SECONDS_WHILE_JOINED);
    }

    private static void print(String when, List<Double> seconds) {
        seconds.sort(null);
        if (!seconds.isEmpty()) {
            System.out.printf(Locale.ROOT, "WorkloadKillsIT: after the loss of a member%s the job went on after"
                            + " %.1f s (median of %d), %.1f s at most%n",
                    when, seconds.get(seconds.size() / 2), seconds.size(), seconds.get(seconds.size() - 1));
        }
    }

    // ---- the workloads

    @Test
    void killedMembersChangeNoCountOfWords() throws Exception {
        Map<WordAndWindow, Long> counts = new HashMap<>();
        for (int index = 0; index < SENTENCES; index++) {
            Sentence sentence = Sentence.of(index);
            long windowEndMs = windowEnd(sentence.timeMs(), Sentence.WINDOW_MS);
            for (String word : sentence.text().split(" ")) {
                counts.merge(new WordAndWindow(word, windowEndMs), 1L, Long::sum);
            }
        }
        kill(KILLS - KILLS / 2, allAreDue -> run(
                new WordCountPipeline(new Paced<>(Sentence::of, SENTENCES_PER_MS, allAreDue)), SENTENCES),
                WordCountPipeline.counts(0), counts);
    }

    /** An ad that is not found fails the job: the views of a new execution are complete from its beginning on. */
    @Test
    void killedMembersChangeNoCountOfViews() throws Exception {
        Map<CampaignAndWindow, Long> views = new HashMap<>();
        for (int index = 0; index < AD_EVENTS; index++) {
            AdEvent event = AdEvent.of(index);
            if (event.eventType().equals(AdEvent.VIEW)) {
                long windowEndMs = windowEnd(event.eventTime(), AdEvent.WINDOW_MS);
                views.merge(new CampaignAndWindow(AdEvent.campaignOf(event.adId()), windowEndMs), 1L, Long::sum);
            }
        }
        kill(KILLS / 2, allAreDue -> run(
                new AdCountPipeline(new Paced<>(AdEvent::of, AD_EVENTS_PER_MS, allAreDue)), AD_EVENTS),
                AdCountPipeline.views(0), views);
    }

    private static long windowEnd(long timeMs, long windowMs) {
        return timeMs - timeMs % windowMs + windowMs;
    }

    private static Job run(GridWork work, long events) {
        work.load(client);
        return jobs.submit(work.pipeline(new Slice(0, events), 0), options -> options
                .guarantee(Guarantee.EXACTLY_ONCE)
                .snapshotInterval(SNAPSHOT_INTERVAL));
    }

    // ---- the kills

    /** Starts a job whose last events are made when a file is there. */
    private interface Start {
        Job job(File allAreDue);
    }

    private static <K> void kill(int kills, Start start, MapRef<K, Long> ref, Map<K, Long> expected) throws Exception {
        GridMap<K, Long> results = client.map(ref);
        for (int left = kills; left > 0; ) {
            Path allAreDue = folder.resolve(UUID.randomUUID().toString());
            Job job = start.job(allAreDue.toFile());
            try {
                int killed = killUnder(job, Math.min(left, KILLS_MAX));
                assertTrue(killed > 0, "the job had ended before the first kill");
                left -= killed;
                Files.createFile(allAreDue);
                job.completion().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertSameRows(expected, results);
            } catch (Exception | Error e) {
                throw new AssertionError(e + "\n" + job.explain() + cluster.output(), e);
            }
            results.clear();
        }
    }

    /** Answers how many it was, which are fewer if a slow machine let the job end before. */
    private static int killUnder(Job job, int kills) throws Exception {
        letPass(random.nextInt(WORK_MS_MAX));
        int killed = 0;
        for (; killed < kills && !job.status().isEnd(); killed++) {
            killOne(job, killed < kills - 1 && random.nextBoolean());
        }
        return killed;
    }

    /**
     * Kills a member and replaces it; returns when all members have what they should, at a random moment: before that,
     * the next kill could take entries with it that no other member has.
     *
     * @param isHasty whether not to wait until the job has gone on
     */
    private static void killOne(Job job, boolean isHasty) throws Exception {
        boolean isReplacedAtOnce = isHasty || random.nextBoolean();
        Outage outage = new Outage(job, PATIENCE_SECONDS);
        cluster.kill(cluster.members().get(random.nextInt(MEMBERS)));
        Future<Double> resumed = isHasty ? null : watching.submit(outage::await);
        if (isReplacedAtOnce) {
            cluster.addOne();
        }
        if (resumed != null) {
            double seconds = resumed.get();
            assertTrue(seconds < RESUME_SECONDS_MAX, () -> "the job went on after " + seconds + " s");
            (isReplacedAtOnce ? RESUME_SECONDS_WHILE_JOINED : RESUME_SECONDS).add(seconds);
        }
        if (!isReplacedAtOnce) {
            cluster.addOne();
        }
        cluster.awaitWhole();
        letPass(random.nextInt(WORK_MS_MAX));
    }

    private static void letPass(int ms) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    private static <K> void assertSameRows(Map<K, Long> expected, Map<K, Long> results) {
        Map<K, Long> found = new HashMap<>(results);
        if (found.equals(expected)) {
            return;
        }
        TreeSet<String> differences = new TreeSet<>();
        expected.forEach((key, count) -> {
            if (!count.equals(found.get(key))) {
                differences.add(key + " has " + found.get(key) + " instead of " + count);
            }
        });
        found.forEach((key, count) -> {
            if (!expected.containsKey(key)) {
                differences.add(key + " has " + count + ", but should not be there");
            }
        });
        throw new AssertionError(differences.size() + " of " + expected.size() + " rows are wrong:\n"
                + String.join("\n", differences.stream().limit(ROWS_SHOWN).toList()));
    }
}
