package io.penstock.dag.wire;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Reads the components of records, and makes records of columns of components. Primitives pass as longs. */
final class RecordAccess {

    /** Columns, by component, of which one row after another becomes a record. */
    static final class Cells {

        final long[][] numbers;
        final Object[][] references;
        private int row;

        Cells(int componentCount) {
            numbers = new long[componentCount][];
            references = new Object[componentCount][];
        }

        private long number(int component) {
            return numbers[component][row];
        }

        private Object reference(int component) {
            return references[component][row];
        }
    }

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodHandle NUMBER = own("number", long.class);
    private static final MethodHandle REFERENCE = own("reference", Object.class);
    private static final MethodHandle DOUBLE_BITS = bits("doubleToRawLongBits", Double.class, double.class, long.class);
    private static final MethodHandle FLOAT_BITS = bits("floatToRawIntBits", Float.class, float.class, int.class);
    private static final MethodHandle BITS_DOUBLE = bits("longBitsToDouble", Double.class, long.class, double.class);
    private static final MethodHandle BITS_FLOAT = bits("intBitsToFloat", Float.class, int.class, float.class);
    /** More parameters than this no method handle takes. */
    private static final int SLOTS_MAX = 250;

    private final Class<?> type;
    private final MethodHandle[] getters;
    private final MethodHandle maker;

    RecordAccess(Class<?> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        getters = new MethodHandle[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                getters[i] = getter(type.getDeclaredField(components[i].getName()));
            }
            maker = maker(canonical(type));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether Java lets us. */
    static boolean isOpen(Class<?> type) {
        int slots = 0;
        for (RecordComponent component : type.getRecordComponents()) {
            slots += component.getType() == long.class || component.getType() == double.class ? 2 : 1;
        }
        return slots <= SLOTS_MAX && type.getModule().isOpen(type.getPackageName(), RecordAccess.class.getModule());
    }

    private static Constructor<?> canonical(Class<?> type) throws NoSuchMethodException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor;
    }

    /** From Object to long if the component is primitive, else to Object. */
    private static MethodHandle getter(Field field) throws IllegalAccessException {
        field.setAccessible(true);
        MethodHandle getter = LOOKUP.unreflectGetter(field);
        Class<?> declared = field.getType();
        if (!declared.isPrimitive()) {
            return getter.asType(MethodType.methodType(Object.class, Object.class));
        } else if (declared == double.class) {
            getter = MethodHandles.filterReturnValue(getter, DOUBLE_BITS);
        } else if (declared == float.class) {
            getter = MethodHandles.filterReturnValue(getter, FLOAT_BITS);
        }
        return MethodHandles.explicitCastArguments(getter, MethodType.methodType(long.class, Object.class));
    }

    /** From Cells to Object. */
    private static MethodHandle maker(Constructor<?> canonical) throws IllegalAccessException {
        Class<?>[] types = canonical.getParameterTypes();
        MethodHandle maker = LOOKUP.unreflectConstructor(canonical);
        MethodType made = MethodType.methodType(Object.class, Cells.class);
        if (types.length == 0) {
            return MethodHandles.dropArguments(maker, 0, Cells.class).asType(made);
        }
        MethodHandle[] fromCells = new MethodHandle[types.length];
        for (int i = 0; i < types.length; i++) {
            fromCells[i] = fromCell(types[i], i);
        }
        MethodHandle fromEach = MethodHandles.filterArguments(maker, 0, fromCells);
        MethodType once = MethodType.methodType(canonical.getDeclaringClass(), Cells.class);
        return MethodHandles.permuteArguments(fromEach, once, new int[types.length]).asType(made);
    }

    private static MethodHandle fromCell(Class<?> declared, int component) {
        if (!declared.isPrimitive()) {
            return MethodHandles.insertArguments(REFERENCE, 1, component)
                    .asType(MethodType.methodType(declared, Cells.class));
        }
        MethodHandle number = MethodHandles.insertArguments(NUMBER, 1, component);
        if (declared == double.class) {
            return MethodHandles.filterReturnValue(number, BITS_DOUBLE);
        } else if (declared == float.class) {
            MethodHandle bits = MethodHandles.explicitCastArguments(number, number.type().changeReturnType(int.class));
            return MethodHandles.filterReturnValue(bits, BITS_FLOAT);
        }
        return MethodHandles.explicitCastArguments(number, number.type().changeReturnType(declared));
    }

    /** The values of a component that is no primitive. */
    Object[] references(int component, Object[] records, int count) {
        MethodHandle getter = getters[component];
        Object[] values = new Object[count];
        try {
            for (int i = 0; i < count; i++) {
                values[i] = (Object) getter.invokeExact(records[i]);
            }
        } catch (Throwable e) {
            throw new AssertionError(e); // reading a component of the right class throws nothing
        }
        return values;
    }

    /** The values of a primitive component; doubles and floats as their bits. */
    void numbers(int component, Object[] records, int count, long[] values) {
        MethodHandle getter = getters[component];
        try {
            for (int i = 0; i < count; i++) {
                values[i] = (long) getter.invokeExact(records[i]);
            }
        } catch (Throwable e) {
            throw new AssertionError(e); // reading a component of the right class throws nothing
        }
    }

    /** @throws IOException if the constructor refuses what is in the columns, or it is of another type */
    Object[] make(Cells cells, int count) throws IOException {
        Object[] records = new Object[count];
        try {
            for (int i = 0; i < count; i++) {
                cells.row = i;
                records[i] = (Object) maker.invokeExact(cells);
            }
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("a record " + type.getName() + " cannot be made of what was written: " + e, e);
        }
        return records;
    }

    private static MethodHandle own(String name, Class<?> type) {
        try {
            return LOOKUP.findVirtual(Cells.class, name, MethodType.methodType(type, int.class));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle bits(String name, Class<?> owner, Class<?> from, Class<?> to) {
        try {
            return LOOKUP.findStatic(owner, name, MethodType.methodType(to, from));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
