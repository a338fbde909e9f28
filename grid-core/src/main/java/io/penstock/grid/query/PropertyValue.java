package io.penstock.grid.query;

import io.penstock.grid.GridException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What properties are compared by. Numbers count by their exact value, whatever their class: 3, 3L, 3.0 and a
 * {@link BigDecimal} 3.00 are the same, and -0.0 is 0. NaN is itself, and above all others. What is not a number
 * counts by its {@code equals} and {@code compareTo}.
 */
final class PropertyValue {

    private static final double LONG_LIMIT = 0x1p63;
    private static final double EXACT_LONG_LIMIT = 0x1p53;

    private PropertyValue() {}

    /**
     * One form for all that is the same, so that {@code equals} and {@code hashCode} will do: of a number a
     * {@link Long} if that can hold it, else a {@link Double} if that can, else a {@link BigDecimal} without trailing
     * zeros.
     */
    static Object canonical(Object value) {
        if (!(value instanceof Number) || value instanceof Long) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double || value instanceof Float) {
            return canonical(((Number) value).doubleValue());
        }
        if (value instanceof BigInteger integer) {
            return integer.bitLength() < Long.SIZE ? integer.longValue() : canonical(new BigDecimal(integer));
        }
        return value instanceof BigDecimal decimal ? canonical(decimal) : value;
    }

    private static Object canonical(double value) {
        boolean isLong = value == Math.rint(value) && value >= -LONG_LIMIT && value < LONG_LIMIT;
        return isLong ? (Object) (long) value : (Object) value;
    }

    private static Object canonical(BigDecimal value) {
        BigDecimal decimal = value.stripTrailingZeros();
        if (decimal.scale() <= 0 && decimal.precision() - (long) decimal.scale() <= 19) {
            BigInteger integer = decimal.toBigInteger();
            if (integer.bitLength() < Long.SIZE) {
                return integer.longValue();
            }
        }
        double rounded = decimal.doubleValue();
        boolean isDouble = !Double.isInfinite(rounded) && new BigDecimal(rounded).compareTo(decimal) == 0;
        return isDouble ? (Object) rounded : (Object) decimal;
    }

    /**
     * Compares two canonical values.
     *
     * @throws ClassCastException if they cannot be compared with each other
     */
    static int compare(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (isNumber(left) && isNumber(right)) {
            return compareNumbers((Number) left, (Number) right);
        }
        return asComparable(left).compareTo(right);
    }

    @SuppressWarnings("unchecked")
    private static Comparable<Object> asComparable(Object value) {
        return (Comparable<Object>) value;
    }

    private static int compareNumbers(Number left, Number right) {
        if (!isFinite(left) || !isFinite(right)) {
            return Double.compare(zeroIfFinite(left), zeroIfFinite(right));
        }
        return isDoubleExactly(left) && isDoubleExactly(right)
                ? Double.compare(left.doubleValue(), right.doubleValue())
                : decimal(left).compareTo(decimal(right));
    }

    private static boolean isDoubleExactly(Number number) {
        return number instanceof Double || number instanceof Long && Math.abs(number.doubleValue()) < EXACT_LONG_LIMIT;
    }

    private static boolean isFinite(Number number) {
        return !(number instanceof Double value) || Double.isFinite(value);
    }

    /** Any finite number stands for all of them beside one that is not; some are beyond what a double can hold. */
    private static double zeroIfFinite(Number number) {
        return isFinite(number) ? 0 : number.doubleValue();
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return number instanceof Long value ? BigDecimal.valueOf(value) : new BigDecimal(number.doubleValue());
    }

    private static boolean isNumber(Object canonical) {
        return canonical instanceof Long || canonical instanceof Double || canonical instanceof BigDecimal;
    }

    /**
     * The canonical form of a value that a predicate is given.
     *
     * @throws GridException with {@link GridException.Code#BAD_PROPERTY} if it is an array, which equals no other
     */
    static Object operand(Property property, Object value) {
        if (value != null && value.getClass().isArray()) {
            throw new GridException(
                    GridException.Code.BAD_PROPERTY,
                    "property '" + property + "' is compared with an array, and an array equals only itself; use a"
                            + " lambda with Arrays.equals as predicate");
        }
        return canonical(value);
    }

    /**
     * Refuses a comparison that cannot be meant, such as of a number with a text.
     *
     * @param declared the boxed type of the property; null if it is not known
     * @param operand what it is compared with, canonical; may be null
     */
    static void checkComparable(Property property, Class<?> declared, Object operand) {
        if (declared == null || operand == null || !Modifier.isFinal(declared.getModifiers()) && !declared.isEnum()) {
            return;
        }
        boolean bothNumbers = Number.class.isAssignableFrom(declared) && isNumber(operand);
        if (!bothNumbers && !declared.isInstance(operand)) {
            throw unlike(property, declared, operand.getClass());
        }
    }

    static GridException unlike(Property property, Class<?> type, Class<?> operandType) {
        String wayOut = Enum.class.isAssignableFrom(type) && operandType == String.class
                ? "compare it with the constant, or compare '" + property + ".name'"
                : "compare it with a value of its own type, or use a lambda as predicate";
        return new GridException(
                GridException.Code.BAD_PROPERTY,
                "property '" + property + "' is a " + type.getName() + ", which cannot be compared with a "
                        + operandType.getName() + "; " + wayOut);
    }

    static Class<?> boxed(Class<?> type) {
        return type.isPrimitive() ? MethodType.methodType(type).wrap().returnType() : type;
    }
}
