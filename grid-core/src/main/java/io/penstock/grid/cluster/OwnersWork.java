package io.penstock.grid.cluster;

import io.penstock.grid.EntryProcessor;
import io.penstock.grid.MapPredicate;
import io.penstock.grid.UpdateFunction;
import io.penstock.grid.host.Change;
import io.penstock.grid.host.MapChecks;
import io.penstock.grid.host.ProcessedEntry;
import java.util.Collection;

/**
 * A function with what it needs to be run on entries of a map.
 *
 * @param processor null if this is an update
 * @param update null if this is a processor
 * @param predicate null if it is for any entry, present or not
 */
record OwnersWork<K, V>(
        MapChecks<K, V> checks, StoredForm<K, V> form, IndexedProperties indexes, EntryProcessor<K, V, ?> processor,
        UpdateFunction<V> update, MapPredicate<? super K, ? super V> predicate) {

    @SuppressWarnings("unchecked") // the caller has given them for these types
    static <K, V> OwnersWork<K, V> of(
            TypesAtOwner.Known<K, V> types, Collection<String> indexes, Object function, Object predicate) {
        return new OwnersWork<>(
                types.checks(), types.form(), IndexedProperties.of(indexes),
                function instanceof EntryProcessor<?, ?, ?> processor ? (EntryProcessor<K, V, ?>) processor : null,
                function instanceof UpdateFunction<?> update ? (UpdateFunction<V>) update : null,
                (MapPredicate<? super K, ? super V>) predicate);
    }

    OwnersAnswer run(Object key, Object value, TimesToLive times, long stamp, boolean mayInsert) {
        try {
            return decide(form.foundKey(key), form.found(value), times, stamp, mayInsert);
        } catch (Throwable e) { // of the function
            byte[] failure = JavaForm.write(e);
            return failure == null ? OwnersAnswer.cannot(e.toString()) : OwnersAnswer.failed(failure);
        }
    }

    private OwnersAnswer decide(Stored storedKey, Stored found, TimesToLive times, long stamp, boolean mayInsert) {
        if (found != null && StoredForm.stampOf(found) == stamp) {
            return OwnersAnswer.storedBefore(found);
        }
        K key = form.key(storedKey);
        V before = form.liveValue(found, StoredForm.writtenMs(stamp));
        if (predicate != null && (before == null || !predicate.test(key, before))) {
            return OwnersAnswer.kept(null);
        }
        Change<K, V> change = new Change<>();
        byte[] result = null;
        if (update != null) {
            change.decide(key, before, (k, present, c) -> checks.value(update.apply(present)));
        } else {
            ProcessedEntry<K, V, ?> entry = new ProcessedEntry<>(key, processor, checks);
            change.decide(key, before, entry);
            result = entry.result() == null ? null : JavaForm.write(entry.result());
            if (result == null && entry.result() != null) {
                return OwnersAnswer.cannot("a " + entry.result().getClass().getName() + " cannot be serialized");
            }
        }
        return answer(change, result, times, stamp, mayInsert);
    }

    private OwnersAnswer answer(
            Change<K, V> change, byte[] result, TimesToLive times, long stamp, boolean mayInsert) {
        if (change.removed()) {
            return OwnersAnswer.removed(result);
        }
        if (!change.stored()) {
            return OwnersAnswer.kept(result);
        }
        if (change.before() == null && !mayInsert) {
            return OwnersAnswer.full();
        }
        indexes.check(change.after());
        Stored next = form.value(
                change.after(), stamp, times.deadlineMs(change.ttlNs(), StoredForm.writtenMs(stamp)));
        return OwnersAnswer.stored(next, change.ttlNs(), result);
    }
}
