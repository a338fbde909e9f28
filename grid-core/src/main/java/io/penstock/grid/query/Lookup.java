package io.penstock.grid.query;

import java.util.Collection;
import java.util.Collections;

/** Where keys are found without a walk. */
sealed interface Lookup<K> {

    /** The keys; without those that come or go meanwhile, perhaps. */
    Collection<K> keys();

    /** What the keys are found by. */
    String text();

    /** Keys that the predicate itself names. */
    record Named<K>(Collection<K> keys) implements Lookup<K> {

        @Override
        public String text() {
            return "keys";
        }
    }

    /** The keys of one value of an indexed property. */
    record Indexed<K>(HashIndex<K, ?> index, Object value) implements Lookup<K> {

        @Override
        public Collection<K> keys() {
            return index.keysOf(value);
        }

        @Override
        public String text() {
            return "index on " + index.property();
        }
    }

    /** The keys that predicates name, by no more than trust in their type. */
    @SuppressWarnings("unchecked")
    static <K> Lookup<K> named(Collection<?> keys) {
        return new Named<>((Collection<K>) Collections.unmodifiableCollection(keys));
    }
}
