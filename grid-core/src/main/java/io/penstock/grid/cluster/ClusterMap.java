package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.penstock.grid.Changes;
import io.penstock.grid.EntryProcessor;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapChange.Kind;
import io.penstock.grid.MapFigures;
import io.penstock.grid.MapListener;
import io.penstock.grid.MapPredicate;
import io.penstock.grid.MapRef;
import io.penstock.grid.UpdateFunction;
import io.penstock.grid.ViewConfig;
import io.penstock.grid.host.HostContext;
import io.penstock.grid.host.LookupCount;
import io.penstock.grid.host.MapMeters;
import io.penstock.grid.host.MapSettings;
import io.penstock.grid.host.MapTimers;
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
    private final ClusterQueries<K, V> queries;
    private final ClusterFunctions<K, V> functions;
    private final ExpiredEntries<K, V> expired;
    private final MapSizes sizes;
    private final ClusterFigures<K, V> figures;
    private final TimedFlag timed;
    private final ClusterFollowing<K, V> following;
    private final MapMeters meters;
    private volatile boolean closed;

    ClusterMap(MapRef<K, V> ref, MapSettings settings, StoredForm<K, V> form, HostContext context,
            HazelcastInstance hazelcast, IMap<Stored, Stored> imap, TimedFlag timed, ClusterCalls calls) {
        super(ref, context.gridName(), context.threads());
        this.settings = settings;
        this.imap = imap;
        this.calls = calls;
        this.timed = new Watched(timed);
        this.form = form;
        clock = ExpiryClock.of(context.nanoClock(), settings.ttlNs());
        partitions = new MapPartitions(hazelcast.getPartitionService());
        MapTypes types = MapTypes.of(ref, context.gridName());
        FunctionForms forms = new FunctionForms();
        KeyOwners owners = new KeyOwners(ref.name(), hazelcast);
        sizes = new MapSizes(new MemberTasks(hazelcast), imap, calls);
        entries = new StoredEntries<>(imap, form, calls, clock, this.timed,
                IndexedProperties.of(settings.indexes()), owners);
        queries = new ClusterQueries<>(this, imap, types, settings.indexes(), forms);
        expired = new ExpiredEntries<>(imap, queries, sizes, calls, this.timed, counters);
        admission = new Admission<>(ref.name(), settings, entries, sizes, expired::removeSome);
        functions = new ClusterFunctions<>(this, imap, types, clock.times(), settings.indexes(), forms, checks,
                this.timed, owners);
        if (settings.ttlNs() != 0) {
            this.timed.raise();
        }
        following = new ClusterFollowing<>(this, imap, form, hazelcast, settings, context, calls, this.timed,
                clock::nowMs);
        figures = new ClusterFigures<>(settings, sizes, queries, following);
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
        return timed.isRaised() ? queries.countLive() : sizes.entryCount();
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
        return figures.now(entryCount());
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
        return functions.update(key, function);
    }

    @Override
    public <R> R process(K key, EntryProcessor<K, V, R> processor) {
        checkWritable();
        checks.key(key);
        checks.nonNull("processor", processor);
        return functions.process(key, null, processor);
    }

    @Override
    public <R> Map<K, R> processAll(Collection<? extends K> keys, EntryProcessor<K, V, R> processor) {
        checkWritable();
        checks.nonNull("collection of keys", keys).forEach(checks::key);
        checks.nonNull("processor", processor);
        return processAll(keys, null, processor);
    }

    @Override
    public <R> Map<K, R> processAll(MapPredicate<? super K, ? super V> predicate, EntryProcessor<K, V, R> processor) {
        checkWritable();
        checks.nonNull("predicate", predicate);
        checks.nonNull("processor", processor);
        return processAll(queries.keysOf(queries.find(predicate)), predicate, processor);
    }

    private <R> Map<K, R> processAll(Collection<? extends K> keys, MapPredicate<? super K, ? super V> predicate,
            EntryProcessor<K, V, R> processor) {
        Map<K, R> results = new LinkedHashMap<>();
        for (K key : keys) {
            R result = functions.process(key, predicate, processor);
            if (result != null) {
                results.put(key, result);
            }
        }
        return results;
    }

    @Override
    public Map<K, V> select(MapPredicate<? super K, ? super V> predicate) {
        checkOpen();
        return queries.select(checks.nonNull("predicate", predicate));
    }

    @Override
    public long count(MapPredicate<? super K, ? super V> predicate) {
        checkOpen();
        return queries.count(checks.nonNull("predicate", predicate));
    }

    @Override
    public long removeAll(MapPredicate<? super K, ? super V> predicate) {
        checkWritable();
        long removedCount = 0;
        for (Map.Entry<Stored, Stored> found : queries.find(checks.nonNull("predicate", predicate)).entrySet()) {
            removedCount += removeIf(found.getKey(), found.getValue(), predicate) ? 1 : 0;
        }
        return removedCount;
    }

    /** Removes an entry that was chosen; if it has another value now, it is tested again. */
    private boolean removeIf(Stored key, Stored seen, MapPredicate<? super K, ? super V> predicate) {
        if (entries.remove(key, seen)) {
            counters.removed(Kind.REMOVE);
            return true;
        }
        return change(form.key(key), true, (k, before, change) ->
                predicate.test(k, before) ? null : change.keep()).removed();
    }

    /** Removes all that is there now in one call, each told to who follows; what others put meanwhile may stay. */
    @Override
    public void clear() {
        checkWritable();
        counters.removes.add(calls.read(imap::size));
        calls.write(() -> {
            imap.removeAll(Predicates.alwaysTrue());
            return null;
        });
    }

    // ---- views and followers

    @Override
    public LocalView<K, V> localView(Consumer<ViewConfig> settings) {
        checkWritable();
        ViewConfig config = new ViewConfig();
        checks.nonNull("settings", settings).accept(config);
        return following.localView(config.settings());
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
    public ClusterCursor<K, V> cursor() {
        checkOpen();
        return new ClusterCursor<>(this, imap, sizes.entryCount());
    }

    @Override
    public String dump() {
        int entryCount = sizes.entryCountOr(-1);
        return checks.text(ref().keyType().getName() + " -> " + ref().valueType().getName() + ", ")
                + (entryCount < 0 ? "not reached now, and an unknown number" : "" + entryCount) + settings.text()
                + (viewEntryCount() == 0 ? "" : ", " + (long) viewEntryCount() + " in local views");
    }

    @Override
    public void close() {
        closed = true;
        threads.forget(expired);
        following.close();
        meters.remove();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    // ---- for metrics

    @Override
    public double entryCountOrZero() {
        return closed ? 0 : sizes.entryCountOr(0);
    }

    @Override
    public double bytesOrZero() {
        return closed ? 0 : sizes.bytesOrZero();
    }

    @Override
    public double journalCountOrZero() {
        return closed ? 0 : following.journalCount();
    }

    @Override
    public double journalFillOrZero() {
        return closed ? 0 : following.journalFill();
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

    /** With the clock of a test, the grid removes what has expired itself, as Hazelcast cannot. */
    private final class Watched implements TimedFlag {

        private final TimedFlag flag;

        Watched(TimedFlag flag) {
            this.flag = flag;
        }

        @Override
        public void raise() {
            flag.raise();
            if (clock.isVirtual()) {
                threads.expire(expired);
            }
        }

        @Override
        public boolean isKnown() {
            return flag.isKnown();
        }

        @Override
        public boolean isRaised() {
            return flag.isRaised();
        }
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
