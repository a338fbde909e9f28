package io.penstock.grid.codec;

import io.penstock.grid.GridException.Code;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A type whose variables have been replaced by what they stand for.
 *
 * @param arguments of an array, its elements' type; empty of a raw type, whose variables stand for their bounds
 */
record Resolved(Class<?> raw, List<Resolved> arguments) {

    private static final int DEPTH_MAX = 16;

    static Resolved raw(Class<?> raw) {
        return new Resolved(raw, List.of());
    }

    Resolved resolve(Type type) {
        return resolve(type, bindings(), 0);
    }

    /** The one of number {@code i}, or Object. */
    Resolved argument(int i) {
        return i < arguments.size() ? arguments.get(i) : raw(Object.class);
    }

    private Map<TypeVariable<?>, Resolved> bindings() {
        Map<TypeVariable<?>, Resolved> bindings = new HashMap<>();
        TypeVariable<?>[] variables = raw.getTypeParameters();
        for (int i = 0; i < Math.min(variables.length, arguments.size()); i++) {
            bindings.put(variables[i], arguments.get(i));
        }
        return bindings;
    }

    private static Resolved resolve(Type type, Map<TypeVariable<?>, Resolved> bindings, int depth) {
        if (depth > DEPTH_MAX) {
            throw new Fault(Code.BAD_TYPE, "its type arguments are nested more than " + DEPTH_MAX + " deep");
        } else if (type instanceof Class<?> raw) {
            return raw.isArray() && !raw.componentType().isPrimitive()
                    ? new Resolved(raw, List.of(resolve(raw.componentType(), bindings, depth + 1)))
                    : raw(raw);
        } else if (type instanceof ParameterizedType parameterized) {
            List<Resolved> arguments = new ArrayList<>();
            for (Type argument : parameterized.getActualTypeArguments()) {
                arguments.add(resolve(argument, bindings, depth + 1));
            }
            return new Resolved((Class<?>) parameterized.getRawType(), arguments);
        } else if (type instanceof GenericArrayType array) {
            Resolved component = resolve(array.getGenericComponentType(), bindings, depth + 1);
            return new Resolved(component.raw.arrayType(), List.of(component));
        } else if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0], bindings, depth + 1);
        }
        TypeVariable<?> variable = (TypeVariable<?>) type;
        Resolved bound = bindings.get(variable);
        return bound != null ? withinDepth(bound, depth) : raw(erased(variable.getBounds()[0]));
    }

    /** A class that contains itself with ever longer arguments would never end. */
    private static Resolved withinDepth(Resolved type, int depth) {
        if (depth > DEPTH_MAX) {
            throw new Fault(Code.BAD_TYPE, "its type arguments are nested more than " + DEPTH_MAX + " deep");
        }
        for (Resolved argument : type.arguments) {
            withinDepth(argument, depth + 1);
        }
        return type;
    }

    private static Class<?> erased(Type type) {
        if (type instanceof Class<?> raw) {
            return raw;
        } else if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        } else if (type instanceof TypeVariable<?> variable) {
            return erased(variable.getBounds()[0]);
        }
        return Object.class;
    }
}
