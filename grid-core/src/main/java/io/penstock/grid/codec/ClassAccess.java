package io.penstock.grid.codec;

import io.penstock.grid.GridException.Code;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the fields of a class, and makes its objects: of a record through its canonical constructor, of another class
 * through the one without parameters, of any visibility. Primitives pass as longs and are not boxed.
 */
final class ClassAccess {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodHandle DOUBLE_TO_BITS = bits("doubleToLongBits", Double.class, double.class, long.class);
    private static final MethodHandle BITS_TO_DOUBLE = bits("longBitsToDouble", Double.class, long.class, double.class);
    private static final MethodHandle FLOAT_TO_BITS = bits("floatToIntBits", Float.class, float.class, int.class);
    private static final MethodHandle BITS_TO_FLOAT = bits("intBitsToFloat", Float.class, int.class, float.class);
    private static final MethodType MAKES = MethodType.methodType(Object.class, Slots.class);

    private static final int SLOTS_MAX = 250;

    private final Class<?> type;
    private final List<Field> fields;
    private final MethodHandle maker;
    private final MethodHandle[] setters;

    /** The fields, and how to fill them; refuses classes for which there is no way. */
    ClassAccess(Class<?> type, String path) {
        this.type = type;
        this.fields = type.isRecord() ? components(type) : fields(type, path);
        try {
            fields.forEach(field -> open(field, path));
            this.setters = type.isRecord() ? new MethodHandle[0] : new MethodHandle[fields.size()];
            this.maker = type.isRecord() ? recordMaker(path) : noArgMaker(path);
            for (int i = 0; i < setters.length; i++) {
                setters[i] = setter(fields.get(i));
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    List<Field> fields() {
        return fields;
    }

    List<String> fieldNames() {
        return fields.stream().map(Field::getName).toList();
    }

    /** From Object to long if the field is primitive, else to Object. */
    static MethodHandle getter(Field field) {
        try {
            MethodHandle getter = LOOKUP.unreflectGetter(field);
            Class<?> fieldType = field.getType();
            if (!fieldType.isPrimitive()) {
                return getter.asType(MethodType.methodType(Object.class, Object.class));
            } else if (fieldType == double.class) {
                getter = MethodHandles.filterReturnValue(getter, DOUBLE_TO_BITS);
            } else if (fieldType == float.class) {
                getter = MethodHandles.filterReturnValue(getter, FLOAT_TO_BITS);
            }
            return MethodHandles.explicitCastArguments(getter, MethodType.methodType(long.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** Makes an object of what is in the slots. */
    Object make(Slots slots) {
        try {
            Object made = (Object) maker.invokeExact(slots);
            for (int i = 0; i < setters.length; i++) {
                setters[i].invokeExact(made, slots);
            }
            return made;
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new Fault(
                    Code.BAD_BYTES,
                    "the constructor of " + type.getName() + " refuses what the bytes hold (" + e.getClass().getName()
                            + "); a field that they do not have yet is null, 0 or false",
                    e);
        }
    }

    private MethodHandle recordMaker(String path) throws ReflectiveOperationException {
        Class<?>[] types = fields.stream().map(Field::getType).toArray(Class<?>[]::new);
        Constructor<?> canonical = type.getDeclaredConstructor(types);
        int slotCount = Arrays.stream(types).mapToInt(t -> t == long.class || t == double.class ? 2 : 1).sum();
        if (slotCount > SLOTS_MAX) {
            throw refused(path, type.getName() + " has more than " + SLOTS_MAX + " components (longs and doubles count"
                    + " twice), which no method handle takes; put some into a record of their own");
        }
        open(canonical, path);
        MethodHandle maker = LOOKUP.unreflectConstructor(canonical);
        if (types.length == 0) {
            return MethodHandles.dropArguments(maker, 0, Slots.class).asType(MAKES);
        }
        MethodHandle[] fromSlots = new MethodHandle[types.length];
        for (int i = 0; i < types.length; i++) {
            fromSlots[i] = fromSlot(types[i], i);
        }
        MethodHandle fromEachSlot = MethodHandles.filterArguments(maker, 0, fromSlots);
        MethodType once = MethodType.methodType(type, Slots.class);
        return MethodHandles.permuteArguments(fromEachSlot, once, new int[types.length]).asType(MAKES);
    }

    private MethodHandle noArgMaker(String path) throws ReflectiveOperationException {
        Constructor<?> constructor;
        try {
            constructor = type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            throw refused(path, type.getName() + " has no constructor without parameters; add one, of any visibility,"
                    + " or make it a record");
        }
        open(constructor, path);
        return MethodHandles.dropArguments(LOOKUP.unreflectConstructor(constructor), 0, Slots.class).asType(MAKES);
    }

    private MethodHandle setter(Field field) throws IllegalAccessException {
        MethodHandle setter = LOOKUP.unreflectSetter(field);
        MethodHandle fromSlot = fromSlot(field.getType(), fields.indexOf(field));
        return MethodHandles.filterArguments(setter, 1, fromSlot)
                .asType(MethodType.methodType(void.class, Object.class, Slots.class));
    }

    /** From Slots to the type of the field. */
    private static MethodHandle fromSlot(Class<?> fieldType, int index) {
        if (!fieldType.isPrimitive()) {
            return MethodHandles.insertArguments(Slots.REFERENCE, 1, index)
                    .asType(MethodType.methodType(fieldType, Slots.class));
        }
        MethodHandle slot = MethodHandles.insertArguments(Slots.LONG, 1, index);
        if (fieldType == double.class) {
            return MethodHandles.filterReturnValue(slot, BITS_TO_DOUBLE);
        } else if (fieldType == float.class) {
            MethodHandle bits = MethodHandles.explicitCastArguments(slot, slot.type().changeReturnType(int.class));
            return MethodHandles.filterReturnValue(bits, BITS_TO_FLOAT);
        }
        return MethodHandles.explicitCastArguments(slot, slot.type().changeReturnType(fieldType));
    }

    private static List<Field> components(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        try {
            for (RecordComponent component : type.getRecordComponents()) {
                fields.add(type.getDeclaredField(component.getName()));
            }
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
        return fields;
    }

    /** Those of the superclasses first. */
    private static List<Field> fields(Class<?> type, String path) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> at = type; at != Object.class; at = at.getSuperclass()) {
            if (Scan.isOfJdk(at)) {
                throw refused(path, type.getName() + " extends " + at.getName() + " of the JDK, whose fields are"
                        + " closed; make it a record");
            }
            fields.addAll(0, Arrays.stream(at.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .filter(field -> !Modifier.isTransient(field.getModifiers()))
                    .toList());
        }
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (Modifier.isFinal(field.getModifiers())) {
                throw refused(path, type.getName() + " has a final field '" + field.getName() + "', which cannot be set"
                        + " after the constructor; make it a record, or the field not final or transient");
            } else if (!names.add(field.getName())) {
                throw refused(path, type.getName() + " has two fields '" + field.getName() + "', its own and one of a"
                        + " superclass; rename one");
            }
        }
        return fields;
    }

    private static void open(AccessibleObject member, String path) {
        try {
            member.setAccessible(true);
        } catch (InaccessibleObjectException e) {
            throw refused(path, e.getMessage() + "; open the package in its module-info");
        }
    }

    private static Fault refused(String path, String why) {
        return new Fault(Code.BAD_TYPE, why).under(path);
    }

    private static MethodHandle bits(String name, Class<?> owner, Class<?> from, Class<?> to) {
        try {
            return LOOKUP.findStatic(owner, name, MethodType.methodType(to, from));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
