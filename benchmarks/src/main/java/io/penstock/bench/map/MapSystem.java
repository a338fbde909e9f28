package io.penstock.bench.map;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.penstock.bench.jet.OnJet;
import io.penstock.grid.Eviction;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapConfig;
import io.penstock.grid.MapRef;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The maps that can be measured. */
enum MapSystem {
    PENSTOCK(Ops.OF_MAPS),
    PENSTOCK_EVICTING(Ops.OF_MAPS),
    PENSTOCK_VIEW(EnumSet.of(MapOp.VIEW, MapOp.VIEW_PASS, MapOp.VIEW_BATCH, MapOp.PUT)),
    CHM(Ops.OF_MAPS),
    CAFFEINE(Ops.OF_MAPS),
    IMAP(Ops.OF_MAPS),
    AGRONA(EnumSet.of(MapOp.VIEW, MapOp.VIEW_PASS, MapOp.VIEW_BATCH));

    private static final class Ops {
        static final Set<MapOp> OF_MAPS = EnumSet.of(MapOp.FILL, MapOp.GET, MapOp.SCAN, MapOp.PUT, MapOp.UPDATE);
    }

    private static final MapRef<Long, Item> REF = MapRef.of("items", Long.class, Item.class);

    private final Set<MapOp> ops;

    MapSystem(Set<MapOp> ops) {
        this.ops = ops;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean has(MapOp op) {
        return ops.contains(op);
    }

    /** Whether several threads may look up at once, and one may write meanwhile. */
    boolean isConcurrent() {
        return this != AGRONA;
    }

    /** By how much fewer entries are filled in one by one and looked at for a check, so that a run ends in time. */
    int slowness() {
        return this == IMAP ? 20 : 1;
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
    List<String> jvmOptions() {
        return this == IMAP ? OnJet.JVM_OPTIONS : List.of();
    }

    /** Opens an empty map that has room for so many entries. */
    MapContender open(int entryCount) {
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
            case IMAP -> new OfHazelcast();
            case AGRONA -> new OfAgrona();
        };
    }

    private static MapContender onGrid(Consumer<MapConfig> settings) {
        Grid grid = Grid.embedded(config -> config.map(REF, settings));
        GridMap<Long, Item> map = grid.map(REF);
        return new OfConcurrentMap(map, grid::close) {
            @Override
            public void update(Long key, BiFunction<Long, Item, Item> function) {
                map.update(key, before -> function.apply(key, before));
            }
        };
    }

    /** Nothing is evicted, but Caffeine counts how often keys are used only from half its maximum on. */
    private static long roomFor(int entryCount) {
        return entryCount + entryCount / 10 + 1;
    }
}
