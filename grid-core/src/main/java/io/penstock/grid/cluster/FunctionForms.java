package io.penstock.grid.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The functions that were given to a map, as they travel to the owners, and those that do not. Holds no class alive.
 */
final class FunctionForms {

    /** Of those that have no state. */
    private final Map<Class<?>, byte[]> forms = Collections.synchronizedMap(new WeakHashMap<>());
    private final Set<Class<?>> kept = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** Null if the function runs here, as it cannot be serialized, or an owner could not run it. */
    byte[] of(Object function) {
        Class<?> type = function.getClass();
        byte[] present = forms.get(type);
        if (present != null) {
            return present;
        }
        if (kept.contains(type)) {
            return null;
        }
        byte[] made = JavaForm.write(function);
        if (made == null) {
            keep(function);
        } else if (JavaForm.isStateless(type)) {
            forms.put(type, made);
        }
        return made;
    }

    /** From now on, functions of this class run here. */
    void keep(Object function) {
        kept.add(function.getClass());
        forms.remove(function.getClass());
    }
}
