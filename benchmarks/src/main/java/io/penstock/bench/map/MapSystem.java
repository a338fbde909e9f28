package io.penstock.bench.map;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.penstock.bench.jet.OnJet;
import io.penstock.grid.Eviction;
import io.penstock.grid.Grid;
import io.penstock.grid.MapConfig;
import io.penstock.grid.MapRef;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The maps that can be measured. */
enum MapSystem {
    PENSTOCK(EnumSet.allOf(MapHost.class), Sets.OF_MAPS),
    PENSTOCK_EVICTING(Sets.EMBEDDED, Sets.OF_MAPS),
    /** Keeps no journal. */
    PENSTOCK_BARE(Sets.ON_CLUSTERS, Sets.OF_MAPS),
    PENSTOCK_VIEW(EnumSet.allOf(MapHost.class), EnumSet.of(MapOp.VIEW, MapOp.VIEW_PASS, MapOp.VIEW_BATCH, MapOp.PUT)),
    CHM(Sets.EMBEDDED, Sets.OF_MAPS),
    CAFFEINE(Sets.EMBEDDED, Sets.OF_MAPS),
    IMAP(EnumSet.allOf(MapHost.class), Sets.OF_MAPS),
    /** Keeps a journal as long as Penstock's. */
    IMAP_JOURNAL(Sets.ON_CLUSTERS, Sets.OF_MAPS),
    NEAR_CACHE(Sets.ON_CLUSTERS, EnumSet.of(MapOp.VIEW)),
    QUERY_CACHE(Sets.ON_CLUSTERS, EnumSet.of(MapOp.VIEW)),
    /** A client would ask a member for each entry. */
    REPLICATED(EnumSet.of(MapHost.CLUSTER), EnumSet.of(MapOp.VIEW)),
    AGRONA(Sets.EMBEDDED, EnumSet.of(MapOp.VIEW, MapOp.VIEW_PASS, MapOp.VIEW_BATCH));

    private static final class Sets {
        static final Set<MapHost> EMBEDDED = EnumSet.of(MapHost.EMBEDDED);
        static final Set<MapHost> ON_CLUSTERS = EnumSet.complementOf(EnumSet.of(MapHost.EMBEDDED));
        static final Set<MapOp> OF_MAPS =
                EnumSet.complementOf(EnumSet.of(MapOp.VIEW, MapOp.VIEW_PASS, MapOp.VIEW_BATCH));
    }

    static final MapRef<Long, Item> REF = MapRef.of("items", Long.class, Item.class);

    private final Set<MapHost> hosts;
    private final Set<MapOp> ops;

    MapSystem(Set<MapHost> hosts, Set<MapOp> ops) {
        this.hosts = hosts;
        this.ops = ops;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isOn(MapHost host) {
        return hosts.contains(host);
    }

    boolean has(MapHost host, MapOp op) {
        return isOn(host) && host.ops().contains(op) && ops.contains(op);
    }

    /** Whether several threads may look up at once, and one may write meanwhile. */
    boolean isConcurrent() {
        return this != AGRONA;
    }

    /** What this one is compared with. */
    MapSystem yardstick(MapHost host, MapOp op) {
        if (!host.isCluster()) {
            return op.hasLongKeys() ? AGRONA : CHM;
        }
        if (op.hasLongKeys()) {
            return NEAR_CACHE;
        }
        return this == PENSTOCK_BARE || this == IMAP ? IMAP : IMAP_JOURNAL;
    }

    /** What the map takes beside keys and values; NaN if it has copies of them, so that nobody can tell. */
    double ownBytes(MapFigures.Bytes bytes) {
        return this == IMAP ? Double.NaN : bytes.added();
    }

    /** What an entry takes with its key and value. */
    double totalBytes(MapFigures.Bytes bytes) {
        return switch (this) {
            case IMAP -> bytes.added(); // has its own keys and values
            case AGRONA -> bytes.added() + bytes.item(); // has its own keys
            default -> bytes.added() + bytes.key() + bytes.item();
        };
    }

    /** The options that its JVM needs beside those that all get. */
    List<String> jvmOptions(MapHost host) {
        return this == IMAP || host.isCluster() ? OnJet.JVM_OPTIONS : List.of();
    }

    /** Opens an empty map that has room for the entries. */
    MapContender open(MapOrder order) {
        return order.host().isCluster() ? ClusterContenders.open(order) : openEmbedded(order.entryCount());
    }

    private MapContender openEmbedded(int entryCount) {
        return switch (this) {
            case PENSTOCK -> onGrid(config -> config.maxEntries(roomFor(entryCount)));
            case PENSTOCK_EVICTING -> onGrid(config ->
                    config.maxEntries(roomFor(entryCount)).eviction(Eviction.LEAST_USED));
            case PENSTOCK_VIEW -> {
                Grid grid = Grid.embedded(config -> config.map(REF, map -> map.maxEntries(roomFor(entryCount))));
                yield new OfView(grid, grid.map(REF));
            }
            case CHM -> new OfConcurrentMap(new ConcurrentHashMap<>(), () -> {});
            case CAFFEINE -> new OfConcurrentMap(
                    Caffeine.newBuilder()
                            .maximumSize(roomFor(entryCount))
                            .executor(Runnable::run)
                            .<Long, Item>build()
                            .asMap(),
                    () -> {});
            case IMAP -> OfHazelcast.embedded();
            case AGRONA -> new OfAgrona();
            case PENSTOCK_BARE, IMAP_JOURNAL, NEAR_CACHE, QUERY_CACHE, REPLICATED ->
                throw new IllegalArgumentException(text() + " is on clusters only");
        };
    }

    private static MapContender onGrid(Consumer<MapConfig> settings) {
        Grid grid = Grid.embedded(config -> config.map(REF, settings));
        return new OfGridMap(grid.map(REF), grid::close);
    }

    /** Nothing is evicted, but Caffeine counts how often keys are used only from half its maximum on. */
    private static long roomFor(int entryCount) {
        return entryCount + entryCount / 10 + 1;
    }
}
