package io.penstock.grid.codec;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** A Map of declared types of keys and values. Its order is kept as that of sets is, see {@link CollectionShape}. */
final class MapShape extends Shape {

    private final Class<?> type;
    private final int tag;
    private final Shape key;
    private final Shape value;

    MapShape(Class<?> type, Shape key, Shape value) {
        this.type = type;
        this.tag = tagOf(type);
        this.key = key;
        this.value = value;
    }

    /** Whether values of the type come back as such. */
    static boolean knows(Class<?> type) {
        return tagOf(type) != Tag.NULL;
    }

    private static int tagOf(Class<?> type) {
        if (type == Map.class || type == HashMap.class) {
            return Tag.MAP;
        } else if (type == LinkedHashMap.class) {
            return Tag.LINKED_MAP;
        } else if (type == SortedMap.class || type == NavigableMap.class || type == TreeMap.class) {
            return Tag.SORTED_MAP;
        }
        return Tag.NULL;
    }

    @Override
    void write(Encoder to, Object map) {
        if (map == null) {
            to.out().tag(Tag.NULL);
        } else if (type.isInstance(map)) {
            write(to, tag, (Map<?, ?>) map, key, value);
        } else {
            throw notExpected(map);
        }
    }

    static void write(Encoder to, int tag, Map<?, ?> map, Shape key, Shape value) {
        if (tag == Tag.SORTED_MAP && ((SortedMap<?, ?>) map).comparator() != null) {
            throw CollectionShape.comparator("map");
        }
        ByteSink out = to.out();
        int count = map.size();
        out.tag(tag);
        out.varint(count);
        to.enter();
        int begin = out.size();
        int[] ends = tag == Tag.MAP && count > 1 ? new int[count] : null;
        int i = 0;
        String part = "key";
        try {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (i == count) {
                    throw CollectionShape.changed();
                }
                part = "key";
                key.write(to, entry.getKey());
                part = "value";
                value.write(to, entry.getValue());
                if (ends != null) {
                    ends[i] = out.size();
                }
                i++;
            }
        } catch (Fault e) {
            throw e.under("{" + part + " " + i + "}");
        }
        if (i != count) {
            throw CollectionShape.changed();
        }
        if (ends != null) {
            SortedRuns.sort(out.bytes(), begin, ends);
        }
        to.leave();
    }

    @Override
    Object read(Decoder from, int tag) {
        if (tag == Tag.NULL) {
            return null;
        } else if (!isMap(tag)) {
            throw notExpected(tag);
        }
        return read(from, this.tag, key, value);
    }

    static boolean isMap(int tag) {
        return tag == Tag.MAP || tag == Tag.LINKED_MAP || tag == Tag.SORTED_MAP;
    }

    static Map<Object, Object> read(Decoder from, int tag, Shape key, Shape value) {
        int count = from.in().count(2);
        Map<Object, Object> map = tag == Tag.SORTED_MAP ? new TreeMap<>() : new LinkedHashMap<>();
        Collisions collisions = tag == Tag.SORTED_MAP ? null : Collisions.of(count);
        from.enter();
        int i = 0;
        String part = "key";
        try {
            for (; i < count; i++) {
                part = "key";
                Object nextKey = key.read(from);
                part = "value";
                put(from, map, nextKey, value.read(from), collisions);
            }
        } catch (Fault e) {
            throw e.under("{" + part + " " + i + "}");
        }
        from.leave();
        return map;
    }

    private static void put(
            Decoder from, Map<Object, Object> map, Object key, Object value, Collisions collisions) {
        try {
            if (collisions != null) {
                collisions.add(from, key);
            }
            map.put(key, value);
        } catch (Fault e) {
            throw e;
        } catch (RuntimeException e) {
            throw CollectionShape.notAdded(e);
        }
    }

    @Override
    String expected() {
        return "a " + type.getSimpleName();
    }
}
