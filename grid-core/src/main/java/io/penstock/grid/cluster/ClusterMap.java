package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.penstock.grid.Changes;
import io.penstock.grid.EntryProcessor;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapFigures;
import io.penstock.grid.MapListener;
import io.penstock.grid.MapPredicate;
import io.penstock.grid.MapRef;
import io.penstock.grid.UpdateFunction;
import io.penstock.grid.ViewConfig;
import io.penstock.grid.host.Change;
import io.penstock.grid.host.Cursor;
import io.penstock.grid.host.HostContext;
import io.penstock.grid.host.LookupCount;
import io.penstock.grid.host.MapMeters;
import io.penstock.grid.host.MapSettings;
import io.penstock.grid.host.MapTimers;
import io.penstock.grid.host.ProcessedEntry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A map whose entries are in an {@code IMap}.
 *
 * <p>{@link StoredEntries} reads and writes single entries, {@link Admission} keeps their number, and this class puts
 * them together.
 */
final class ClusterMap<K, V> extends ConcurrentClusterMap<K, V> {

    private final MapSettings settings;
    private final StoredForm<K, V> form;
    private final ClusterCalls calls;
    private final ExpiryClock clock;
    private final IMap<Stored, Stored> imap;
    private final MapPartitions partitions;
    private final StoredEntries<K, V> entries;
    private final Admission<K, V> admission;
    private final ClusterFollowing<K, V> following;
    private final MapMeters meters;
    private volatile boolean closed;

    ClusterMap(MapRef<K, V> ref, MapSettings settings, HostContext context, HazelcastInstance hazelcast,
            IMap<Stored, Stored> imap, TimedFlag timed, ClusterCalls calls) {
        super(ref, context.gridName(), context.threads());
        this.settings = settings;
        this.imap = imap;
        this.calls = calls;
        form = new StoredForm<>(ref);
        clock = new ExpiryClock(context.nanoClock(), settings.ttlNs());
        partitions = new MapPartitions(hazelcast.getPartitionService());
        entries = new StoredEntries<>(imap, form, calls, clock, timed);
        admission = new Admission<>(entries);
        following = new ClusterFollowing<>(this, imap, form, hazelcast, settings, context, calls, clock::nowMs);
        meters = MapMeters.register(context.meterRegistry(), context.gridName(), this);
    }

    // ---- reading

    @Override
    public Map<K, V> getAll(Collection<? extends K> keys) {
        checkOpen();
        checks.nonNull("collection of keys", keys);
        Set<Stored> storedKeys = new HashSet<>();
        for (K key : keys) {
            if (ref().keyType().isInstance(checks.nonNullKey(key))) {
                storedKeys.add(form.key(key));
            }
        }
        Map<?, ?> stored = storedKeys.isEmpty() ? Map.of() : calls.read(() -> imap.getAll(storedKeys));
        long nowMs = nowMs();
        Map<K, V> found = new LinkedHashMap<>();
        long keyCount = 0;
        long hitCount = 0;
        for (K key : keys) {
            keyCount++;
            V value = ref().keyType().isInstance(key)
                    ? form.liveValue(form.found(stored.get(form.key(key))), nowMs)
                    : null;
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
        checkOpen();
        return calls.read(imap::size);
    }

    @Override
    public Duration timeToLive(K key) {
        checkOpen();
        checks.nonNullKey(key);
        Stored found = ref().keyType().isInstance(key) ? entries.find(form.key(key)) : null;
        long nowMs = nowMs();
        return StoredForm.isLive(found, nowMs) && StoredForm.deadlineMs(found) != StoredForm.NEVER
                ? Duration.ofMillis(StoredForm.deadlineMs(found) - nowMs)
                : null;
    }

    @Override
    public MapFigures figures() {
        checkOpen();
        return new MapFigures(entryCount(), 0, 0, 0);
    }

    // ---- writing

    @Override
    public V put(K key, V value, Duration ttl) {
        checkOpen();
        checks.keyAndValue(key, value);
        return put(key, value, checks.ttlNs(ttl));
    }

    @Override
    public V putIfAbsent(K key, V value, Duration ttl) {
        checkOpen();
        checks.keyAndValue(key, value);
        return putIfAbsent(key, value, checks.ttlNs(ttl));
    }

    // ---- functions and predicates

    @Override
    public V update(K key, UpdateFunction<V> function) {
        checkWritable();
        checks.key(key);
        checks.nonNullFunction(function);
        return change(key, false, (k, before, change) -> checks.value(function.apply(before))).after();
    }

    @Override
    public <R> R process(K key, EntryProcessor<K, V, R> processor) {
        checkWritable();
        checks.key(key);
        checks.nonNull("processor", processor);
        ProcessedEntry<K, V, R> entry = new ProcessedEntry<>(key, processor, checks);
        change(key, false, entry);
        return entry.result();
    }

    @Override
    public <R> Map<K, R> processAll(Collection<? extends K> keys, EntryProcessor<K, V, R> processor) {
        checkWritable();
        checks.nonNull("collection of keys", keys).forEach(checks::key);
        checks.nonNull("processor", processor);
        Map<K, R> results = new LinkedHashMap<>();
        for (K key : keys) {
            R result = process(key, processor);
            if (result != null) {
                results.put(key, result);
            }
        }
        return results;
    }

    @Override
    public <R> Map<K, R> processAll(MapPredicate<? super K, ? super V> predicate, EntryProcessor<K, V, R> processor) {
        checkWritable();
        checks.nonNull("predicate", predicate);
        checks.nonNull("processor", processor);
        Map<K, R> results = new LinkedHashMap<>();
        for (K candidate : select(predicate).keySet()) {
            ProcessedEntry<K, V, R> entry = new ProcessedEntry<>(candidate, processor, checks);
            Change<K, V> done = change(candidate, true, (key, before, change) ->
                    predicate.test(key, before) ? entry.next(key, before, change) : change.keep());
            if (done != null && entry.result() != null) {
                results.put(candidate, entry.result());
            }
        }
        return results;
    }

    @Override
    public Map<K, V> select(MapPredicate<? super K, ? super V> predicate) {
        checkOpen();
        checks.nonNull("predicate", predicate);
        Map<K, V> selected = new LinkedHashMap<>();
        forEach((key, value) -> {
            if (predicate.test(key, value)) {
                selected.put(key, value);
            }
        });
        return selected;
    }

    @Override
    public long count(MapPredicate<? super K, ? super V> predicate) {
        return select(predicate).size();
    }

    @Override
    public long removeAll(MapPredicate<? super K, ? super V> predicate) {
        checkWritable();
        long removedCount = 0;
        for (K candidate : select(predicate).keySet()) {
            removedCount += change(candidate, true, (key, before, change) ->
                    predicate.test(key, before) ? null : change.keep()).removed() ? 1 : 0;
        }
        return removedCount;
    }

    // ---- views and followers

    @Override
    public LocalView<K, V> localView(Consumer<ViewConfig> config) {
        checkWritable();
        ViewConfig settings = new ViewConfig();
        checks.nonNull("settings", config).accept(settings);
        return following.localView(settings.settings());
    }

    @Override
    public Changes<K, V> changes() {
        checkOpen();
        return following.changes();
    }

    @Override
    public MapListener.Registration listen(MapListener<K, V> listener) {
        checkOpen();
        return following.listen(checks.nonNull("listener", listener));
    }

    // ---- for its grid and its metrics

    @Override
    public Cursor<K, V> cursor() {
        checkOpen();
        return new ClusterCursor<>(this, imap, calls.read(imap::size));
    }

    @Override
    public String dump() {
        return checks.text(ref().keyType().getName() + " -> " + ref().valueType().getName() + ", ")
                + entryCount() + settings.text();
    }

    @Override
    public void close() {
        closed = true;
        following.close();
        meters.remove();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public double entryCountOrZero() {
        return 0;
    }

    @Override
    public double bytesOrZero() {
        return 0;
    }

    @Override
    public double journalCountOrZero() {
        return following.journalCount();
    }

    @Override
    public double journalFillOrZero() {
        return following.journalFill();
    }

    @Override
    public double viewEntryCount() {
        return following.viewEntryCount();
    }

    @Override
    public double viewLagSeconds() {
        return following.viewLagSeconds();
    }

    @Override
    public LookupCount viewLookups() {
        return following.viewLookups();
    }

    // ---- for its parts

    @Override
    StoredEntries<K, V> entries() {
        return entries;
    }

    @Override
    StoredForm<K, V> form() {
        return form;
    }

    @Override
    Admission<K, V> admission() {
        return admission;
    }

    @Override
    MapTimers timers() {
        return meters.timers();
    }

    @Override
    long nowMs() {
        return clock.nowMs();
    }

    ClusterCalls calls() {
        return calls;
    }

    MapPartitions partitions() {
        return partitions;
    }
}
