package io.penstock.dag.compile;

import java.util.List;

/** The class loader of one loop; both are unloaded when the loop is not used any more. */
public final class LoopLoader extends ClassLoader {

    private final List<Object> constants;

    LoopLoader(List<Object> constants) {
        super("penstock-loop", LoopLoader.class.getClassLoader());
        this.constants = constants;
    }

    Class<?> define(String name, byte[] bytes) {
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** A constant of a loop's class; called by its initializer. */
    public static Object constant(Class<?> loop, int ordinal) {
        return ((LoopLoader) loop.getClassLoader()).constants.get(ordinal);
    }
}
