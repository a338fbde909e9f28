package io.penstock.grid.query;

import io.penstock.grid.GridException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds what reads a property of a class: the accessor of a record component, a public getter, a public method beside
 * a field of the same name and type (as code generators write them), or a public field; the first of these that is
 * there. No other method counts, so that a name which came from elsewhere cannot call {@code close()} or {@code pop()}.
 */
final class Getters {

    private static final int NAMES_MAX = 30;
    private static final MethodType ANY = MethodType.methodType(Object.class, Object.class);

    /** Holds classes of the JDK only: an entry of ours at a class of the JDK would keep our class loader alive. */
    private static final ClassValue<Map<String, MethodHandle>> FOUND = new ClassValue<>() {
        @Override
        protected Map<String, MethodHandle> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private Getters() {}

    /**
     * What reads the property of an object of this very class, as {@code (Object) -> Object}.
     *
     * @throws GridException with {@link GridException.Code#BAD_PROPERTY} if there is none, or Java does not let us
     */
    static MethodHandle of(Class<?> type, String name) {
        return typed(type, name).asType(ANY);
    }

    /**
     * The declared type of the property of objects of this very class.
     *
     * @throws GridException as {@link #of}
     */
    static Class<?> typeOf(Class<?> type, String name) {
        return typed(type, name).type().returnType();
    }

    private static MethodHandle typed(Class<?> type, String name) {
        Map<String, MethodHandle> found = FOUND.get(type);
        MethodHandle getter = found.get(name);
        if (getter == null) {
            getter = handle(type, name);
            found.put(name, getter);
        }
        return getter;
    }

    private static MethodHandle handle(Class<?> type, String name) {
        Member member = member(type, name);
        if (member == null) {
            throw missing(type, name);
        }
        Member accessible = accessible(type, member);
        if (accessible == null) {
            throw closed(type, name);
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            return accessible instanceof Method method
                    ? lookup.unreflect(method)
                    : lookup.unreflectGetter((Field) accessible);
        } catch (IllegalAccessException e) {
            throw closed(type, name);
        }
    }

    private static Member member(Class<?> type, String name) {
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (component.getName().equals(name)) {
                    return component.getAccessor();
                }
            }
        }
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        Method getter = method(type, "get" + capital);
        if (getter != null) {
            return getter;
        }
        Method question = method(type, "is" + capital);
        if (question != null && isBoolean(question.getReturnType())) {
            return question;
        }
        Method plain = method(type, name);
        return plain != null && isOfField(plain) ? plain : field(type, name);
    }

    private static boolean isBoolean(Class<?> type) {
        return type == boolean.class || type == Boolean.class;
    }

    private static Method method(Class<?> type, String name) {
        try {
            Method method = type.getMethod(name);
            return isGetter(method) ? method : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static boolean isGetter(Method method) {
        return !Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && method.getDeclaringClass() != Object.class;
    }

    private static boolean isOfField(Method method) {
        try {
            Field field = method.getDeclaringClass().getDeclaredField(method.getName());
            return field.getType() == method.getReturnType() && !Modifier.isStatic(field.getModifiers());
        } catch (NoSuchFieldException e) {
            return false;
        }
    }

    private static Field field(Class<?> type, String name) {
        try {
            Field field = type.getField(name);
            return Modifier.isStatic(field.getModifiers()) ? null : field;
        } catch (NoSuchFieldException e) {
            return null;
        }
    }

    /** The member itself, or the method of a supertype that it overrides, whichever we may use; null if neither. */
    private static Member accessible(Class<?> type, Member member) {
        if (((AccessibleObject) member).trySetAccessible()) {
            return member;
        }
        return member instanceof Method method ? inherited(type, method.getName()) : null;
    }

    private static Method inherited(Class<?> type, String name) {
        if (type == null) {
            return null;
        }
        for (Class<?> parent : type.getInterfaces()) {
            Method found = declared(parent, name);
            if (found != null) {
                return found;
            }
        }
        return declared(type.getSuperclass(), name);
    }

    private static Method declared(Class<?> type, String name) {
        if (type == null) {
            return null;
        }
        Method method = method(type, name);
        return method != null && method.trySetAccessible() ? method : inherited(type, name);
    }

    private static GridException missing(Class<?> type, String name) {
        TreeSet<String> names = names(type);
        String there = names.isEmpty()
                ? "it has none that can be asked for"
                : "it has " + String.join(", ", names.stream().limit(NAMES_MAX).toList())
                        + (names.size() > NAMES_MAX ? " and " + (names.size() - NAMES_MAX) + " more" : "");
        return new GridException(
                GridException.Code.BAD_PROPERTY,
                type.getName() + " has no property '" + name + "'; " + there + ". A property is a record component, a"
                        + " public getter (getX, isX) or a public field; for anything else, use a lambda as predicate");
    }

    private static GridException closed(Class<?> type, String name) {
        String module = type.getModule().isNamed() ? type.getModule().getName() : "of the class path";
        String own = Getters.class.getModule().isNamed() ? Getters.class.getModule().getName() : "ALL-UNNAMED";
        return new GridException(
                GridException.Code.BAD_PROPERTY,
                "property '" + name + "' of " + type.getName() + " cannot be read, as module " + module
                        + " does not open package " + type.getPackageName() + "; open it in its module-info, or start"
                        + " Java with --add-opens " + module + "/" + type.getPackageName() + "=" + own
                        + ", or use a lambda as predicate");
    }

    private static TreeSet<String> names(Class<?> type) {
        TreeSet<String> names = new TreeSet<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                names.add(component.getName());
            }
        }
        for (Method method : type.getMethods()) {
            String name = method.getName();
            addIfProperty(names, type, name);
            addIfProperty(names, type, decapitalized(name, name.startsWith("is") ? 2 : 3));
        }
        for (Field field : type.getFields()) {
            addIfProperty(names, type, field.getName());
        }
        return names;
    }

    private static void addIfProperty(TreeSet<String> names, Class<?> type, String name) {
        if (!name.isEmpty() && member(type, name) != null) {
            names.add(name);
        }
    }

    private static String decapitalized(String name, int from) {
        return name.length() <= from ? "" : Character.toLowerCase(name.charAt(from)) + name.substring(from + 1);
    }
}
