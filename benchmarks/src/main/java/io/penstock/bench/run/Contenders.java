package io.penstock.bench.run;

import io.penstock.bench.cluster.BenchCluster;
import io.penstock.bench.flink.OnFlink;
import io.penstock.bench.hand.AccountSums;
import io.penstock.bench.hand.AdCount;
import io.penstock.bench.hand.Generator;
import io.penstock.bench.hand.HopSamples;
import io.penstock.bench.hand.Scoring;
import io.penstock.bench.hand.WordCount;
import io.penstock.bench.jet.OnJet;
import io.penstock.bench.penstock.OnCluster;
import io.penstock.bench.penstock.OnEngine;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.MadeAdEvents;
import io.penstock.bench.work.Sentence;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;

/** Opens the contender that an order names. */
final class Contenders {

    private Contenders() {}

    static Contender open(Order order) throws Exception {
        Workload workload = order.workload();
        Variant variant = order.variant();
        int threads = order.system().threads();
        if (variant.hasObjects()) {
            MadeAdEvents.make(order.count());
        }
        if (variant.hasCluster()) {
            return openOnCluster(order.system().kind(), workload, threads, variant);
        }
        return switch (order.system().kind()) {
            case PENSTOCK -> OnEngine.open(workload, threads, variant);
            case DIRECT -> OnEngine.openHop(false, threads);
            case HOP -> OnEngine.openHop(true, threads);
            case JET_STATIC, JET_BATCH -> OnJet.openStatic(workload, threads, variant);
            case JET_IMAP -> OnJet.openImap(workload, threads, variant);
            case JET_REPLICATED -> OnJet.openReplicated(workload, threads, variant);
            case FLINK_STATIC -> OnFlink.open(workload, threads, variant, false);
            case FLINK_TUNED -> OnFlink.open(workload, threads, variant, true);
            case GENERATOR -> new Generator(workload, threads);
            case HAND -> switch (workload) {
                case W1 -> new WordCount(threads, Sentence::of);
                case W2 -> new AdCount(threads, variant.hasObjects());
                case W3 -> new AccountSums(threads);
                case W4 -> new Scoring(threads);
                case W5 -> new WordCount(threads, Sentence::ofSchedule);
                case HOP -> new HopSamples();
            };
        };
    }

    private static Contender openOnCluster(SystemName.Kind kind, Workload workload, int threads, Variant variant)
            throws Exception {
        BenchCluster cluster = BenchCluster.start(variant.members(), threads);
        try {
            return switch (kind) {
                case PENSTOCK -> OnCluster.open(cluster, workload, variant);
                case DIRECT -> OnCluster.openHop(cluster, false);
                case HOP -> OnCluster.openHop(cluster, true);
                case JET_IMAP -> OnJet.openImap(cluster, workload);
                case JET_REPLICATED -> OnJet.openReplicated(cluster, workload);
                default -> OnJet.openStatic(cluster, workload);
            };
        } catch (Exception | Error e) {
            cluster.close();
            throw e;
        }
    }
}
