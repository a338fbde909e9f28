package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.MapRef;
import io.penstock.grid.host.MapChecks;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a member knows of the types and functions of maps that grids elsewhere have sent it. One for each member. */
final class TypesAtOwner {

    private static final String PLACE = "penstock.types";
    private static final int FUNCTIONS_MAX = 1_000;

    private final ClassLoader loader;
    private final Map<MapTypes, Known<?, ?>> known = new ConcurrentHashMap<>();
    /** Those that have no state, by their serialized form. */
    private final Map<Stored, Object> functions = new ConcurrentHashMap<>();

    /** What works on entries of a map. */
    record Known<K, V>(MapChecks<K, V> checks, StoredForm<K, V> form) {}

    private TypesAtOwner(ClassLoader loader) {
        this.loader = loader;
    }

    static TypesAtOwner of(HazelcastInstance member) {
        return (TypesAtOwner) member.getUserContext().computeIfAbsent(
                PLACE, place -> new TypesAtOwner(loader(member.getConfig().getClassLoader())));
    }

    /** @param configured null if the member has none of its own */
    static ClassLoader loader(ClassLoader configured) {
        if (configured != null) {
            return configured;
        }
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread != null ? ofThread : TypesAtOwner.class.getClassLoader();
    }

    /**
     * The forms of a map's keys and values.
     *
     * @throws ClassNotFoundException if this member lacks one of the classes
     */
    Known<?, ?> known(MapTypes types) throws ClassNotFoundException {
        Known<?, ?> present = known.get(types);
        if (present == null) {
            present = make(types, type(types.keyType()), type(types.valueType()));
            known.put(types, present);
        }
        return present;
    }

    private static <K, V> Known<K, V> make(MapTypes types, Class<K> keyType, Class<V> valueType) {
        MapRef<K, V> ref = MapRef.of(types.mapName(), keyType, valueType);
        return new Known<>(new MapChecks<>(ref, types.gridName()), new StoredForm<>(ref));
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, false, loader);
    }

    Object function(byte[] bytes) throws IOException, ClassNotFoundException {
        Object present = functions.get(new Stored(bytes));
        if (present != null) {
            return present;
        }
        Object made = JavaForm.read(bytes, loader);
        if (JavaForm.isStateless(made.getClass())) {
            if (functions.size() >= FUNCTIONS_MAX) {
                functions.clear();
            }
            functions.put(new Stored(bytes), made);
        }
        return made;
    }
}
