package io.penstock.bench.work;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The result rows of peers, which their sinks add here: one place for the JVM, because their functions travel as bytes.
 *
 * <p>Thread-safe; one contender at a time.
 */
public final class Rows {

    private record Key(long windowEndMs, Object key) {}

    private record Row(Key key, double value) {}

    private static final List<Row> ROWS = new ArrayList<>();

    private Rows() {}

    /**
     * Adds a row.
     *
     * @param key an Integer or a String
     * @param value a count, or a sum that is exact
     */
    public static void add(long windowEndMs, Object key, double value) {
        Row row = new Row(new Key(windowEndMs, key), value);
        synchronized (ROWS) {
            ROWS.add(row);
        }
    }

    /** The answer of rows that are counts; those of several jobs are added up. Removes them. */
    public static Answer takeCounts() {
        Checksum checksum = new Checksum();
        take().forEach((key, count) -> add(checksum, key.windowEndMs, key.key, count.longValue()));
        return checksum.answer();
    }

    /** The answer of rows that are sums over the whole stream; those of several jobs are added up. Removes them. */
    public static Answer takeSums() {
        Checksum checksum = new Checksum();
        take().forEach((key, sum) ->
                add(checksum, Payment.WINDOW_END_MS, key.key, Double.doubleToRawLongBits(sum)));
        return checksum.answer();
    }

    /** The values by key, whatever their windows; those of several jobs are added up. Removes them. */
    public static Map<Object, Double> takeValues() {
        Map<Object, Double> values = new HashMap<>();
        take().forEach((key, value) -> values.merge(key.key, value, Double::sum));
        return values;
    }

    private static Map<Key, Double> take() {
        Map<Key, Double> taken = new HashMap<>();
        synchronized (ROWS) {
            ROWS.forEach(row -> taken.merge(row.key, row.value, Double::sum));
            ROWS.clear();
        }
        return taken;
    }

    private static void add(Checksum checksum, long windowEndMs, Object key, long value) {
        if (key instanceof String word) {
            checksum.add(windowEndMs, word, value);
        } else {
            checksum.add(windowEndMs, (Integer) key, value);
        }
    }
}
