package io.penstock.bench.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A system that can be measured, with its number of threads.
 *
 * @param text as it stands in reports, such as {@code hand-2}
 */
public record SystemName(Kind kind, int threads, String text) {

    /** The systems that there are. */
    public enum Kind {
        PENSTOCK,
        HAND,
        GENERATOR;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The most threads of a system. */
    public static final int THREADS_MAX = 1024;

    private static final Set<String> PLANNED = Set.of("jet", "flink");
    private static final String HAND_PREFIX = Kind.HAND.text() + "-";

    /**
     * The systems of that name: {@code hand} stands for the loop with 1, with 2 and with {@code threads} threads, as far
     * as those are not more than {@code threads}.
     *
     * @throws IllegalArgumentException if there are none; the message says which names there are
     */
    public static Set<SystemName> parse(String name, int threads) {
        Set<SystemName> systems = new LinkedHashSet<>();
        if (name.equals(Kind.PENSTOCK.text())) {
            systems.add(new SystemName(Kind.PENSTOCK, threads, name));
        } else if (name.equals(Kind.GENERATOR.text())) {
            systems.add(new SystemName(Kind.GENERATOR, 1, name));
        } else if (name.equals(Kind.HAND.text())) {
            for (int handThreads : List.of(1, Math.min(2, threads), threads)) {
                systems.add(hand(handThreads));
            }
        } else {
            systems.add(hand(handThreads(name)));
        }
        return systems;
    }

    /** The hand-written loop. */
    public static SystemName hand(int threads) {
        return new SystemName(Kind.HAND, threads, HAND_PREFIX + threads);
    }

    private static int handThreads(String name) {
        if (name.matches(HAND_PREFIX + "[1-9][0-9]{0,3}")) {
            int threads = Integer.parseInt(name.substring(HAND_PREFIX.length()));
            if (threads <= THREADS_MAX) {
                return threads;
            }
        }
        boolean isPlanned = PLANNED.stream().anyMatch(name::startsWith);
        throw new IllegalArgumentException((isPlanned ? "system '" + name + "' is not there yet" : "unknown system '"
                + name + "'") + "; there are penstock, hand (hand-1 and hand-2, as --threads allows), hand-1 to hand-"
                + THREADS_MAX + ", and generator");
    }
}
