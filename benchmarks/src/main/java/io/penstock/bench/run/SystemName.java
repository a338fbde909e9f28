package io.penstock.bench.run;

import io.penstock.bench.flink.OnFlink;
import io.penstock.bench.jet.OnJet;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A system that can be measured, with its number of threads.
 *
 * @param text as it stands in reports, such as {@code hand-2}
 */
public record SystemName(Kind kind, int threads, String text) {

    /** The systems that there are. */
    public enum Kind {
        PENSTOCK(EnumSet.complementOf(EnumSet.of(Workload.HOP)), 1),
        HAND(EnumSet.range(Workload.W1, Workload.W4), 1),
        GENERATOR(EnumSet.range(Workload.W1, Workload.W4), 1),
        JET_STATIC(EnumSet.of(Workload.W1, Workload.W2, Workload.W3, Workload.W5), 1),
        JET_REPLICATED(EnumSet.of(Workload.W2, Workload.W3), 1),
        JET_IMAP(EnumSet.of(Workload.W2, Workload.W3), 50),
        JET_BATCH(EnumSet.of(Workload.W4), 1),
        FLINK_STATIC(EnumSet.of(Workload.W1, Workload.W2, Workload.W3, Workload.W5), 1),
        FLINK_TUNED(EnumSet.of(Workload.W5), 1),
        DIRECT(EnumSet.of(Workload.HOP), 1),
        HOP(EnumSet.of(Workload.HOP), 1);

        private static final String JET = "jet";
        private static final String FLINK = "flink";

        private final Set<Workload> workloads;
        private final int slowness;

        /** @param slowness by how much fewer events the system gets, so that a run ends in time */
        Kind(Set<Workload> workloads, int slowness) {
            this.workloads = workloads;
            this.slowness = slowness;
        }

        public boolean runs(Workload workload) {
            return workloads.contains(workload);
        }

        /** How many events the system gets where others get {@code count}. */
        long scaled(long count) {
            return Math.max(1, count / slowness);
        }

        /** The options that its JVM needs beside those that all get. */
        List<String> jvmOptions(Variant variant) {
            return isJet() || variant.hasCluster() ? OnJet.JVM_OPTIONS : isFlink() ? OnFlink.JVM_OPTIONS : List.of();
        }

        /** Whether its threads outlive a run, so that it can be known afterwards how much they have allocated. */
        boolean keepsThreads() {
            return !isFlink();
        }

        /** The part of a variant that makes a difference to the system. */
        Variant applicable(Variant variant, Workload workload) {
            boolean hasJobs = this == PENSTOCK || isJet() || isFlink();
            boolean hasLiveMap = this == PENSTOCK || this == JET_REPLICATED || this == JET_IMAP;
            Variant.Source source = this == GENERATOR ? Variant.Source.INLINE : variant.source();
            return new Variant(source, hasJobs ? variant.jobs() : 1, variant.polluted() && this == PENSTOCK,
                    variant.writer() && hasLiveMap && workload.hasLookUp(), isOnMembers() ? variant.members() : 0);
        }

        /** Whether it runs on a cluster, if one is asked for. */
        boolean isOnMembers() {
            return this == PENSTOCK || this == DIRECT || this == HOP || isJet();
        }

        private boolean isJet() {
            return text().startsWith(JET);
        }

        private boolean isFlink() {
            return text().startsWith(FLINK);
        }

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The most threads of a system. */
    public static final int THREADS_MAX = 1024;

    private static final String HAND_PREFIX = Kind.HAND.text() + "-";
    private static final Set<Kind> FIXED_TEXTS = EnumSet.complementOf(EnumSet.of(Kind.HAND, Kind.DIRECT, Kind.HOP));

    /**
     * The systems of that name: {@code hand} stands for the loop with 1, with 2 and with {@code threads} threads, as far
     * as those are not more than {@code threads}; {@code jet} and {@code flink} for all systems whose names begin so.
     *
     * @throws IllegalArgumentException if there are none; the message says which names there are
     */
    public static Set<SystemName> parse(String name, int threads) {
        Set<SystemName> systems = new LinkedHashSet<>();
        if (name.equals(Kind.HAND.text())) {
            for (int handThreads : List.of(1, Math.min(2, threads), threads)) {
                systems.add(hand(handThreads));
            }
            return systems;
        }
        for (Kind kind : FIXED_TEXTS) {
            boolean isFamily = name.equals(Kind.JET) || name.equals(Kind.FLINK);
            if (kind.text().equals(name) || isFamily && kind.text().startsWith(name)) {
                systems.add(new SystemName(kind, kind == Kind.GENERATOR ? 1 : threads, kind.text()));
            }
        }
        if (systems.isEmpty()) {
            systems.add(hand(handThreads(name)));
        }
        return systems;
    }

    /** The hand-written loop. */
    public static SystemName hand(int threads) {
        return new SystemName(Kind.HAND, threads, HAND_PREFIX + threads);
    }

    /** The two whose difference is the cost of a queue. */
    static List<SystemName> ofHop(int threads) {
        return Stream.of(Kind.DIRECT, Kind.HOP)
                .map(kind -> new SystemName(kind, threads, Kind.PENSTOCK.text() + "-" + kind.text()))
                .toList();
    }

    private static int handThreads(String name) {
        if (name.matches(HAND_PREFIX + "[1-9][0-9]{0,3}")) {
            int threads = Integer.parseInt(name.substring(HAND_PREFIX.length()));
            if (threads <= THREADS_MAX) {
                return threads;
            }
        }
        String there = FIXED_TEXTS.stream().map(Kind::text).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown system '" + name + "'; there are " + there + ", jet and flink (all"
                + " of theirs), hand (hand-1 and hand-2, as --threads allows), and hand-1 to hand-" + THREADS_MAX);
    }
}
