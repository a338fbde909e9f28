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
import io.penstock.grid.host.Cursor;
import io.penstock.grid.host.HostContext;
import io.penstock.grid.host.HostedMap;
import io.penstock.grid.host.LookupCount;
import io.penstock.grid.host.MapSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/** A map whose entries are in an {@code IMap}. */
final class ClusterMap<K, V> extends HostedMap<K, V> {

    private final StoredForm<K, V> stored;
    private final ClusterCalls calls = new ClusterCalls();
    private final HazelcastInstance hazelcast;
    private final IMap<Stored, Stored> entries;
    private final ClusterFollowing<K, V> following;
    private volatile boolean closed;

    ClusterMap(MapRef<K, V> ref, MapSettings settings, HostContext context, HazelcastInstance hazelcast,
            IMap<Stored, Stored> entries) {
        super(ref, context.gridName(), context.threads());
        this.hazelcast = hazelcast;
        this.entries = entries;
        stored = new StoredForm<>(ref);
        following = new ClusterFollowing<>(
                this, entries, stored, hazelcast, settings, context, calls, System::currentTimeMillis);
    }

    @Override
    @SuppressWarnings("unchecked") // a key of another class is simply absent
    public V get(Object key) {
        checkOpen();
        checks.nonNullKey(key);
        return peek(key);
    }

    @Override
    @SuppressWarnings("unchecked") // checked before
    public V peek(Object key) {
        if (!ref().keyType().isInstance(key)) {
            return null;
        }
        Stored storedKey = stored.key((K) key);
        return stored.liveValue(calls.read(() -> entries.get(storedKey)), System.currentTimeMillis());
    }

    @Override
    public V put(K key, V value) {
        checkOpen();
        checks.keyAndValue(key, value);
        long nowMs = System.currentTimeMillis();
        Stored storedKey = stored.key(key);
        Stored storedValue = stored.value(value, nowMs, StoredForm.NEVER);
        return stored.liveValue(calls.write(() -> entries.put(storedKey, storedValue)), nowMs);
    }

    @Override
    @SuppressWarnings("unchecked") // checked
    public V remove(Object key) {
        checkOpen();
        checks.nonNullKey(key);
        if (!ref().keyType().isInstance(key)) {
            return null;
        }
        Stored storedKey = stored.key((K) key);
        return stored.liveValue(calls.write(() -> entries.remove(storedKey)), System.currentTimeMillis());
    }

    @Override
    public long entryCount() {
        checkOpen();
        return entries.size();
    }

    @Override
    public int size() {
        return (int) Math.min(entryCount(), Integer.MAX_VALUE);
    }

    @Override
    public MapFigures figures() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<K, V> getAll(Collection<? extends K> keys) {
        checkOpen();
        Map<K, V> found = new java.util.HashMap<>();
        entries.getAll(keys.stream().map(stored::key).collect(java.util.stream.Collectors.toSet())).forEach((k, v) -> {
            V value = stored.liveValue(v, System.currentTimeMillis());
            if (value != null) {
                found.put(stored.key(k), value);
            }
        });
        return found;
    }

    @Override
    public Map<K, V> select(MapPredicate<? super K, ? super V> predicate) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long count(MapPredicate<? super K, ? super V> predicate) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long removeAll(MapPredicate<? super K, ? super V> predicate) {
        throw new UnsupportedOperationException();
    }

    @Override
    public V put(K key, V value, Duration ttl) {
        checkOpen();
        long nowMs = System.currentTimeMillis();
        Stored storedKey = stored.key(key);
        Stored storedValue = stored.value(value, nowMs, nowMs + ttl.toMillis());
        return stored.liveValue(calls.write(() -> entries.put(
                storedKey, storedValue, ttl.toSeconds() + 2, java.util.concurrent.TimeUnit.SECONDS)), nowMs);
    }

    @Override
    public V putIfAbsent(K key, V value, Duration ttl) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Duration timeToLive(K key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public V update(K key, UpdateFunction<V> function) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <R> R process(K key, EntryProcessor<K, V, R> processor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <R> Map<K, R> processAll(Collection<? extends K> keys, EntryProcessor<K, V, R> processor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <R> Map<K, R> processAll(MapPredicate<? super K, ? super V> predicate, EntryProcessor<K, V, R> processor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LocalView<K, V> localView(Consumer<ViewConfig> settings) {
        checkOpen();
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

    @Override
    public V putIfAbsent(K key, V value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean remove(Object key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public V replace(K key, V value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Cursor<K, V> cursor() {
        throw new UnsupportedOperationException();
    }

    // ---- for its grid and its metrics

    @Override
    public String dump() {
        return checks.text(entryCount() + " entries");
    }

    @Override
    public void close() {
        closed = true;
        following.close();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    HazelcastInstance hazelcast() {
        return hazelcast;
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
}
