package io.penstock.grid.query;

import static io.penstock.grid.MapPredicates.all;
import static io.penstock.grid.MapPredicates.and;
import static io.penstock.grid.MapPredicates.atLeast;
import static io.penstock.grid.MapPredicates.equal;
import static io.penstock.grid.MapPredicates.in;
import static io.penstock.grid.MapPredicates.keyEqual;
import static io.penstock.grid.MapPredicates.keyIn;
import static io.penstock.grid.MapPredicates.lessThan;
import static io.penstock.grid.MapPredicates.like;
import static io.penstock.grid.MapPredicates.not;
import static io.penstock.grid.MapPredicates.ofKey;
import static io.penstock.grid.MapPredicates.or;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.GridException;
import io.penstock.grid.MapPredicate;
import io.penstock.grid.Refused;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IndexesTest {

    private enum Status { OPEN, CLOSED }

    private record Trade(String city, Integer count, Status status) {}

    private interface Shape {}

    private record Circle(int radius) implements Shape {}

    private record Square(int side) implements Shape {}

    private record Strange(Object tag) {}

    private final Indexes<Integer, Trade> indexes =
            Indexes.of(List.of("city", "count"), Integer.class, Trade.class);

    private static Trade trade(String city, Integer count) {
        return new Trade(city, count, Status.OPEN);
    }

    private Set<Integer> candidates(MapPredicate<Integer, Trade> predicate) {
        Collection<Integer> candidates = indexes.candidates(predicate);
        return candidates == null ? null : new TreeSet<>(candidates);
    }

    private void fill() {
        for (int key = 0; key < 100; key++) {
            indexes.changed(key, null, trade(key < 90 ? "Rome" : "Oslo", key % 50));
        }
        indexes.changed(100, null, trade(null, null));
    }

    @Test
    void findsKeysByProperty() {
        fill();
        assertEquals(Set.of(7, 57), candidates(equal("count", 7)));
        assertEquals(Set.of(7, 57), candidates(equal("count", 7.0)), "numbers count by value");
        assertEquals(Set.of(100), candidates(equal("city", null)));
        assertEquals(Set.of(), candidates(equal("city", "Bonn")));
        assertEquals(Set.of(7, 57, 8, 58, 100), candidates(in("count", 7, 8, null, 4711)));
        assertEquals(Set.of(), candidates(in("count", List.of())));
    }

    @Test
    void walksWhereNoIndexHelps() {
        fill();
        assertNull(candidates(all()));
        assertNull(candidates(equal("status", Status.OPEN)));
        assertNull(candidates(lessThan("count", 2)));
        assertNull(candidates(not(equal("count", 2))));
        assertNull(candidates((key, trade) -> key == 2));
        assertNull(candidates(ofKey(equal("this", 2))));
        assertNull(candidates(or(equal("count", 2), equal("status", Status.OPEN))));
    }

    @Test
    void readsTheSmallestPartOfAnAnd() {
        fill();
        assertEquals(Set.of(7, 57), candidates(and(equal("city", "Rome"), equal("count", 7), lessThan("count", 9))));
        assertEquals(Set.of(3), candidates(and(equal("count", 7), keyEqual(3))));
        assertEquals(Set.of(), candidates(and(equal("count", 7), equal("city", "Bonn"))));
        assertEquals(
                Set.of(7, 57), candidates(and(equal("city", "Rome"), or(equal("count", 7), keyIn(List.of(57))))));
    }

    @Test
    void explains() {
        fill();
        assertEquals("walk over all", indexes.explain(atLeast("count", 3)));
        assertEquals("index on city, 10 candidates", indexes.explain(equal("city", "Oslo")));
        assertEquals("index on city, 1 candidate", indexes.explain(equal("city", null)));
        assertEquals("index on count, 2 candidates", indexes.explain(and(equal("city", "Rome"), equal("count", 1))));
        assertEquals(
                "keys and index on count, 5 candidates",
                indexes.explain(or(keyEqual(1), in("count", 1, 2))));
        assertEquals("nothing, 0 candidates", indexes.explain(in("city", List.of())));
    }

    @Test
    void needsNoIndexForKeys() {
        Indexes<Integer, Trade> none = Indexes.of(List.of(), Integer.class, Trade.class);
        assertTrue(none.isEmpty());
        assertEquals(List.of(5), List.copyOf(none.candidates(keyEqual(5))));
        assertNull(none.candidates(equal("city", "Rome")));
    }

    @Test
    void followsChangesAndLeavesNothingBehind() {
        for (int count = 1; count <= 2_000; count = count * 3 + 1) {
            Trade rome = trade("Rome", null);
            Trade oslo = trade("Oslo", null);
            for (int key = 0; key < count; key++) {
                indexes.changed(key, null, rome);
            }
            assertEquals(count, candidates(equal("city", "Rome")).size());
            for (int key = 0; key < count; key++) {
                indexes.changed(key, rome, oslo);
                assertEquals(count - key - 1, candidatesOf("Rome"));
                assertEquals(key + 1, candidatesOf("Oslo"));
            }
            assertEquals(2, indexes.valueCount());
            for (int key = 0; key < count; key++) {
                indexes.changed(key, oslo, null);
            }
            assertEquals(0, indexes.valueCount());
        }
    }

    private int candidatesOf(String city) {
        return indexes.candidates(equal("city", city)).size();
    }

    @Test
    void addsAndRemovesOnlyOnce() {
        Trade rome = trade("Rome", 1);
        for (int key = 0; key < 70; key++) {
            indexes.changed(key, null, rome);
            indexes.changed(key, null, rome);
            indexes.changed(key, rome, trade("Rome", 1));
        }
        assertEquals(70, candidatesOf("Rome"));
        for (int key = 0; key < 70; key++) {
            indexes.changed(key, rome, null);
            indexes.changed(key, rome, null);
        }
        assertEquals(0, indexes.valueCount());
    }

    @Test
    void givesNoWayToModify() {
        fill();
        for (MapPredicate<Integer, Trade> predicate : List.<MapPredicate<Integer, Trade>>of(
                equal("city", "Rome"), equal("count", 7), equal("city", null), in("count", 1, 2), keyEqual(1))) {
            Collection<Integer> found = indexes.candidates(predicate);
            assertThrows(UnsupportedOperationException.class, () -> found.remove(found.iterator().next()));
        }
    }

    @Test
    void changesNothingWhenAPropertyCannotBeRead() {
        Indexes<Integer, Shape> shapes = Indexes.of(List.of("radius"), Integer.class, Shape.class);
        shapes.changed(1, null, new Circle(4));
        Refused.with(GridException.Code.BAD_PROPERTY, () -> shapes.changed(1, new Circle(4), new Square(2)),
                "Square", "'radius'", "side");
        Refused.with(GridException.Code.BAD_PROPERTY, () -> shapes.changed(2, null, new Square(2)));
        assertEquals(List.of(1), List.copyOf(shapes.candidates(equal("radius", 4))));
        assertEquals(1, shapes.valueCount());
    }

    @Test
    void changesNothingWhenTheHashCodeOfAPropertyFails() {
        Object tag = new Object() {
            @Override
            public int hashCode() {
                throw new IllegalStateException();
            }
        };
        Indexes<Integer, Strange> strange = Indexes.of(List.of("this", "tag"), Integer.class, Strange.class);
        assertThrows(IllegalStateException.class, () -> strange.changed(1, null, new Strange(tag)));
        assertEquals(0, strange.valueCount());
    }

    @Test
    void refusesIndexesThatValuesCannotHave() {
        Refused.with(GridException.Code.BAD_PROPERTY, () -> Indexes.of(List.of("citty"), Integer.class, Trade.class),
                "Trade has no property 'citty'", "it has city, count, status");
        Refused.with(GridException.Code.BAD_PROPERTY,
                () -> Indexes.of(List.of("city name"), Integer.class, Trade.class));
        Refused.with(GridException.Code.BAD_PROPERTY,
                () -> Indexes.of(List.of("this"), Integer.class, byte[].class), "array");
    }

    @Test
    void refusesPredicatesThatCannotBeMeant() {
        Refused.with(GridException.Code.BAD_PROPERTY, () -> candidates(equal("citty", "Rome")), "'citty'", "city");
        Refused.with(GridException.Code.BAD_PROPERTY, () -> candidates(not(and(all(), lessThan("citty", 1)))));
        Refused.with(GridException.Code.BAD_PROPERTY, () -> candidates(equal("count", "3")), "Integer", "String");
        Refused.with(GridException.Code.BAD_PROPERTY, () -> candidates(in("city", "Rome", 3)), "'city'");
        Refused.with(GridException.Code.BAD_PROPERTY, () -> candidates(lessThan("city", 3)), "'city'");
        Refused.with(GridException.Code.BAD_PROPERTY, () -> candidates(like("count", "3")), "text");
        Refused.with(GridException.Code.BAD_PROPERTY, () -> candidates(equal("status", "OPEN")), "'status.name'");
        Refused.with(GridException.Code.BAD_PROPERTY, () -> candidates(ofKey(equal("city", "Rome"))), "Integer");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void refusesKeysOfAnotherType() {
        MapPredicate<Integer, Trade> wrong = (MapPredicate) keyEqual(3L);
        Refused.with(GridException.Code.BAD_KEY, () -> candidates(wrong), "java.lang.Integer", "java.lang.Long");
    }
}
