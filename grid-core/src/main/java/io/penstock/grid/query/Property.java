package io.penstock.grid.query;

import io.penstock.grid.GridException;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Modifier;

/**
 * A property by its path, such as {@code address.city}; {@code this} is the object itself. Resolved anew for each class
 * of objects that it meets, and equal to any other of the same path. Any number of threads may read.
 */
public final class Property implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String THIS = "this";
    private static final int STEPS_MAX = 16;

    private final String path;
    private final transient Step[] steps;

    private Property(String path, Step[] steps) {
        this.path = path;
        this.steps = steps;
    }

    /**
     * The property of a path.
     *
     * @throws GridException with {@link GridException.Code#BAD_PROPERTY} if it is not names with dots between
     */
    public static Property of(String path) {
        if (path == null) {
            throw bad("the name of a property is null; name a record component, a getter or a public field");
        }
        if (path.equals(THIS)) {
            return new Property(path, new Step[0]);
        }
        String[] names = path.split("\\.", -1);
        if (names.length > STEPS_MAX) {
            throw bad("property '" + path + "' has " + names.length + " names, but at most " + STEPS_MAX
                    + " are allowed; use a lambda as predicate");
        }
        Step[] steps = new Step[names.length];
        for (int i = 0; i < names.length; i++) {
            if (!isName(names[i])) {
                throw bad("'" + path + "' is not a property: it must be Java names with dots between, such as"
                        + " address.city");
            }
            steps[i] = new Step(names[i]);
        }
        return new Property(path, steps);
    }

    String path() {
        return path;
    }

    /**
     * The value of the property, in its {@link PropertyValue#canonical} form; null if it, or anything on its path, is
     * null.
     *
     * @throws GridException with {@link GridException.Code#BAD_PROPERTY} if the object has no such property, or reading
     *     it fails
     */
    public Object of(Object object) {
        Object value = object;
        for (int i = 0; i < steps.length && value != null; i++) {
            value = steps[i].of(value);
        }
        return PropertyValue.canonical(value);
    }

    /**
     * Refuses a type whose objects cannot have this property.
     *
     * @return the declared type of the property, boxed; null if that depends on the classes of the objects
     * @throws GridException with {@link GridException.Code#BAD_PROPERTY} if no object of the type has it
     */
    Class<?> check(Class<?> type) {
        Class<?> at = PropertyValue.boxed(type);
        for (Step step : steps) {
            if (!Modifier.isFinal(at.getModifiers())) {
                return null;
            }
            at = PropertyValue.boxed(Getters.typeOf(at, step.name));
        }
        return at;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && Character.isJavaIdentifierStart(name.charAt(0))
                && name.chars().allMatch(Character::isJavaIdentifierPart);
    }

    private static GridException bad(String message) {
        return new GridException(GridException.Code.BAD_PROPERTY, message);
    }

    private Object readResolve() {
        return of(path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Property property && path.equals(property.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path;
    }

    /** One name of the path. Remembers the class that it met last, as most maps have values of one class. */
    private static final class Step {

        private record Bound(Class<?> type, MethodHandle getter) {}

        private final String name;
        /** Written without order by all readers: any of the values that they see will do. */
        private Bound last;

        Step(String name) {
            this.name = name;
        }

        Object of(Object object) {
            Bound bound = last;
            if (bound == null || bound.type != object.getClass()) {
                bound = new Bound(object.getClass(), Getters.of(object.getClass(), name));
                last = bound;
            }
            try {
                return (Object) bound.getter.invokeExact(object);
            } catch (Error e) {
                throw e;
            } catch (Throwable e) {
                throw new GridException(
                        GridException.Code.BAD_PROPERTY,
                        "reading property '" + name + "' of a " + bound.type.getName() + " failed with "
                                + e.getClass().getName() + "; a getter must not throw",
                        e);
            }
        }
    }
}
