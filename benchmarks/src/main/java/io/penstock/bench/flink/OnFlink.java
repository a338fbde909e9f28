package io.penstock.bench.flink;

import io.penstock.bench.work.AdEvent;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.MadeAdEvents;
import io.penstock.bench.work.Slice;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink, on a cluster in this JVM. Reference data is in static tables: Flink has no live map to look up. */
public final class OnFlink implements Contender {

    /** What Flink's own scripts pass on Java 17, as far as a cluster in one JVM needs it. */
    public static final List<String> JVM_OPTIONS = List.of(
            "-Dorg.slf4j.simpleLogger.log.org.apache.flink=error",
            "-Dorg.slf4j.simpleLogger.log.org.apache.pekko=error",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

    private static final int TUNED_MS = 1;

    private final FlinkWork work;
    private final int parallelism;
    private final int jobCount;
    private final boolean isTuned;
    private final MiniCluster cluster;

    private OnFlink(FlinkWork work, int parallelism, int jobCount, boolean isTuned) throws Exception {
        this.work = work;
        this.parallelism = parallelism;
        this.jobCount = jobCount;
        this.isTuned = isTuned;
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration())
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(parallelism * jobCount)
                .build());
        cluster.start();
    }

    /** @param isTuned for latency: watermarks each millisecond, and no buffer that waits for longer */
    public static OnFlink open(Workload workload, int parallelism, Variant variant, boolean isTuned) throws Exception {
        FlinkWork work = switch (workload) {
            case W1 -> new WordCountOnFlink(false);
            case W2 -> new AdCountOnFlink(variant.hasObjects() ? MadeAdEvents::get : AdEvent::of);
            case W3 -> new AccountSumsOnFlink();
            case W5 -> new WordCountOnFlink(true);
            case W4, HOP -> throw new IllegalArgumentException("Flink does not run " + workload);
        };
        return new OnFlink(work, parallelism, variant.jobs(), isTuned);
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
        return configuration;
    }

    @Override
    public void run(long count) throws Exception {
        List<JobID> running = new ArrayList<>();
        for (Slice slice : Slice.cut(count, jobCount)) {
            running.add(cluster.submitJob(job(slice)).get().getJobID());
        }
        for (JobID job : running) {
            cluster.requestJobResult(job).get().toJobExecutionResult(OnFlink.class.getClassLoader());
        }
    }

    private JobGraph job(Slice slice) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        environment.setParallelism(parallelism);
        environment.getConfig().enableObjectReuse();
        if (isTuned) {
            environment.getConfig().setAutoWatermarkInterval(TUNED_MS);
            environment.setBufferTimeout(TUNED_MS);
        }
        work.build(environment, slice);
        return environment.getStreamGraph().getJobGraph();
    }

    @Override
    public Answer takeAnswer() {
        return work.takeAnswer();
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }
}
