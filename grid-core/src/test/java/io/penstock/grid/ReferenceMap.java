package io.penstock.grid;

import java.time.Duration;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A map as it is meant, slow and obviously right: a {@link LinkedHashMap} from which everything that has expired is
 * removed before each use. For one thread; follows nothing.
 */
final class ReferenceMap extends AbstractMap<Integer, Integer> implements GridMap<Integer, Integer> {

    private record Held(int value, long deadlineNs) {}

    private final Map<Integer, Held> held = new LinkedHashMap<>();
    private final int maxEntries;
    private final Eviction eviction;
    private final Duration ttl;
    private final LongSupplier clock;

    /** @param ttl null for none */
    ReferenceMap(int maxEntries, Eviction eviction, Duration ttl, LongSupplier clock) {
        this.maxEntries = maxEntries;
        this.eviction = eviction;
        this.ttl = ttl;
        this.clock = clock;
    }

    /** What is present, in the order in which the keys were inserted. */
    private Map<Integer, Held> present() {
        held.values().removeIf(entry -> entry.deadlineNs <= clock.getAsLong());
        return held;
    }

    @Override
    public Integer get(Object key) {
        Held entry = present().get(key);
        return entry == null ? null : Integer.valueOf(entry.value);
    }

    @Override
    public boolean containsKey(Object key) {
        return present().containsKey(key);
    }

    @Override
    public Integer put(Integer key, Integer value) {
        return put(key, value, ttl);
    }

    @Override
    public Integer put(Integer key, Integer value, Duration ttl) {
        Integer before = get(key);
        if (before == null && held.size() == maxEntries) {
            if (eviction == Eviction.NONE) {
                throw new GridException(GridException.Code.MAP_FULL, "full");
            }
            held.remove(held.keySet().iterator().next());
        }
        held.put(key, new Held(value, ttl == null ? Long.MAX_VALUE : clock.getAsLong() + ttl.toNanos()));
        return before;
    }

    @Override
    public Integer putIfAbsent(Integer key, Integer value) {
        return putIfAbsent(key, value, ttl);
    }

    @Override
    public Integer putIfAbsent(Integer key, Integer value, Duration ttl) {
        Integer before = get(key);
        return before == null ? put(key, value, ttl) : before;
    }

    @Override
    public Integer remove(Object key) {
        Held entry = present().remove(key);
        return entry == null ? null : Integer.valueOf(entry.value);
    }

    @Override
    public boolean remove(Object key, Object value) {
        return value.equals(get(key)) && remove(key) != null;
    }

    @Override
    public Integer replace(Integer key, Integer value) {
        return containsKey(key) ? put(key, value) : null;
    }

    @Override
    public boolean replace(Integer key, Integer expected, Integer value) {
        return expected.equals(get(key)) && put(key, value) != null;
    }

    @Override
    public void clear() {
        held.clear();
    }

    @Override
    public Duration timeToLive(Integer key) {
        Held entry = present().get(key);
        return entry == null || entry.deadlineNs == Long.MAX_VALUE
                ? null
                : Duration.ofNanos(entry.deadlineNs - clock.getAsLong());
    }

    @Override
    public Set<Entry<Integer, Integer>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<Integer, Integer>> iterator() {
                return walk();
            }

            @Override
            public int size() {
                return present().size();
            }
        };
    }

    private Iterator<Entry<Integer, Integer>> walk() {
        Iterator<Integer> keys = List.copyOf(present().keySet()).iterator();
        return new Iterator<>() {
            private Integer last;

            @Override
            public boolean hasNext() {
                return keys.hasNext();
            }

            @Override
            public Entry<Integer, Integer> next() {
                last = keys.next();
                return new SimpleEntry<>(last, get(last)) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public Integer setValue(Integer value) {
                        replace(getKey(), value);
                        return super.setValue(value);
                    }
                };
            }

            @Override
            public void remove() {
                ReferenceMap.this.remove(last);
            }
        };
    }

    // ---- several keys and functions

    @Override
    public long entryCount() {
        return size();
    }

    @Override
    public Map<Integer, Integer> getAll(Collection<? extends Integer> keys) {
        Map<Integer, Integer> found = new LinkedHashMap<>();
        for (Integer key : keys) {
            if (containsKey(key)) {
                found.put(key, get(key));
            }
        }
        return found;
    }

    @Override
    public Map<Integer, Integer> select(MapPredicate<? super Integer, ? super Integer> predicate) {
        Map<Integer, Integer> chosen = new LinkedHashMap<>();
        forEach((key, value) -> {
            if (predicate.test(key, value)) {
                chosen.put(key, value);
            }
        });
        return chosen;
    }

    @Override
    public long count(MapPredicate<? super Integer, ? super Integer> predicate) {
        return select(predicate).size();
    }

    @Override
    public long removeAll(MapPredicate<? super Integer, ? super Integer> predicate) {
        Set<Integer> chosen = select(predicate).keySet();
        chosen.forEach(this::remove);
        return chosen.size();
    }

    @Override
    public Integer update(Integer key, UpdateFunction<Integer> function) {
        Integer after = function.apply(get(key));
        if (after == null) {
            remove(key);
        } else {
            put(key, after);
        }
        return after;
    }

    @Override
    public <R> R process(Integer key, EntryProcessor<Integer, Integer, R> processor) {
        return processor.process(new EntryProcessor.Entry<>() {
            @Override
            public Integer key() {
                return key;
            }

            @Override
            public Integer value() {
                return get(key);
            }

            @Override
            public void put(Integer value) {
                ReferenceMap.this.put(key, value);
            }

            @Override
            public void put(Integer value, Duration ttl) {
                ReferenceMap.this.put(key, value, ttl);
            }

            @Override
            public void remove() {
                ReferenceMap.this.remove(key);
            }
        });
    }

    @Override
    public <R> Map<Integer, R> processAll(
            Collection<? extends Integer> keys, EntryProcessor<Integer, Integer, R> processor) {
        Map<Integer, R> results = new LinkedHashMap<>();
        for (Integer key : keys) {
            R result = process(key, processor);
            if (result != null) {
                results.put(key, result);
            }
        }
        return results;
    }

    @Override
    public <R> Map<Integer, R> processAll(
            MapPredicate<? super Integer, ? super Integer> predicate, EntryProcessor<Integer, Integer, R> processor) {
        return processAll(select(predicate).keySet(), processor);
    }

    // ---- what a reference does not do

    @Override
    public MapRef<Integer, Integer> ref() {
        throw new UnsupportedOperationException();
    }

    @Override
    public MapFigures figures() {
        throw new UnsupportedOperationException();
    }

    @Override
    public AsyncMap<Integer, Integer> async() {
        throw new UnsupportedOperationException();
    }

    @Override
    public LocalView<Integer, Integer> localView(Consumer<ViewConfig> settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Changes<Integer, Integer> changes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public MapListener.Registration listen(MapListener<Integer, Integer> listener) {
        throw new UnsupportedOperationException();
    }
}
