package io.penstock.bench.jet;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Job;
import io.penstock.bench.cluster.BenchCluster;
import io.penstock.bench.work.AdEvent;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.EventFn;
import io.penstock.bench.work.MadeAdEvents;
import io.penstock.bench.work.Slice;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Hazelcast Jet, on one member in this JVM, or on a cluster of which this JVM is a member. */
public final class OnJet implements Contender {

    /**
     * Options without which it would be slower than it need be: on machines with up to two cores it starts a thread for
     * each look-up that completes, unless told otherwise; the rest is what Hazelcast's manual asks for on Java 17.
     */
    public static final List<String> JVM_OPTIONS = List.of(
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
            "-Dhazelcast.logging.type=slf4j",
            "-Dorg.slf4j.simpleLogger.log.com.hazelcast=error",
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private static final String LOOPBACK = "127.0.0.1";

    private final HazelcastInstance member;
    private final JetWork work;
    private final int jobCount;
    private final AutoCloseable closing;

    private OnJet(JetWork work, HazelcastInstance member, int jobCount, AutoCloseable closing) {
        this.work = work;
        this.member = member;
        this.jobCount = jobCount;
        this.closing = closing;
    }

    /** With reference data in a static table. */
    public static OnJet openStatic(Workload workload, int threadCount, Variant variant) {
        return open(workload, LookUp.STATIC, threadCount, variant);
    }

    /** With reference data in an IMap. */
    public static OnJet openImap(Workload workload, int threadCount, Variant variant) {
        return open(workload, LookUp.IMAP, threadCount, variant);
    }

    /** With reference data in a replicated map. */
    public static OnJet openReplicated(Workload workload, int threadCount, Variant variant) {
        return open(workload, LookUp.REPLICATED, threadCount, variant);
    }

    /** With reference data in a static table of each member's JVM. */
    public static OnJet openStatic(BenchCluster cluster, Workload workload) throws Exception {
        cluster.onEachMember(new LoadTable(workload));
        return new OnJet(
                work(workload, LookUp.STATIC, AdEvent::of, Results.inMap(cluster.hazelcast())), cluster.hazelcast(), 1,
                cluster);
    }

    /** With reference data in an IMap of the cluster. */
    public static OnJet openImap(BenchCluster cluster, Workload workload) {
        return open(cluster, workload, LookUp.IMAP);
    }

    /** With reference data in a replicated map of the cluster. */
    public static OnJet openReplicated(BenchCluster cluster, Workload workload) {
        return open(cluster, workload, LookUp.REPLICATED);
    }

    private static OnJet open(BenchCluster cluster, Workload workload, LookUp lookUp) {
        JetWork work = work(workload, lookUp, AdEvent::of, Results.inMap(cluster.hazelcast()));
        work.load(cluster.hazelcast());
        return new OnJet(work, cluster.hazelcast(), 1, cluster);
    }

    private static OnJet open(Workload workload, LookUp lookUp, int threadCount, Variant variant) {
        JetWork work = work(
                workload, lookUp, variant.hasObjects() ? MadeAdEvents::get : AdEvent::of, Results.inThisJvm());
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config(threadCount));
        work.load(member);
        return new OnJet(work, member, variant.jobs(), member::shutdown);
    }

    private static JetWork work(Workload workload, LookUp lookUp, EventFn<AdEvent> adEventFn, Results results) {
        return switch (workload) {
            case W1 -> new WordCountOnJet(results);
            case W2 -> new AdCountOnJet(lookUp, adEventFn, results);
            case W3 -> new AccountSumsOnJet(lookUp, results);
            case W4 -> new ScoringOnJet(results);
            case W5 -> new LatencyOnJet();
            case HOP -> throw new IllegalArgumentException("Jet does not run " + workload);
        };
    }

    /** Fills the static table of the JVM that it is called in. */
    private record LoadTable(Workload workload) implements Callable<Boolean>, Serializable {
        @Override
        public Boolean call() {
            work(workload, LookUp.STATIC, AdEvent::of, Results.inThisJvm()).load(null);
            return true;
        }
    }

    /** A member that neither looks for others nor calls home. */
    private static Config config(int threadCount) {
        Config config = new Config();
        config.setClusterName("bench");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.getJetConfig().setEnabled(true).setCooperativeThreadCount(threadCount);
        config.getNetworkConfig().setPublicAddress(LOOPBACK).getInterfaces().setEnabled(true).addInterface(LOOPBACK);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        return config;
    }

    @Override
    public void run(long count) {
        List<Job> running = new ArrayList<>();
        for (Slice slice : Slice.cut(count, jobCount)) {
            running.add(member.getJet().newJob(work.pipeline(slice)));
        }
        running.forEach(Job::join);
    }

    @Override
    public void rewrite(long index) {
        work.rewrite(index);
    }

    @Override
    public Answer takeAnswer() {
        return work.takeAnswer();
    }

    @Override
    public String explain() {
        return work.pipeline(new Slice(0, 1)).toDotString() + System.lineSeparator();
    }

    @Override
    public void close() {
        try {
            closing.close();
        } catch (Exception e) {
            throw new IllegalStateException("the cluster cannot be closed", e);
        }
    }
}
