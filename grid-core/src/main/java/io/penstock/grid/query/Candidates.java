package io.penstock.grid.query;

import io.penstock.grid.MapPredicate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The plan for a predicate: look-ups which together find every key that it can choose, and some more. Of an
 * {@code and} they are those of one of its parts, the one with the fewest keys; of an {@code or} those of all parts.
 */
record Candidates<K>(List<Lookup<K>> lookups) {

    /** Plans; returns null if only a walk over all entries finds all that the predicate chooses. */
    static <K, V> Candidates<K> of(MapPredicate<?, ?> predicate, Map<Property, HashIndex<K, V>> indexes) {
        if (predicate instanceof Equal<?, ?> equal) {
            HashIndex<K, V> index = indexes.get(equal.property());
            return index == null ? null : new Candidates<>(List.of(new Lookup.Indexed<>(index, equal.value())));
        }
        if (predicate instanceof In<?, ?> in) {
            HashIndex<K, V> index = indexes.get(in.property());
            return index == null ? null : new Candidates<>(lookups(index, in.values()));
        }
        if (predicate instanceof KeyIn<?, ?> keyIn) {
            return new Candidates<>(List.of(Lookup.named(keyIn.keys())));
        }
        if (predicate instanceof And<?, ?> and) {
            return fewest(and.parts(), indexes);
        }
        return predicate instanceof Or<?, ?> or ? together(or.parts(), indexes) : null;
    }

    private static <K> List<Lookup<K>> lookups(HashIndex<K, ?> index, Collection<?> values) {
        List<Lookup<K>> lookups = new ArrayList<>();
        values.forEach(value -> lookups.add(new Lookup.Indexed<>(index, value)));
        return lookups;
    }

    private static <K, V> Candidates<K> fewest(
            List<? extends MapPredicate<?, ?>> parts, Map<Property, HashIndex<K, V>> indexes) {
        Candidates<K> fewest = null;
        for (MapPredicate<?, ?> part : parts) {
            Candidates<K> candidates = of(part, indexes);
            if (candidates != null && (fewest == null || candidates.countMax() < fewest.countMax())) {
                fewest = candidates;
            }
        }
        return fewest;
    }

    private static <K, V> Candidates<K> together(
            List<? extends MapPredicate<?, ?>> parts, Map<Property, HashIndex<K, V>> indexes) {
        List<Lookup<K>> lookups = new ArrayList<>();
        for (MapPredicate<?, ?> part : parts) {
            Candidates<K> candidates = of(part, indexes);
            if (candidates == null) {
                return null;
            }
            lookups.addAll(candidates.lookups);
        }
        return new Candidates<>(lookups);
    }

    /** The number of keys, if no key is found by two look-ups. */
    long countMax() {
        return lookups.stream().mapToLong(lookup -> lookup.keys().size()).sum();
    }

    /** Such as {@code index on city, 12 candidates}. */
    String explain() {
        String by = lookups.stream().map(Lookup::text).distinct().collect(Collectors.joining(" and "));
        return (by.isEmpty() ? "nothing" : by) + ", " + countMax() + (countMax() == 1 ? " candidate" : " candidates");
    }
}
