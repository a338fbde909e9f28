package io.penstock.grid.codec;

import io.penstock.grid.GridException.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A declared type that does not say which class its values have: an interface, Object, a class that is not final. Types
 * of the user's stand by name in the bytes, and must be of those that the codec knows; those of the JDK by their tags.
 */
final class OpenShape extends Shape {

    private final Class<?> type;
    private final Map<Class<?>, NamedType> types;
    private final Shape any;

    /**
     * A shape for a type.
     *
     * @param types all that the codec knows; may still grow until it is made
     * @param any of elements whose type is not declared; null: this one
     */
    OpenShape(Class<?> type, Map<Class<?>, NamedType> types, Shape any) {
        this.type = type;
        this.types = types;
        this.any = any == null ? this : any;
    }

    @Override
    void write(Encoder to, Object value) {
        if (value == null) {
            to.out().tag(Tag.NULL);
            return;
        }
        Class<?> valueType = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        NamedType named = types.get(valueType);
        if (named == null) {
            writeJdk(to, value, valueType);
        } else if (named.open() != null) {
            named.open().write(to, value);
        } else {
            to.out().tag(Tag.ENUM_OF);
            to.use(named);
            to.out().text(((Enum<?>) value).name());
        }
    }

    private void writeJdk(Encoder to, Object value, Class<?> valueType) {
        Primitive primitive = Primitive.of(valueType);
        PrimitiveArray array = PrimitiveArray.of(valueType);
        Leaf leaf = Leaf.ofValue(value);
        if (value instanceof String text) {
            to.out().text(text);
        } else if (primitive != null) {
            primitive.write(to, primitive.unbox(value));
        } else if (leaf != null) {
            leaf.write(to, value);
        } else if (array != null) {
            array.write(to, value);
        } else if (value instanceof List<?> list) {
            CollectionShape.write(to, Tag.LIST, list, any);
        } else if (value instanceof Set<?> set) {
            boolean isSorted = set instanceof SortedSet<?> sorted && sorted.comparator() == null;
            CollectionShape.write(to, isSorted ? Tag.SORTED_SET : Tag.SET, set, any);
        } else if (value instanceof Map<?, ?> map) {
            boolean isSorted = map instanceof SortedMap<?, ?> sorted && sorted.comparator() == null;
            MapShape.write(to, isSorted ? Tag.SORTED_MAP : Tag.MAP, map, any, any);
        } else if (value instanceof Optional<?> optional) {
            OptionalShape.write(to, optional, any);
        } else if (valueType.isArray()) {
            throw unknown(valueType, "declare the field as such an array, or use a List");
        } else if (Scan.isOfJdk(valueType)) {
            throw unknown(valueType, "use a record of what is needed of it");
        } else {
            throw unknown(valueType, "name it with allow(...) in the codec's options");
        }
    }

    private Fault unknown(Class<?> valueType, String wayOut) {
        return new Fault(
                Code.BAD_TYPE,
                "found a " + valueType.getTypeName() + ", which the codec does not know; " + wayOut);
    }

    @Override
    Object read(Decoder from, int tag) {
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.STRUCT -> {
                Layout layout = from.layout();
                yield known(layout, false).open().read(from, layout);
            }
            case Tag.ENUM_OF -> known(from.layout(), true).constant(from);
            default -> {
                Object value = readJdk(from, tag);
                if (!type.isInstance(value)) {
                    throw notExpected(tag);
                }
                yield value;
            }
        };
    }

    private NamedType known(Layout layout, boolean isEnum) {
        NamedType named = layout.type();
        if (named == null || !type.isAssignableFrom(named.type())) {
            throw layout.notExpected(expected());
        } else if (named.type().isEnum() != isEnum) {
            throw Fault.badBytes("found an enum constant and the layout of a class, or the reverse");
        }
        return named;
    }

    private Object readJdk(Decoder from, int tag) {
        if (ByteSource.isText(tag)) {
            return from.in().text(tag);
        }
        Primitive primitive = primitive(tag);
        Leaf leaf = Leaf.ofTag(tag);
        PrimitiveArray array = PrimitiveArray.ofTag(tag);
        if (primitive != null) {
            return primitive.box(primitive.read(from, tag));
        } else if (leaf != null) {
            return leaf.read(from);
        } else if (array != null) {
            return array.read(from);
        } else if (tag == Tag.LIST || CollectionShape.isSet(tag)) {
            return CollectionShape.read(from, tag, any);
        } else if (MapShape.isMap(tag)) {
            return MapShape.read(from, tag, any, any);
        } else if (tag == Tag.EMPTY || tag == Tag.PRESENT) {
            return OptionalShape.read(from, tag, any);
        }
        throw notExpected(tag);
    }

    private static Primitive primitive(int tag) {
        if (tag >= Tag.SMALL_LONG || tag >= Tag.LONG && tag < Tag.LONG + 8) {
            return Primitive.LONG;
        } else if (tag >= Tag.SMALL_INT || tag >= Tag.INT && tag < Tag.INT + 4) {
            return Primitive.INT;
        }
        return switch (tag) {
            case Tag.FALSE, Tag.TRUE -> Primitive.BOOLEAN;
            case Tag.BYTE -> Primitive.BYTE;
            case Tag.SHORT -> Primitive.SHORT;
            case Tag.CHAR -> Primitive.CHAR;
            case Tag.FLOAT -> Primitive.FLOAT;
            case Tag.DOUBLE -> Primitive.DOUBLE;
            default -> null;
        };
    }

    @Override
    String expected() {
        return Leaf.article(type.getSimpleName());
    }
}
