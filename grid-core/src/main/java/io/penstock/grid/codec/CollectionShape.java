package io.penstock.grid.codec;

import io.penstock.grid.GridException.Code;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A List or a Set of a declared type of elements. Lists, LinkedHashSets and SortedSets keep their order if declared as
 * such; other sets are written in the order of their elements' bytes.
 */
final class CollectionShape extends Shape {

    private final Class<?> type;
    private final int tag;
    private final Shape element;

    private CollectionShape(Class<?> type, int tag, Shape element) {
        this.type = type;
        this.tag = tag;
        this.element = element;
    }

    /** Whether values of the type come back as such. */
    static boolean knows(Class<?> type) {
        return type == Collection.class || tagOf(type) != Tag.NULL;
    }

    static CollectionShape of(Class<?> type, Shape element) {
        return new CollectionShape(type, type == Collection.class ? Tag.LIST : tagOf(type), element);
    }

    private static int tagOf(Class<?> type) {
        if (type == List.class || type == ArrayList.class) {
            return Tag.LIST;
        } else if (type == Set.class || type == HashSet.class) {
            return Tag.SET;
        } else if (type == LinkedHashSet.class) {
            return Tag.LINKED_SET;
        } else if (type == SortedSet.class || type == NavigableSet.class || type == TreeSet.class) {
            return Tag.SORTED_SET;
        }
        return Tag.NULL;
    }

    @Override
    void write(Encoder to, Object value) {
        if (value == null) {
            to.out().tag(Tag.NULL);
        } else if (type.isInstance(value)) {
            boolean isSet = type == Collection.class && value instanceof Set;
            write(to, isSet ? Tag.SET : tag, (Collection<?>) value, element);
        } else {
            throw notExpected(value);
        }
    }

    static void write(Encoder to, int tag, Collection<?> values, Shape element) {
        if (tag == Tag.SORTED_SET && ((SortedSet<?>) values).comparator() != null) {
            throw comparator("set");
        }
        ByteSink out = to.out();
        int count = values.size();
        out.tag(tag);
        out.varint(count);
        to.enter();
        int begin = out.size();
        int[] ends = tag == Tag.SET && count > 1 ? new int[count] : null;
        int i = 0;
        try {
            for (Object value : values) {
                if (i == count) {
                    throw changed();
                }
                element.write(to, value);
                if (ends != null) {
                    ends[i] = out.size();
                }
                i++;
            }
        } catch (Fault e) {
            throw e.under("[" + i + "]");
        }
        if (i != count) {
            throw changed();
        }
        if (ends != null) {
            SortedRuns.sort(out.bytes(), begin, ends);
        }
        to.leave();
    }

    static Fault comparator(String thing) {
        return new Fault(
                Code.BAD_TYPE,
                "the sorted " + thing + " has a comparator, which bytes cannot hold; keep its elements in their natural"
                        + " order, or declare a Linked one");
    }

    static Fault changed() {
        return new Fault(Code.BAD_VALUE, "it was changed while it was encoded; never change a value after a put");
    }

    @Override
    Object read(Decoder from, int tag) {
        if (tag == Tag.NULL) {
            return null;
        }
        boolean fits = type == Collection.class
                ? tag == Tag.LIST || isSet(tag)
                : this.tag == Tag.LIST ? tag == Tag.LIST : isSet(tag);
        if (!fits) {
            throw notExpected(tag);
        }
        return read(from, type == Collection.class ? tag : this.tag, element);
    }

    static boolean isSet(int tag) {
        return tag == Tag.SET || tag == Tag.LINKED_SET || tag == Tag.SORTED_SET;
    }

    /** Not larger at first than the bytes allow, and sets not even that. */
    static Collection<Object> read(Decoder from, int tag, Shape element) {
        int count = from.in().count(1);
        Collection<Object> values = switch (tag) {
            case Tag.LIST -> new ArrayList<>(count);
            case Tag.SORTED_SET -> new TreeSet<>();
            default -> new LinkedHashSet<>();
        };
        Collisions collisions = isSet(tag) && tag != Tag.SORTED_SET ? Collisions.of(count) : null;
        from.enter();
        int i = 0;
        try {
            for (; i < count; i++) {
                add(from, values, element.read(from), collisions);
            }
        } catch (Fault e) {
            throw e.under("[" + i + "]");
        }
        from.leave();
        return values;
    }

    /** Sets ask their elements, which are the user's. */
    private static void add(Decoder from, Collection<Object> values, Object value, Collisions collisions) {
        try {
            if (collisions != null) {
                collisions.add(from, value);
            }
            values.add(value);
        } catch (Fault e) {
            throw e;
        } catch (RuntimeException e) {
            throw notAdded(e);
        }
    }

    static Fault notAdded(RuntimeException cause) {
        return new Fault(
                Code.BAD_BYTES,
                "the element cannot be added, because its equals, hashCode or compareTo throws "
                        + cause.getClass().getName(),
                cause);
    }

    @Override
    String expected() {
        return "a " + type.getSimpleName();
    }
}
