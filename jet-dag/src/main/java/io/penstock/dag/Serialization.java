package io.penstock.dag;

import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.StageNode;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Refuses a pipeline whose functions could not travel to another member, on every host, so that a pipeline that runs
 * in one JVM also runs on a cluster.
 */
final class Serialization {

    private Serialization() {}

    static void check(LogicalPlan plan) {
        for (StageNode stage : plan.stages()) {
            try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
                out.writeObject(stage);
            } catch (NotSerializableException e) {
                String path = pathFromStage(stage);
                throw new IllegalArgumentException("stage '" + stage.name() + "' (" + stage.calledAt() + "): "
                        + (path != null ? path : "it holds " + e.getMessage() + ", which") + " is not serializable;"
                        + " make it so, or let the function look it up instead of holding it");
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "stage '" + stage.name() + "' (" + stage.calledAt() + "): cannot be serialized: " + e, e);
            }
        }
    }

    /** Begins with what the stage's supplier, a lambda of ours, has captured: the functions of the user. */
    private static String pathFromStage(StageNode stage) {
        String found = null;
        for (int i = 0; i < stage.inputs().size() && found == null; i++) {
            found = pathTo(stage.inputs().get(i).keyFn(), "its key function", newSet());
        }
        SerializedLambda supplier = lambda(stage.spec().supplier());
        for (int i = 0; supplier != null && i < supplier.getCapturedArgCount() && found == null; i++) {
            found = pathTo(supplier.getCapturedArg(i), "its function", newSet());
        }
        return found;
    }

    private static Set<Object> newSet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** Says how the first object that is not serializable is reached, or null if all that can be seen are. */
    private static String pathTo(Object object, String path, Set<Object> seen) {
        if (object == null || object instanceof String || object instanceof Class || !seen.add(object)) {
            return null;
        }
        if (!(object instanceof Serializable)) {
            return path + " (a " + object.getClass().getName() + ")";
        }
        if (object instanceof Object[] array) {
            return pathInItems(Arrays.asList(array), path, seen);
        }
        if (object instanceof Collection<?> items) {
            return pathInItems(items, path, seen);
        }
        SerializedLambda lambda = lambda(object);
        return lambda != null ? pathInLambda(lambda, path, seen) : pathInFields(object, path, seen);
    }

    private static String pathInItems(Collection<?> items, String path, Set<Object> seen) {
        int index = 0;
        for (Object item : items) {
            String found = pathTo(item, path + "[" + index++ + "]", seen);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static String pathInLambda(SerializedLambda lambda, String path, Set<Object> seen) {
        String found = null;
        for (int i = 0; i < lambda.getCapturedArgCount() && found == null; i++) {
            Object captured = lambda.getCapturedArg(i);
            found = pathTo(captured, path + " > captured variable " + (i + 1), seen);
        }
        return found;
    }

    private static String pathInFields(Object object, String path, Set<Object> seen) {
        for (Class<?> type = object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getType().isPrimitive() || Modifier.isStatic(field.getModifiers())
                        || Modifier.isTransient(field.getModifiers())) {
                    continue;
                }
                try {
                    field.setAccessible(true);
                    String found = pathTo(
                            field.get(object), path + " > field " + type.getSimpleName() + "." + field.getName(), seen);
                    if (found != null) {
                        return found;
                    }
                } catch (InaccessibleObjectException | IllegalAccessException e) {
                    // A class of the JDK: what it holds cannot be seen, and the message names its class instead.
                    break;
                }
            }
        }
        return null;
    }

    /** What a serializable lambda turns into when it is written, or null if the object is no lambda. */
    private static SerializedLambda lambda(Object object) {
        try {
            Method replace = object.getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            return replace.invoke(object) instanceof SerializedLambda lambda ? lambda : null;
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return null;
        }
    }
}
