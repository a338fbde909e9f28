package io.penstock.grid.host;

import io.penstock.grid.EntryProcessor;
import java.time.Duration;

/** An entry under the work of a processor. */
public final class ProcessedEntry<K, V, R> implements EntryProcessor.Entry<K, V>, Change.Step<K, V> {

    private final K key;
    private final EntryProcessor<K, V, R> processor;
    private final MapChecks<K, V> checks;
    private V value;
    private long ttlNs;
    private boolean isChanged;
    private boolean isOpen;
    private R result;

    public ProcessedEntry(K key, EntryProcessor<K, V, R> processor, MapChecks<K, V> checks) {
        this.key = key;
        this.processor = processor;
        this.checks = checks;
    }

    @Override
    public V next(K sameKey, V before, Change<K, V> change) {
        value = before;
        isOpen = true;
        try {
            result = processor.process(this);
        } finally {
            isOpen = false;
        }
        if (!isChanged) {
            return change.keep();
        }
        change.ttlNs(ttlNs);
        return value;
    }

    /** What the processor returned; null if it was not called. */
    public R result() {
        return result;
    }

    @Override
    public K key() {
        return key;
    }

    @Override
    public V value() {
        checkOpen();
        return value;
    }

    @Override
    public void put(V value) {
        put(value, 0);
    }

    @Override
    public void put(V value, Duration ttl) {
        put(value, checks.ttlNs(ttl));
    }

    private void put(V newValue, long newTtlNs) {
        checkOpen();
        value = checks.value(checks.nonNullValue(newValue));
        ttlNs = newTtlNs;
        isChanged = true;
    }

    @Override
    public void remove() {
        checkOpen();
        value = null;
        isChanged = true;
    }

    private void checkOpen() {
        if (!isOpen) {
            throw new IllegalStateException(checks.text("an entry is used after its processor has returned; return what"
                    + " you need from the processor"));
        }
    }
}
