package io.penstock.grid.host;

import io.penstock.grid.GridException;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.Objects;

/** What a map refuses, and the words for it. */
public record MapChecks<K, V>(MapRef<K, V> ref, String gridName) {

    /** Stands for a time to live that never ends. */
    public static final long FOREVER_NS = Long.MAX_VALUE;

    public <T> T nonNullKey(T key) {
        return Objects.requireNonNull(key, () -> text("the key is null; keys must not be null"));
    }

    public <T> T nonNullValue(T value) {
        return Objects.requireNonNull(value, () -> text("the value is null; remove the key instead of storing null"));
    }

    public <T> T nonNull(String what, T argument) {
        return Objects.requireNonNull(argument, () -> text("the " + what + " is null; give one"));
    }

    public <T> T nonNullFunction(T function) {
        return nonNull("function", function);
    }

    public void key(Object key) {
        if (!ref.keyType().isInstance(nonNullKey(key))) {
            throw wrongType(GridException.Code.BAD_KEY, "key", ref.keyType(), key);
        }
    }

    /** Checks the class of a value that may be null. */
    public V value(V value) {
        if (value != null && !ref.valueType().isInstance(value)) {
            throw wrongType(GridException.Code.BAD_VALUE, "value", ref.valueType(), value);
        }
        return value;
    }

    public void keyAndValue(K key, V value) {
        key(key);
        value(nonNullValue(value));
    }

    /** The ns of a time to live; {@link #FOREVER_NS} if it is longer than these can count. */
    public long ttlNs(Duration ttl) {
        nonNull("time to live", ttl);
        if (ttl.isZero() || ttl.isNegative()) {
            throw new IllegalArgumentException(
                    text("a time to live must be above 0, but is " + ttl + "; remove the key instead"));
        }
        try {
            return ttl.toNanos();
        } catch (ArithmeticException e) {
            return FOREVER_NS;
        }
    }

    public GridException closed() {
        return new GridException(
                GridException.Code.CLOSED,
                "map '" + ref.name() + "' is closed with its grid '" + gridName
                        + "'; use it before Grid.close(), or open another grid");
    }

    private GridException wrongType(GridException.Code code, String what, Class<?> expected, Object found) {
        return new GridException(
                code,
                text("a " + what + " must be a " + expected.getName() + ", but is a " + found.getClass().getName()
                        + "; look for a raw type or an unchecked cast at the caller"));
    }

    public String text(String what) {
        return "map '" + ref.name() + "': " + what;
    }
}
