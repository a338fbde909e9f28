package io.penstock.grid.cluster;

import com.hazelcast.aggregation.Aggregator;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.penstock.grid.MapPredicate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks at entries where they live, and brings home what is asked for. Hazelcast makes a copy for some entries at a
 * time, and adds them up at each member and then at the caller.
 *
 * <p>A predicate that fails must not do so here, since its exception may not be known to the caller, or not travel at
 * all: it is a part of the result.
 */
final class QueryAtOwner implements Aggregator<Map.Entry<Object, Object>, QueryAtOwner>, DataSerializable,
        HazelcastInstanceAware {

    private static final long serialVersionUID = 1L;

    /** Which entries are looked at, and what comes home of them. */
    enum What {
        /** The number of those that are alive and chosen. */
        COUNT,
        /** Keys and values of those. */
        ENTRIES,
        /** Keys and values of some that have expired. */
        EXPIRED,
        /** The number, and the size in bytes, of some that are alive. */
        SIZES
    }

    private static final int EXPIRED_MAX = 100;
    private static final int SIZES_MAX = 100;

    private transient MapTypes types;
    private transient What what;
    /** Null to choose all. */
    private transient byte[] function;
    private transient long nowMs;
    // what was found
    private transient long count;
    private transient long bytes;
    private transient List<Stored> keys = new ArrayList<>();
    private transient List<Stored> values = new ArrayList<>();
    /** The serialized exception of the predicate; null if it did not fail. */
    private transient byte[] failure;
    /** Why this member cannot run the predicate; null if it can. */
    private transient String obstacle;
    // at the owner
    private transient HazelcastInstance member;
    private transient Chosen<?, ?> chosen;

    /** A predicate with what it needs. */
    private record Chosen<K, V>(TypesAtOwner.Known<K, V> types, MapPredicate<? super K, ? super V> predicate) {

        boolean test(Stored key, Stored value) {
            return predicate.test(types.form().key(key), types.form().value(value));
        }
    }

    /** For Hazelcast. */
    QueryAtOwner() {}

    /** @param function the serialized predicate; null to choose all */
    QueryAtOwner(MapTypes types, What what, byte[] function, long nowMs) {
        this.types = types;
        this.what = what;
        this.function = function;
        this.nowMs = nowMs;
    }

    long count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    List<Stored> keys() {
        return keys;
    }

    List<Stored> values() {
        return values;
    }

    byte[] failure() {
        return failure;
    }

    String obstacle() {
        return obstacle;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        this.member = member;
    }

    @Override
    public void accumulate(Map.Entry<Object, Object> entry) {
        if (failure != null || obstacle != null) {
            return;
        }
        try {
            look(entry.getKey(), entry.getValue());
        } catch (ClassNotFoundException | IOException | LinkageError e) {
            obstacle = e.toString();
        } catch (Throwable e) { // of the predicate
            failure = JavaForm.write(e);
            obstacle = failure == null ? e.toString() : null;
        }
    }

    private void look(Object key, Object value) throws ClassNotFoundException, IOException {
        boolean isLive = StoredForm.isLiveValue(value, nowMs);
        if (what == What.EXPIRED) {
            if (!isLive && value instanceof Stored && keys.size() < EXPIRED_MAX) {
                add(key, value);
            }
        } else if (isLive || !StoredForm.isValue(value)) {
            lookAtLive(key, value);
        }
    }

    private void lookAtLive(Object key, Object value) throws ClassNotFoundException, IOException {
        if (what == What.SIZES) {
            if (count < SIZES_MAX && value instanceof Stored stored && key instanceof Stored storedKey) {
                count++;
                bytes += storedKey.bytes().length + StoredForm.encodedLength(stored);
            }
        } else if (function == null || chosen().test(form().foundKey(key), form().found(value))) {
            count++;
            if (what == What.ENTRIES) {
                add(key, value);
            }
        }
    }

    private void add(Object key, Object value) {
        keys.add((Stored) key);
        values.add((Stored) value);
    }

    private StoredForm<?, ?> form() throws ClassNotFoundException, IOException {
        return chosen().types.form();
    }

    private Chosen<?, ?> chosen() throws ClassNotFoundException, IOException {
        if (chosen == null) {
            TypesAtOwner atOwner = TypesAtOwner.of(member);
            try {
                chosen = chosen(atOwner.known(types), atOwner.function(function));
            } catch (RuntimeException e) { // another version of a class, perhaps: not the predicate's failure
                throw new IOException(e);
            }
        }
        return chosen;
    }

    @SuppressWarnings("unchecked") // the caller has given it for these types
    private static <K, V> Chosen<K, V> chosen(TypesAtOwner.Known<K, V> types, Object predicate) {
        return new Chosen<>(types, (MapPredicate<K, V>) predicate);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Hazelcast declares it
    public void combine(Aggregator other) {
        QueryAtOwner more = (QueryAtOwner) other;
        count += more.count;
        bytes += more.bytes;
        keys.addAll(more.keys);
        values.addAll(more.values);
        failure = failure != null ? failure : more.failure;
        obstacle = obstacle != null ? obstacle : more.obstacle;
    }

    @Override
    public QueryAtOwner aggregate() {
        return this;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        types.write(out);
        out.writeString(what.name());
        out.writeByteArray(function);
        out.writeLong(nowMs);
        out.writeLong(count);
        out.writeLong(bytes);
        out.writeInt(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            out.writeByteArray(keys.get(i).bytes());
            out.writeByteArray(values.get(i).bytes());
        }
        out.writeByteArray(failure);
        out.writeString(obstacle);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        types = MapTypes.read(in);
        what = What.valueOf(in.readString());
        function = in.readByteArray();
        nowMs = in.readLong();
        count = in.readLong();
        bytes = in.readLong();
        int size = in.readInt();
        keys = new ArrayList<>(size);
        values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            keys.add(new Stored(in.readByteArray()));
            values.add(new Stored(in.readByteArray()));
        }
        failure = in.readByteArray();
        obstacle = in.readString();
    }
}
