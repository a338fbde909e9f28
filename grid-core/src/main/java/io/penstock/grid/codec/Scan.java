package io.penstock.grid.codec;

import io.penstock.grid.GridException.Code;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Finds all types that values of a type can have, from its declaration alone: fields, permitted subclasses, type
 * arguments. These, and what is allowed besides, are the only classes that the codec ever makes objects of.
 */
final class Scan {

    private static final int SHAPES_MAX = 20_000;
    /** One of each kind of JDK object that bytes can become. */
    private static final List<Class<?>> JDK_RESULTS = Stream.concat(
            Stream.of(
                    String.class, Boolean.class, Character.class, Integer.class, ArrayList.class, LinkedHashSet.class,
                    TreeSet.class, LinkedHashMap.class, TreeMap.class, Optional.class),
            Stream.of(UUID.class, java.math.BigDecimal.class, java.time.Instant.class, java.time.Duration.class,
                    java.time.Period.class, java.time.LocalDate.class, java.time.LocalDateTime.class,
                    java.time.ZonedDateTime.class, java.time.ZoneId.class))
            .<Class<?>>map(type -> type)
            .toList();

    private final Map<Class<?>, NamedType> types = new HashMap<>();
    private final Map<Class<?>, ClassAccess> accesses = new HashMap<>();
    private final Map<Resolved, Shape> shapes = new HashMap<>();
    private final Map<Resolved, Struct> structs = new HashMap<>();
    private final Map<Class<?>, String> openAt = new LinkedHashMap<>();
    private final Deque<NamedType> unopened = new ArrayDeque<>();
    private final Shape any = new OpenShape(Object.class, types, null);

    /** The shape of a declared type that stands alone. */
    Shape shape(Class<?> type) {
        return shape(Resolved.raw(type), type.getSimpleName());
    }

    /** After all types have been given: completes them, and returns them, numbered in the order of their names. */
    List<NamedType> types() {
        while (!unopened.isEmpty()) {
            NamedType type = unopened.remove();
            type.openAs(struct(Resolved.raw(type.type()), type.type().getSimpleName()));
        }
        openAt.forEach(this::checkHasValues);
        List<NamedType> sorted = types.values().stream().sorted(Comparator.comparing(NamedType::name)).toList();
        if (sorted.size() > Header.TYPES_MAX) {
            throw refused("", sorted.size() + " types can be in a value, but at most " + Header.TYPES_MAX + " may");
        }
        for (int i = 0; i < sorted.size(); i++) {
            sorted.get(i).number(i);
            if (i > 0 && sorted.get(i).name().equals(sorted.get(i - 1).name())) {
                throw refused("", "two class loaders have a " + sorted.get(i).name() + " each; a codec can have one");
            }
        }
        return sorted;
    }

    static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private Shape shape(Resolved type, String path) {
        Shape known = shapes.get(type);
        if (known != null) {
            return known;
        } else if (shapes.size() > SHAPES_MAX) {
            throw refused(path, "more than " + SHAPES_MAX + " types can be in a value");
        }
        Class<?> raw = type.raw();
        Shape shape = ofJdk(type, path);
        if (shape == null && raw.isEnum()) {
            shape = new EnumShape(named(raw, path));
        } else if (shape == null && raw.isInterface() || shape == null && Modifier.isAbstract(raw.getModifiers())) {
            return open(type, path);
        } else if (shape == null) {
            return ofClass(type, path);
        }
        shapes.put(type, shape);
        return shape;
    }

    /** Null for what the JDK does not bring, and its interfaces. */
    private Shape ofJdk(Resolved type, String path) {
        Class<?> raw = type.raw();
        if (raw == Object.class) {
            return any;
        } else if (raw == String.class) {
            return new TextShape();
        } else if (Primitive.of(raw) != null) {
            return new PrimitiveShape(Primitive.of(raw), !raw.isPrimitive());
        } else if (Leaf.ofType(raw) != null) {
            return new LeafShape(raw, Leaf.ofType(raw));
        } else if (PrimitiveArray.of(raw) != null) {
            return new PrimitiveArrayShape(PrimitiveArray.of(raw));
        } else if (raw.isArray()) {
            Resolved element = type.arguments().isEmpty() ? type.resolve(raw).argument(0) : type.argument(0);
            return new ArrayShape(raw.componentType(), shape(element, path + "[]"));
        } else if (raw == Optional.class) {
            return new OptionalShape(shape(type.argument(0), path + "[]"));
        } else if (CollectionShape.knows(raw)) {
            return CollectionShape.of(raw, shape(type.argument(0), path + "[]"));
        } else if (MapShape.knows(raw)) {
            return new MapShape(
                    raw, shape(type.argument(0), path + "{key}"), shape(type.argument(1), path + "{value}"));
        } else if (isOfJdk(raw) && !raw.isInterface() && !raw.isEnum() && !Modifier.isAbstract(raw.getModifiers())) {
            throw refused(path, raw.getName() + " is not among the JDK's types that a codec knows; use a record of what"
                    + " is needed of it, an interface such as List or Map, or make the field transient if a class has"
                    + " it");
        }
        return null;
    }

    private Shape ofClass(Resolved type, String path) {
        Class<?> raw = type.raw();
        if (!Modifier.isFinal(raw.getModifiers())) {
            named(raw, path);
            return open(type, path);
        }
        Struct known = structs.get(type);
        return known == null ? new StructShape(struct(type, path)) : new StructShape(known);
    }

    /** All permitted subclasses are allowed, without their type arguments. */
    private Shape open(Resolved type, String path) {
        Class<?> raw = type.raw();
        Shape shape = new OpenShape(raw, types, any);
        shapes.put(type, shape);
        openAt.putIfAbsent(raw, path);
        if (raw.isSealed()) {
            for (Class<?> permitted : raw.getPermittedSubclasses()) {
                shape(Resolved.raw(permitted), permitted.getSimpleName());
            }
        }
        return shape;
    }

    private Struct struct(Resolved type, String path) {
        Struct known = structs.get(type);
        if (known != null) {
            return known;
        }
        NamedType named = named(type.raw(), path);
        ClassAccess access = accesses.get(type.raw());
        Struct struct = new Struct(named, access);
        structs.put(type, struct);
        Field[] fields = new Field[access.fields().size()];
        for (int i = 0; i < fields.length; i++) {
            java.lang.reflect.Field field = access.fields().get(i);
            String fieldPath = path + "." + field.getName();
            Shape shape = shape(resolved(type, field.getGenericType(), fieldPath), fieldPath);
            fields[i] = new Field(field.getName(), i, shape, ClassAccess.getter(field));
        }
        struct.fields(fields);
        return struct;
    }

    private static Resolved resolved(Resolved owner, Type fieldType, String path) {
        try {
            return owner.resolve(fieldType);
        } catch (Fault e) {
            throw e.under(path);
        }
    }

    private NamedType named(Class<?> type, String path) {
        NamedType known = types.get(type);
        if (known != null) {
            return known;
        }
        checkClass(type, path);
        NamedType named;
        if (type.isEnum()) {
            named = new NamedType(type, List.of());
        } else {
            ClassAccess access = new ClassAccess(type, path);
            accesses.put(type, access);
            named = new NamedType(type, access.fieldNames());
            unopened.add(named);
        }
        types.put(type, named);
        return named;
    }

    private static void checkClass(Class<?> type, String path) {
        boolean isInner = type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers());
        if (type.isAnonymousClass() || type.isHidden() || type.isSynthetic()) {
            throw refused(path, type.getName() + " has no name that other programs know; make it a named class");
        } else if (isInner && !type.isRecord() && !type.isEnum()) {
            throw refused(path, type.getName() + " is an inner class, which holds its outer object; make it static");
        } else if (type.getName().length() > Header.NAME_LENGTH_MAX) {
            throw refused(path, "the name of the class is longer than " + Header.NAME_LENGTH_MAX);
        }
    }

    private void checkHasValues(Class<?> type, String path) {
        Stream<Class<?>> known = Stream.concat(types.keySet().stream(), JDK_RESULTS.stream());
        if (known.noneMatch(type::isAssignableFrom)) {
            throw refused(path, type.getName() + " does not say which classes its values have; make it sealed, or name"
                    + " them with allow(...) in the codec's options");
        }
    }

    private static Fault refused(String path, String message) {
        return new Fault(Code.BAD_TYPE, message).under(path);
    }
}
