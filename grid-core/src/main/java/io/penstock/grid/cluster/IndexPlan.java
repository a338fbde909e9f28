package io.penstock.grid.cluster;

import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import io.penstock.grid.MapPredicate;
import io.penstock.grid.query.And;
import io.penstock.grid.query.Equal;
import io.penstock.grid.query.In;
import io.penstock.grid.query.KeyIn;
import io.penstock.grid.query.Or;
import io.penstock.grid.query.Property;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the entries are that a predicate can choose: of an {@code and} in one of its parts, of an {@code or} in all of
 * them.
 *
 * @param keys the only keys that can be; null if any can
 * @param indexed what finds them in an index, and others too; null if there is none
 */
record IndexPlan(Set<Object> keys, Predicate<Stored, Stored> indexed) {

    /** Only a walk finds all that the predicate chooses. */
    static final IndexPlan WALK = new IndexPlan(null, null);

    static IndexPlan of(MapPredicate<?, ?> predicate, Class<?> valueType, Collection<String> indexes) {
        if (predicate instanceof Equal<?, ?> equal) {
            return lookup(equal.property(), Set.of(PropertyExtractor.text(equal.value())), valueType, indexes);
        }
        if (predicate instanceof In<?, ?> in) {
            Set<String> texts = new TreeSet<>();
            in.values().forEach(value -> texts.add(PropertyExtractor.text(value)));
            return lookup(in.property(), texts, valueType, indexes);
        }
        if (predicate instanceof KeyIn<?, ?> keyIn) {
            return new IndexPlan(keyIn.keys(), null);
        }
        if (predicate instanceof And<?, ?> and) {
            return any(and.parts(), valueType, indexes);
        }
        return predicate instanceof Or<?, ?> or ? all(or.parts(), valueType, indexes) : WALK;
    }

    private static IndexPlan lookup(
            Property property, Set<String> texts, Class<?> valueType, Collection<String> indexes) {
        if (!indexes.contains(property.toString())) {
            return WALK;
        }
        Set<String> looked = new TreeSet<>(texts);
        looked.add(PropertyExtractor.UNKNOWN);
        return new IndexPlan(null, Predicates.in(
                PropertyExtractor.attribute(valueType, property.toString()), looked.toArray(new String[0])));
    }

    private static IndexPlan any(
            List<? extends MapPredicate<?, ?>> parts, Class<?> valueType, Collection<String> indexes) {
        List<Predicate<Stored, Stored>> indexed = new ArrayList<>();
        for (MapPredicate<?, ?> part : parts) {
            IndexPlan plan = of(part, valueType, indexes);
            if (plan.keys != null) {
                return plan;
            }
            if (plan.indexed != null) {
                indexed.add(plan.indexed);
            }
        }
        return indexed.isEmpty() ? WALK : new IndexPlan(null, Predicates.and(indexed.toArray(new Predicate<?, ?>[0])));
    }

    private static IndexPlan all(
            List<? extends MapPredicate<?, ?>> parts, Class<?> valueType, Collection<String> indexes) {
        List<Predicate<Stored, Stored>> indexed = new ArrayList<>();
        Set<Object> keys = new HashSet<>();
        for (MapPredicate<?, ?> part : parts) {
            IndexPlan plan = of(part, valueType, indexes);
            if (plan.keys != null) {
                keys.addAll(plan.keys);
            } else if (plan.indexed != null) {
                indexed.add(plan.indexed);
            } else {
                return WALK;
            }
        }
        if (indexed.isEmpty()) {
            return new IndexPlan(keys, null);
        }
        return keys.isEmpty() ? new IndexPlan(null, Predicates.or(indexed.toArray(new Predicate<?, ?>[0]))) : WALK;
    }
}
