package io.penstock.grid.cluster;

import com.hazelcast.map.IMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The number by which a map recognizes places in its own journals: agreed on by all members and clients, and another
 * after something happened that made a place point to something else, such as the loss of a partition, whose numbers
 * begin at 0 again. Whoever hears of it renews the number; of several, one does, and the others take over what it
 * chose.
 */
final class JournalIds {

    private final Supplier<IMap<String, Long>> ids;
    private final String mapName;
    private final AtomicLong losses = new AtomicLong();
    /** Null until it is needed; guarded by this, as is the next. */
    private Long known;
    private long lossesAtKnown;

    /** @param ids where the numbers are, by the name of the map; asked for when it is needed */
    JournalIds(Supplier<IMap<String, Long>> ids, String mapName) {
        this.ids = ids;
        this.mapName = mapName;
    }

    /** What was said before about the journals does not hold any more. Does not block. */
    void lost() {
        losses.incrementAndGet();
    }

    /** May ask the cluster, once after each loss. */
    synchronized long current() {
        long present = losses.get();
        if (known == null) {
            known = agreed();
        } else if (lossesAtKnown != present) {
            long next = ThreadLocalRandom.current().nextLong();
            known = ids.get().replace(mapName, known, next) ? Long.valueOf(next) : agreed();
        }
        lossesAtKnown = present;
        return known;
    }

    /** Asks whether it is still the same, as after the connection was lost; true also if it was never needed. */
    synchronized boolean isStillKnown() {
        if (known == null) {
            return true;
        }
        Long before = known;
        known = agreed();
        return known.equals(before);
    }

    private Long agreed() {
        long mine = ThreadLocalRandom.current().nextLong();
        Long others = ids.get().putIfAbsent(mapName, mine);
        return others == null ? Long.valueOf(mine) : others;
    }
}
