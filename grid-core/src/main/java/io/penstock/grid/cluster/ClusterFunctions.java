package io.penstock.grid.cluster;

import com.hazelcast.map.IMap;
import io.penstock.grid.EntryProcessor;
import io.penstock.grid.MapChange.Kind;
import io.penstock.grid.MapPredicate;
import io.penstock.grid.UpdateFunction;
import io.penstock.grid.host.Change;
import io.penstock.grid.host.MapChecks;
import io.penstock.grid.host.MapCounters;
import io.penstock.grid.host.ProcessedEntry;
import java.io.IOException;
import java.util.List;

/**
 * Runs functions on entries: at their owners, or here, if a function or its result cannot be serialized, if the owner
 * lacks a class, or if the map counts bytes, which only the writer does.
 */
final class ClusterFunctions<K, V> {

    private final ClusterMap<K, V> map;
    private final IMap<Stored, Stored> imap;
    private final MapTypes types;
    private final TimesToLive times;
    private final List<String> indexes;
    private final FunctionForms functions;
    private final MapChecks<K, V> checks;
    private final MapCounters counters;
    private final TimedFlag timed;
    private final KeyOwners owners;

    ClusterFunctions(ClusterMap<K, V> map, IMap<Stored, Stored> imap, MapTypes types, TimesToLive times,
            List<String> indexes, FunctionForms functions, MapChecks<K, V> checks, TimedFlag timed,
            KeyOwners owners) {
        this.owners = owners;
        this.map = map;
        this.imap = imap;
        this.types = types;
        this.times = times;
        this.indexes = indexes;
        this.functions = functions;
        this.checks = checks;
        this.timed = timed;
        counters = map.counters();
    }

    V update(K key, UpdateFunction<V> function) {
        OwnersAnswer answer = askOwner(key, function, null, new OwnersWork<>(
                checks, map.form(), IndexedProperties.of(indexes), null, function, null));
        if (answer == null) {
            return map.change(key, false, (k, before, change) -> checks.value(function.apply(before))).after();
        }
        return answer.next() == null ? null : map.form().value(answer.next());
    }

    /**
     * Runs a processor.
     *
     * @param predicate null for any entry, present or not; else the processor runs only on an entry that it chooses
     */
    <R> R process(K key, MapPredicate<? super K, ? super V> predicate, EntryProcessor<K, V, R> processor) {
        OwnersAnswer answer = askOwner(key, processor, predicate, new OwnersWork<>(
                checks, map.form(), IndexedProperties.of(indexes), processor, null, predicate));
        if (answer != null && answer.kind() == OwnersAnswer.Kind.STORED_BEFORE) {
            throw owners.answerLost("a processor has run and its change was made, but the owner of the key was lost"
                    + " with the result");
        }
        if (answer != null) {
            return result(answer, processor);
        }
        Attempts<R> attempts = new Attempts<>(predicate, processor);
        map.change(key, predicate != null, attempts);
        return attempts.result;
    }

    /** Each attempt begins anew. */
    private final class Attempts<R> implements Change.Step<K, V> {

        private final MapPredicate<? super K, ? super V> predicate;
        private final EntryProcessor<K, V, R> processor;
        private R result;

        Attempts(MapPredicate<? super K, ? super V> predicate, EntryProcessor<K, V, R> processor) {
            this.predicate = predicate;
            this.processor = processor;
        }

        @Override
        public V next(K key, V before, Change<K, V> change) {
            result = null;
            if (predicate != null && !predicate.test(key, before)) {
                return change.keep();
            }
            ProcessedEntry<K, V, R> entry = new ProcessedEntry<>(key, processor, checks);
            V next = entry.next(key, before, change);
            result = entry.result();
            return next;
        }
    }

    @SuppressWarnings("unchecked") // the processor has returned it
    private <R> R result(OwnersAnswer answer, EntryProcessor<K, V, R> processor) {
        if (answer.content() == null) {
            return null;
        }
        try {
            return (R) JavaForm.read(answer.content(), Failures.loader(processor));
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(
                    checks.text("the processor has run, but its result cannot be read here; let it return something of"
                            + " which this JVM has the class, too"), e);
        }
    }

    /** Null if the owner cannot run the function. */
    private OwnersAnswer askOwner(
            K key, Object function, MapPredicate<? super K, ? super V> predicate, OwnersWork<K, V> work) {
        byte[] form = map.admission().countsBytes() ? null : functions.of(function);
        byte[] predicateForm = form == null || predicate == null ? null : functions.of(predicate);
        if (form == null || predicate != null && predicateForm == null) {
            return null;
        }
        Stored storedKey = map.form().key(key);
        long stamp = StoredForm.stamp(map.nowMs());
        OwnersAnswer answer = map.admission().process(mayInsert -> {
            ProcessAtOwner process = new ProcessAtOwner(
                    types, times, indexes, stamp, mayInsert, form, predicateForm, work);
            return OwnersAnswer.read(map.calls().write(() -> imap.executeOnKey(storedKey, process)));
        });
        switch (answer.kind()) {
            case CANNOT -> {
                functions.keep(function);
                return null;
            }
            case FAILED -> {
                Throwable failure = Failures.read(answer.content(), function);
                if (failure == null) {
                    return null; // it happens again here
                }
                throw Failures.rethrow(failure);
            }
            case STORED, STORED_BEFORE -> stored(answer);
            case REMOVED -> counters.removed(Kind.REMOVE);
            default -> { }
        }
        return answer;
    }

    private void stored(OwnersAnswer answer) {
        counters.stored();
        if (answer.hasOwnTtl()) {
            timed.raise();
        }
    }
}
