package io.penstock.grid.cluster;

import io.penstock.grid.Codec;
import io.penstock.grid.GridException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How keys of one class are stored. */
final class KeyForm {

    /** Beside those below, as an entry of ours at a class of the JDK would keep our class loader alive. */
    private static final Map<Class<?>, KeyForm> OF_JDK = Stream.<Class<?>>of(
                    String.class, Long.class, Integer.class, Short.class, Byte.class, Character.class, Boolean.class,
                    Double.class, Float.class, UUID.class)
            .collect(Collectors.toUnmodifiableMap(Function.identity(), KeyForm::new));

    private static final ClassValue<KeyForm> OTHERS = new ClassValue<>() {
        @Override
        protected KeyForm computeValue(Class<?> type) {
            return new KeyForm(type);
        }
    };

    private final Codec<Object> codec;
    private final boolean hasEqualsOfItsParts;

    @SuppressWarnings("unchecked")
    private KeyForm(Class<?> type) {
        codec = (Codec<Object>) Codec.ofKey(type);
        hasEqualsOfItsParts = hasEqualsOfItsParts(type);
    }

    /**
     * The form of a class.
     *
     * @param type also one that a constant of an enum has for itself
     * @throws GridException with {@link GridException.Code#BAD_KEY} if it is none for keys
     */
    static KeyForm of(Class<?> type) {
        KeyForm form = OF_JDK.get(type);
        if (form != null) {
            return form;
        }
        boolean isOfConstant = !type.isEnum() && Enum.class.isAssignableFrom(type);
        return OTHERS.get(isOfConstant ? type.getSuperclass() : type);
    }

    byte[] encode(Object key) {
        return codec.encode(key);
    }

    /** Whether keys that are equal have equal bytes for sure: the compiler's equals of a record is final. */
    boolean hasEqualsOfItsParts() {
        return hasEqualsOfItsParts;
    }

    private static boolean hasEqualsOfItsParts(Class<?> type) {
        if (!type.isRecord()) {
            return true;
        }
        try {
            if (!Modifier.isFinal(type.getMethod("equals", Object.class).getModifiers())) {
                return false;
            }
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!hasEqualsOfItsParts(component.getType())) {
                return false;
            }
        }
        return true;
    }
}
