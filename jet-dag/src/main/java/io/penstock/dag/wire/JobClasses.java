package io.penstock.dag.wire;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds classes by name, as the thread's context class loader has them: inside a job, that is where the classes are
 * which came with it. Remembers what it has found for one loader.
 */
public final class JobClasses {

    private record Found(ClassLoader loader, Map<String, Class<?>> classes) {}

    private volatile Found found = new Found(null, Map.of());

    /** @throws IOException if there is no such class; the message says how to bring it along */
    public Class<?> find(String name) throws IOException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Found known = found;
        if (known.loader != loader) {
            known = new Found(loader, new ConcurrentHashMap<>());
            found = known;
        }
        Class<?> type = known.classes.get(name);
        if (type == null) {
            type = load(name, loader);
            known.classes.put(name, type);
        }
        return type;
    }

    static Class<?> load(String name, ClassLoader loader) throws IOException {
        try {
            return Class.forName(name, false, loader == null ? JobClasses.class.getClassLoader() : loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IOException(
                    "events that another member has sent, or a snapshot: this member has no class " + name
                            + "; send it along with the job by o.addClass(...) or o.addJar(...), or put it on the"
                            + " class path of all members", e);
        }
    }
}
