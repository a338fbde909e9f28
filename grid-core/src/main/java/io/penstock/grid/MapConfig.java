package io.penstock.grid;

import io.penstock.grid.host.MapSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The settings of one map. Each is checked when it is set, and their combination when the grid is opened; what is
 * impossible is refused with {@link GridException.Code#BAD_CONFIG} and a message that names the map and the setting.
 */
public final class MapConfig {

    /** The most entries that a map holds unless told otherwise. */
    public static final long DEFAULT_MAX_ENTRIES = 10_000_000;

    /** The number of changes that each partition's journal keeps unless told otherwise. */
    public static final int DEFAULT_JOURNAL_CAPACITY = 1_024;

    /** The number of partitions of a map on an embedded grid unless told otherwise. */
    public static final int DEFAULT_PARTITIONS = 64;

    private static final int JOURNAL_CAPACITY_MAX = 1 << 24;
    private static final int PARTITIONS_MAX = 1 << 16;
    private static final int INDEXES_MAX = 16;
    private static final int BACKUPS_MAX = 6;

    private final String mapName;
    private long maxEntries;
    private long maxBytes;
    private Eviction eviction = Eviction.NONE;
    private Duration ttl = Duration.ZERO;
    private int partitions = DEFAULT_PARTITIONS;
    private int journalCapacity = DEFAULT_JOURNAL_CAPACITY;
    private final TreeSet<String> indexes = new TreeSet<>();
    private int backups = 1;
    private int asyncBackups;
    private boolean readsBackups;
    private MergePolicy mergePolicy = MergePolicy.LATEST_WRITE;

    MapConfig(String mapName) {
        this.mapName = mapName;
    }

    /** The most entries that the map holds: at least 1. Default {@value #DEFAULT_MAX_ENTRIES}. */
    public MapConfig maxEntries(long maxEntries) {
        this.maxEntries = inRange("maxEntries", maxEntries, 1, Long.MAX_VALUE);
        return this;
    }

    /**
     * The most bytes that keys and values take together, in the form of the {@link Codec}; objects in the heap take
     * some two times as much. Instead of {@link #maxEntries}, or with it if nothing is evicted or the first inserted
     * are. Each write then costs an encoding of key and value. Default: no such limit.
     */
    public MapConfig maxBytes(long maxBytes) {
        this.maxBytes = inRange("maxBytes", maxBytes, 1, Long.MAX_VALUE);
        return this;
    }

    /** What the map does with a new key when it is full. Default {@link Eviction#NONE}. */
    public MapConfig eviction(Eviction eviction) {
        this.eviction = Objects.requireNonNull(
                eviction, () -> "map '" + mapName + "': eviction is null; choose one of "
                        + List.of(Eviction.values()));
        return this;
    }

    /** How long an entry lives after its value was written, above zero. Default: until it is removed. */
    public MapConfig ttl(Duration ttl) {
        if (ttl.isNegative() || ttl.isZero()) {
            throw bad("ttl must be above 0, but is " + ttl + "; leave it out for entries that do not expire");
        }
        this.ttl = ttl;
        return this;
    }

    /**
     * The number of partitions: a power of two from 1 to 65,536. Writers of different partitions do not wait for each
     * other; with one, all changes of the map are in one order. Default {@value #DEFAULT_PARTITIONS}.
     */
    public MapConfig partitions(int partitions) {
        if (partitions < 1 || partitions > PARTITIONS_MAX || Integer.bitCount(partitions) != 1) {
            throw bad("partitions must be a power of two from 1 to " + PARTITIONS_MAX + ", but is " + partitions);
        }
        this.partitions = partitions;
        return this;
    }

    /**
     * The number of changes that {@link GridMap#changes()} keeps in each partition, from its first call on; before that
     * they are not kept and cost nothing. From 0 to 16,777,216; with 0, {@code changes()} is refused. Default
     * {@value #DEFAULT_JOURNAL_CAPACITY}.
     */
    public MapConfig journalCapacity(int journalCapacity) {
        this.journalCapacity = (int) inRange("journalCapacity", journalCapacity, 0, JOURNAL_CAPACITY_MAX);
        return this;
    }

    /**
     * Keeps a hash index of a property of the values, so that {@link MapPredicates#equal} and {@link MapPredicates#in}
     * find entries without a walk over all. Each costs every write a little.
     *
     * @param property the name of a record component, of a getter, or of a public field; or a path of these with dots
     */
    public MapConfig index(String property) {
        if (property == null || property.isBlank()) {
            throw bad("an index needs the name of a property, but got " + (property == null ? "null" : "a blank"));
        }
        indexes.add(property);
        if (indexes.size() > INDEXES_MAX) {
            throw bad("a map has at most " + INDEXES_MAX + " indexes, and this is one more: " + property);
        }
        return this;
    }

    /**
     * On a cluster, how many members beside its owner have each entry before a write returns: from 0 to 6. So many may
     * be lost at once without losing an entry. Default 1. Of no effect on an embedded grid, as the next three.
     */
    public MapConfig backups(int backups) {
        this.backups = (int) inRange("backups", backups, 0, BACKUPS_MAX);
        return this;
    }

    /** On a cluster, how many members more get each entry some time after the write: from 0 to 6. Default 0. */
    public MapConfig asyncBackups(int asyncBackups) {
        this.asyncBackups = (int) inRange("asyncBackups", asyncBackups, 0, BACKUPS_MAX);
        return this;
    }

    /**
     * On a cluster, whether a member that has the backup of an entry may answer {@code get} from it, which is faster,
     * but may be a little behind the owner. Default: no.
     */
    public MapConfig readsBackups(boolean readsBackups) {
        this.readsBackups = readsBackups;
        return this;
    }

    /** Which value stays when a cluster was split and comes together again. Default {@link MergePolicy#LATEST_WRITE}. */
    public MapConfig mergePolicy(MergePolicy mergePolicy) {
        this.mergePolicy = Objects.requireNonNull(
                mergePolicy, () -> "map '" + mapName + "': mergePolicy is null; choose one of "
                        + List.of(MergePolicy.values()));
        return this;
    }

    /** Checks the settings together. */
    MapSettings settings() {
        if (eviction == Eviction.LEAST_USED && maxEntries > 0 && maxBytes > 0) {
            throw bad("eviction LEAST_USED goes by maxEntries or by maxBytes, but both are set; leave out one");
        }
        if (eviction != Eviction.NONE && maxEntries == 0 && maxBytes == 0) {
            throw bad("eviction " + eviction + " needs maxEntries or maxBytes, which say when to evict");
        }
        if (backups + asyncBackups > BACKUPS_MAX) {
            throw bad("backups and asyncBackups must be at most " + BACKUPS_MAX + " together, but are " + backups
                    + " and " + asyncBackups);
        }
        boolean byBytesOnly = eviction == Eviction.LEAST_USED && maxBytes > 0;
        long entries = maxEntries > 0 ? maxEntries : byBytesOnly ? Long.MAX_VALUE : DEFAULT_MAX_ENTRIES;
        return new MapSettings(
                entries, maxBytes > 0 ? maxBytes : Long.MAX_VALUE, eviction, nanos(ttl), partitions, journalCapacity,
                List.copyOf(indexes), backups, asyncBackups, readsBackups, mergePolicy);
    }

    /** 0 for none; {@link Long#MAX_VALUE} for more than fits. */
    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    MapConfig copy() {
        MapConfig copy = new MapConfig(mapName);
        copy.maxEntries = maxEntries;
        copy.maxBytes = maxBytes;
        copy.eviction = eviction;
        copy.ttl = ttl;
        copy.partitions = partitions;
        copy.journalCapacity = journalCapacity;
        copy.indexes.addAll(indexes);
        copy.backups = backups;
        copy.asyncBackups = asyncBackups;
        copy.readsBackups = readsBackups;
        copy.mergePolicy = mergePolicy;
        return copy;
    }

    private long inRange(String setting, long value, long min, long max) {
        if (value < min || value > max) {
            throw bad(setting + " must be " + (max == Long.MAX_VALUE ? "at least " + min : "from " + min + " to " + max)
                    + ", but is " + value);
        }
        return value;
    }

    private GridException bad(String what) {
        return new GridException(GridException.Code.BAD_CONFIG, "map '" + mapName + "': " + what);
    }
}
