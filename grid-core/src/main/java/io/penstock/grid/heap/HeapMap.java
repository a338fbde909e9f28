package io.penstock.grid.heap;

import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.grid.Changes;
import io.penstock.grid.EntryProcessor;
import io.penstock.grid.GridException;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapFigures;
import io.penstock.grid.MapListener;
import io.penstock.grid.MapPredicate;
import io.penstock.grid.MapRef;
import io.penstock.grid.UpdateFunction;
import io.penstock.grid.ViewConfig;
import io.penstock.grid.host.Cursor;
import io.penstock.grid.host.ListenerRegistration;
import io.penstock.grid.host.LookupCount;
import io.penstock.grid.host.MapMeters;
import io.penstock.grid.host.MapSettings;
import io.penstock.grid.host.MapThreads;
import io.penstock.grid.host.MapTimers;
import io.penstock.grid.query.Indexes;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A map in the heap of this JVM.
 *
 * <p>{@link HeapTable} holds the entries, {@link EntryLimit} keeps their number, {@link HeapQueries} does what looks
 * at many entries, and this class puts them together.
 */
public final class HeapMap<K, V> extends ConcurrentHeapMap<K, V> {

    private final MapSettings limits;
    private final HeapQueries<K, V> queries;
    private final OpenViews<K, V> localViews;
    private final MapMeters meters;
    /** Null once the map is closed, which also frees the entries though somebody may hold on to the map. */
    private volatile HeapTable<K, V> table;
    /** Null until somebody asks for it; made under this monitor. */
    private volatile MapJournal<K, V> journal;

    /**
     * Opens an empty map and registers its metrics.
     *
     * @param nanoClock as {@link System#nanoTime}
     */
    public HeapMap(MapRef<K, V> ref, MapSettings limits, String gridName, MeterRegistry registry, MapThreads threads,
            LongSupplier nanoClock) {
        super(ref, gridName, threads);
        this.limits = limits;
        localViews = new OpenViews<>(this, nanoClock);
        Indexes<K, V> indexes = Indexes.of(limits.indexes(), ref.keyType(), ref.valueType());
        if (limits.countsBytes()) {
            form.checkSized();
        }
        EntryStore<K, V> store = new EntryStore<>(
                limits, limit(), limits.countsBytes() ? form::bytes : (key, value) -> 0, indexes, counters, nanoClock,
                () -> bareValues(null), () -> threads.expire(table));
        table = new HeapTable<>(ref.name(), store, counters);
        bareValues(store.isMixed() ? null : store.entries);
        queries = new HeapQueries<>(this, checks, indexes);
        meters = MapMeters.register(registry, gridName, this);
    }

    private EntryLimit<K, V> limit() {
        return switch (limits.eviction()) {
            case NONE -> new RefuseWhenFull<>(ref().name(), limits);
            case INSERTION_ORDER -> new EvictFirstInserted<>(ref().name(), limits);
            case LEAST_USED -> new EvictLeastUsed<>(ref().name(), limits);
        };
    }

    @Override
    public void close() {
        HeapTable<K, V> open = table;
        bareValues(null);
        table = null;
        if (open != null) {
            threads.forget(open);
        }
        localViews.closeAll();
        meters.remove();
    }

    @Override
    public String dump() {
        return checks.text(ref().keyType().getName() + " -> " + ref().valueType().getName() + ", ")
                + entryCount() + limits.text()
                + (localViews.isEmpty() ? "" : ", " + localViews.entryCount() + " in local views");
    }

    // ---- reading

    @Override
    public Map<K, V> getAll(Collection<? extends K> keys) {
        HeapTable<K, V> open = table();
        checks.nonNull("collection of keys", keys);
        Map<K, V> found = new LinkedHashMap<>();
        long keyCount = 0;
        long hitCount = 0;
        for (K key : keys) {
            V value = open.read(checks.nonNullKey(key));
            keyCount++;
            if (value != null) {
                hitCount++;
                found.put(key, value);
            }
        }
        counters.lookedUp(keyCount, hitCount);
        return found;
    }

    @Override
    public long entryCount() {
        return table().entryCount();
    }

    @Override
    public Duration timeToLive(K key) {
        long leftNs = table().leftNs(checks.nonNullKey(key));
        return leftNs == 0 || leftNs == HeapEntry.NEVER ? null : Duration.ofNanos(leftNs);
    }

    @Override
    public MapFigures figures() {
        HeapTable<K, V> open = table();
        long entries = open.entryCount();
        return new MapFigures(entries, bytes(open, entries), (long) journalCountOrZero(), localViews.entryCount());
    }

    // ---- writing

    @Override
    public V put(K key, V value, Duration ttl) {
        HeapTable<K, V> open = table();
        checks.keyAndValue(key, value);
        return open.put(key, value, checks.ttlNs(ttl));
    }

    @Override
    public V putIfAbsent(K key, V value, Duration ttl) {
        checks.keyAndValue(key, value);
        return putIfAbsent(key, value, checks.ttlNs(ttl));
    }

    // ---- functions and predicates

    @Override
    public V update(K key, UpdateFunction<V> function) {
        HeapTable<K, V> open = table();
        checks.key(key);
        checks.nonNullFunction(function);
        return open.change(key, (k, before, change) -> checks.value(function.apply(before))).after();
    }

    @Override
    public <R> R process(K key, EntryProcessor<K, V, R> processor) {
        return queries.process(key, processor);
    }

    @Override
    public <R> Map<K, R> processAll(Collection<? extends K> keys, EntryProcessor<K, V, R> processor) {
        return queries.processAll(keys, processor);
    }

    @Override
    public <R> Map<K, R> processAll(
            MapPredicate<? super K, ? super V> predicate, EntryProcessor<K, V, R> processor) {
        return queries.processAll(predicate, processor);
    }

    @Override
    public Map<K, V> select(MapPredicate<? super K, ? super V> predicate) {
        return queries.select(predicate);
    }

    @Override
    public long count(MapPredicate<? super K, ? super V> predicate) {
        return queries.count(predicate);
    }

    @Override
    public long removeAll(MapPredicate<? super K, ? super V> predicate) {
        return queries.removeAll(predicate);
    }

    // ---- views and followers

    @Override
    public LocalView<K, V> localView(Consumer<ViewConfig> settings) {
        table().refuseInFunction();
        checks.nonNull("settings", settings).accept(new ViewConfig());
        return localViews.open();
    }

    @Override
    public Changes<K, V> changes() {
        HeapTable<K, V> open = table();
        if (limits.journalCapacity() == 0) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    checks.text("keeps no journal of its changes; set journalCapacity above 0"));
        }
        if (journal == null) {
            open.refuseInFunction();
            synchronized (this) {
                if (journal == null) {
                    journal = new MapJournal<>(
                            this, open, limits.journalCapacity(), ThreadLocalRandom.current().nextLong());
                }
            }
        }
        return journal;
    }

    @Override
    public MapListener.Registration listen(MapListener<K, V> listener) {
        HeapTable<K, V> open = table();
        checks.nonNull("listener", listener);
        ListenerRegistration<K, V> registration = new ListenerRegistration<>(this, listener, threads);
        open.afterJournaled(threads::wake);
        threads.add(registration);
        return registration;
    }

    // ---- for metrics

    @Override
    public double entryCountOrZero() {
        HeapTable<K, V> open = table;
        return open == null ? 0 : open.entryCountAsIs();
    }

    @Override
    public double bytesOrZero() {
        HeapTable<K, V> open = table;
        long bytes = open == null ? 0 : bytes(open, open.entryCountAsIs());
        return bytes < 0 ? Double.NaN : bytes;
    }

    private long bytes(HeapTable<K, V> open, long entries) {
        return limits.countsBytes() ? open.bytes() : form.estimate(cursor(), entries);
    }

    @Override
    public double journalCountOrZero() {
        MapJournal<K, V> present = journal;
        return table == null || present == null ? 0 : present.keptCount();
    }

    @Override
    public double journalFillOrZero() {
        MapJournal<K, V> present = journal;
        return table == null || present == null ? 0 : present.fill();
    }

    @Override
    public double viewEntryCount() {
        return localViews.entryCount();
    }

    @Override
    public LookupCount viewLookups() {
        return localViews.lookups();
    }

    @Override
    public double viewLagSeconds() {
        return 0;
    }

    @Override
    public Cursor<K, V> cursor() {
        return new HeapCursor<>(table());
    }

    OpenViews<K, V> localViews() {
        return localViews;
    }

    @Override
    public boolean isClosed() {
        return table == null;
    }

    @Override
    MapTimers timers() {
        return meters.timers();
    }

    @Override
    HeapTable<K, V> table() {
        HeapTable<K, V> open = table;
        if (open == null) {
            throw checks.closed();
        }
        return open;
    }
}
