package io.penstock.dag.wire;

import io.penstock.grid.Codec;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Set;
import java.util.UUID;

/**
 * What the codec brings back exactly as it was: some classes of the JDK, and of the classes that are not serializable
 * those whose fields are so simple that nothing can get lost. All objects of a column are one value of the codec.
 */
final class CodecForm extends Form {

    private static final int BYTES_MAX = 1 << 30;

    private static final Set<Class<?>> OF_JDK = Set.of(
            Instant.class, Duration.class, LocalDate.class, LocalTime.class, LocalDateTime.class, BigDecimal.class,
            BigInteger.class);
    /** Final ones only: in a field of another type may be a subclass. */
    private static final Set<Class<?>> IN_FIELDS = Set.of(
            String.class, Long.class, Integer.class, Short.class, Byte.class, Character.class, Boolean.class,
            Double.class, Float.class, UUID.class, Instant.class, Duration.class, LocalDate.class, LocalTime.class,
            LocalDateTime.class);

    private final Class<?> type;
    private final Codec<Object[]> codec;

    @SuppressWarnings("unchecked")
    private CodecForm(Class<?> type) {
        super(Tag.CODEC);
        this.type = type;
        codec = (Codec<Object[]>) Codec.of(type.arrayType(), o -> o.maxBytes(BYTES_MAX));
    }

    /** Null if something of the class's objects could get lost. */
    static CodecForm of(Class<?> type) {
        return OF_JDK.contains(type) || isSimple(type) ? new CodecForm(type) : null;
    }

    private static boolean isSimple(Class<?> type) {
        if (Serializable.class.isAssignableFrom(type) || type.getSuperclass() != Object.class || type.isRecord()
                || Modifier.isAbstract(type.getModifiers()) || type.isHidden() || type.getClassLoader() == null) {
            return false;
        }
        for (Field field : type.getDeclaredFields()) {
            int modifiers = field.getModifiers();
            if (!Modifier.isStatic(modifiers) && (Modifier.isTransient(modifiers) || Modifier.isFinal(modifiers)
                    || !isSimpleField(field.getType()))) {
                return false;
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 0) {
                return type.getModule().isOpen(type.getPackageName(), Codec.class.getModule());
            }
        }
        return false;
    }

    private static boolean isSimpleField(Class<?> type) {
        return type.isPrimitive() || type.isEnum() || IN_FIELDS.contains(type);
    }

    /** Objects of the user's classes can change. */
    @Override
    boolean isShared() {
        return !OF_JDK.contains(type);
    }

    @Override
    void write(Object[] values, int count, EventWriter to) {
        Object[] typed = (Object[]) Array.newInstance(type, count);
        System.arraycopy(values, 0, typed, 0, count);
        byte[] bytes = codec.encode(typed);
        to.out().text(ClassNames.written(type));
        to.out().varint(bytes.length);
        to.out().put(bytes, 0, bytes.length);
    }

    @Override
    Object[] read(int count, EventReader from) throws IOException {
        int length = from.in().varint(from.in().left());
        Object[] values = codec.decode(from.in().bytes(), from.in().take(length), length);
        if (values.length != count) {
            throw WireInput.damaged("found " + values.length + " objects, expected " + count);
        }
        return values;
    }
}
