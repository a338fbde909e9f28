package io.penstock.infer;

import static java.util.stream.Collectors.toSet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Finds out which users of models have gone without a word. A member has when the cluster has lost it; one that this
 * JVM does not know may have joined just now, so it is given some time. Of a client nobody knows but by its beat. By
 * this JVM's clock alone. Thread-safe.
 */
final class SilentUsers {

    private static final long MEMBER_SILENCE_MAX_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long CLIENT_SILENCE_MAX_NS = TimeUnit.SECONDS.toNanos(5);

    private final Supplier<Set<String>> memberIds;
    private final LongSupplier nanoClock;
    /** By model and user: when its beat was seen to change. */
    private final Map<String, Map<UUID, Seen>> seen = new HashMap<>();

    private record Seen(long beat, long sinceNs) {}

    /** @param memberIds of the members that there are now */
    SilentUsers(Supplier<Set<String>> memberIds, LongSupplier nanoClock) {
        this.memberIds = memberIds;
        this.nanoClock = nanoClock;
    }

    /** Which uses of a model, of those that were just read, are of users who have gone. */
    synchronized Set<ModelUse> gone(String model, List<ModelUse> uses) {
        long nowNs = nanoClock.getAsLong();
        Map<UUID, Seen> before = seen.getOrDefault(model, Map.of());
        Map<UUID, Seen> now = new HashMap<>();
        for (ModelUse use : uses) {
            Seen last = before.get(use.user());
            now.put(use.user(), last != null && last.beat() == use.beat() ? last : new Seen(use.beat(), nowNs));
        }
        seen.put(model, now);
        Set<String> members = memberIds.get();
        return uses.stream()
                .filter(use -> !members.contains(use.memberId()))
                .filter(use -> nowNs - now.get(use.user()).sinceNs()
                        > (use.isClient() ? CLIENT_SILENCE_MAX_NS : MEMBER_SILENCE_MAX_NS))
                .collect(toSet());
    }
}
