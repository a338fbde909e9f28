package io.penstock.grid.cluster;

import io.penstock.grid.MapChange;
import io.penstock.grid.MapChange.Kind;
import java.util.function.LongSupplier;

/** Changes of a map, out of the events in the journals of its partitions. */
record ChangeForm<K, V>(StoredForm<K, V> form, LongSupplier clockMs) {

    MapChange<K, V> change(int partition, JournalEvent event) {
        Kind kind = kind(event);
        boolean hadValue = kind != Kind.PUT && event.before() != null;
        return new MapChange<>(
                partition, event.sequence(), kind, form.key(event.key()), hadValue ? form.value(event.before()) : null,
                kind.removes() ? null : form.value(event.after()));
    }

    MapChange<K, V> present(int partition, long sequence, Stored key, Stored value) {
        return new MapChange<>(partition, sequence, Kind.PRESENT, form.key(key), null, form.value(value));
    }

    boolean isLive(Stored value) {
        return StoredForm.isLive(value, clockMs.getAsLong());
    }

    private Kind kind(JournalEvent event) {
        return switch (event.type()) {
            case ADDED -> Kind.PUT;
            case UPDATED -> hadExpired(event) ? Kind.PUT : Kind.UPDATE;
            case REMOVED -> Kind.REMOVE;
            case EVICTED -> event.before() == null || isLive(event.before()) ? Kind.EVICT : Kind.EXPIRE;
        };
    }

    /** Whether the old value had expired when the new one was written, though it was still there. */
    private static boolean hadExpired(JournalEvent event) {
        return event.before() == null
                || StoredForm.writtenMs(event.after()) >= StoredForm.deadlineMs(event.before());
    }
}
