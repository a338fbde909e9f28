package io.penstock.grid;

import static io.penstock.grid.MapPredicates.all;
import static io.penstock.grid.MapPredicates.and;
import static io.penstock.grid.MapPredicates.atLeast;
import static io.penstock.grid.MapPredicates.atMost;
import static io.penstock.grid.MapPredicates.between;
import static io.penstock.grid.MapPredicates.equal;
import static io.penstock.grid.MapPredicates.greaterThan;
import static io.penstock.grid.MapPredicates.in;
import static io.penstock.grid.MapPredicates.keyEqual;
import static io.penstock.grid.MapPredicates.keyIn;
import static io.penstock.grid.MapPredicates.lessThan;
import static io.penstock.grid.MapPredicates.like;
import static io.penstock.grid.MapPredicates.not;
import static io.penstock.grid.MapPredicates.ofKey;
import static io.penstock.grid.MapPredicates.or;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MapPredicatesTest {

    private enum Status { OPEN, CLOSED }

    private record Address(String city, Integer floor) {}

    private record Order(long count, Double price, Status status, Address address, LocalDate day) {}

    private record Box(Object content) {}

    private record OrderKey(String region, int number) {}

    private static final Order ORDER =
            new Order(3, 2.5, Status.OPEN, new Address("Rome", null), LocalDate.of(2026, 7, 1));
    private static final Order EMPTY = new Order(0, null, null, null, null);
    private static final String SECRET = "4711-secret";

    private static boolean chooses(MapPredicate<String, Order> predicate, Order order) {
        return predicate.test("k", order);
    }

    private static boolean holds(MapPredicate<String, Box> predicate, Object content) {
        return predicate.test("k", new Box(content));
    }

    @Test
    void comparesProperties() {
        assertTrue(chooses(equal("address.city", "Rome"), ORDER));
        assertTrue(chooses(in("status", Status.CLOSED, Status.OPEN), ORDER));
        assertFalse(chooses(in("status", List.of()), ORDER));
        assertTrue(chooses(between("day", LocalDate.of(2026, 7, 1), LocalDate.of(2026, 7, 1)), ORDER));
        assertTrue(chooses(lessThan("count", 4), ORDER));
        assertFalse(chooses(lessThan("count", 3), ORDER));
        assertTrue(chooses(atMost("count", 3), ORDER));
        assertFalse(chooses(greaterThan("count", 3), ORDER));
        assertTrue(chooses(greaterThan("count", 2.9), ORDER));
        assertTrue(chooses(atLeast("count", 3), ORDER));
        assertFalse(chooses(between("count", 4, 2), ORDER));
        assertTrue(chooses(equal("day.year", 2026), ORDER), "getters of the JDK's classes are properties too");
        assertTrue(chooses(equal("status.name", "OPEN"), ORDER));
    }

    @Test
    void nullEqualsOnlyNull() {
        assertTrue(chooses(equal("price", null), EMPTY));
        assertFalse(chooses(equal("price", null), ORDER));
        assertTrue(chooses(equal("address.city", null), EMPTY), "null on the path");
        assertTrue(chooses(equal("address.floor", null), ORDER));
        assertTrue(chooses(in("price", Arrays.asList(1, null)), EMPTY));
        assertFalse(chooses(lessThan("price", 3), EMPTY));
        assertFalse(chooses(atLeast("price", 3), EMPTY));
        assertFalse(chooses(like("address.city", "%"), EMPTY));
        assertTrue(chooses(not(lessThan("price", 3)), EMPTY), "true and false are all there is");
    }

    @Test
    void numbersCountByValue() {
        List<Object> threes = List.of(
                3, 3L, (short) 3, (byte) 3, 3.0, 3.0f, new BigDecimal("3.00"), BigInteger.valueOf(3));
        for (Object one : threes) {
            for (Object other : threes) {
                assertTrue(holds(equal("content", one), other), one.getClass() + " " + other.getClass());
                assertTrue(holds(between("content", (Comparable<?>) one, (Comparable<?>) one), other));
                assertFalse(holds(lessThan("content", (Comparable<?>) one), other));
            }
        }
        assertTrue(holds(equal("content", new BigDecimal("0.5")), 0.5f));
        assertFalse(holds(equal("content", 0.1), 0.1f));
        assertTrue(holds(equal("content", 0), -0.0));
        assertFalse(holds(equal("content", 3), "3"));
        assertFalse(holds(equal("content", (1L << 53) + 1), (double) (1L << 53)));
        assertTrue(holds(lessThan("content", (1L << 53) + 1), (double) (1L << 53)));
        assertFalse(holds(equal("content", Long.MAX_VALUE), 0x1p63));
        assertTrue(holds(greaterThan("content", Long.MAX_VALUE), 0x1p63));
        assertTrue(holds(equal("content", Long.MIN_VALUE), -0x1p63));
        assertTrue(holds(equal("content", BigInteger.ONE.shiftLeft(80)), 0x1p80));
        assertFalse(holds(equal("content", BigInteger.ONE.shiftLeft(80).add(BigInteger.ONE)), 0x1p80));
    }

    @Test
    void nanAndInfinityHaveTheirPlaces() {
        assertTrue(holds(equal("content", Double.NaN), Float.NaN));
        assertTrue(holds(greaterThan("content", Double.POSITIVE_INFINITY), Double.NaN));
        assertTrue(holds(lessThan("content", Double.POSITIVE_INFINITY), new BigDecimal("1e400")));
        assertTrue(holds(greaterThan("content", Double.NEGATIVE_INFINITY), new BigDecimal("-1e400")));
        assertTrue(holds(greaterThan("content", Long.MAX_VALUE), new BigDecimal("1e400")));
    }

    @ParameterizedTest
    @CsvSource({
        "Rome, Rome, true", "Rome, rome, false", "R%, Rome, true", "%e, Rome, true", "%o%, Rome, true",
        "_ome, Rome, true", "Rom_, Rome, true", "Rome_, Rome, false", "%, '', true", "_, '', false", "'', '', true",
        "'', a, false", "a%b%c, aXbXbc, true", "a%b%c, aXbXbd, false", "100\\%, 100%, true", "100\\%, 1000, false",
        "a\\_b, a_b, true", "a\\_b, axb, false", "a.c, abc, false", "%a, aab, false", "%ab, aab, true", "\\, \\, true"})
    void likeMatchesAsInSql(String pattern, String text, boolean matches) {
        assertEquals(matches, holds(like("content", pattern), text));
    }

    @Test
    void likeIsQuickForAnyPattern() {
        String text = "a".repeat(20_000);
        assertFalse(holds(like("content", "%a".repeat(30) + "b"), text));
    }

    @Test
    void thisIsTheValueItself() {
        MapPredicate<String, Long> predicate = greaterThan("this", 2);
        assertTrue(predicate.test("k", 3L));
        assertFalse(predicate.test("k", 2L));
    }

    @Test
    void asksOfKeys() {
        OrderKey key = new OrderKey("EU", 7);
        MapPredicate<OrderKey, Order> region = ofKey(equal("region", "EU"));
        assertTrue(region.test(key, EMPTY));
        assertFalse(region.test(new OrderKey("US", 7), EMPTY));
        MapPredicate<OrderKey, Order> same = keyEqual(new OrderKey("EU", 7));
        assertTrue(same.test(key, EMPTY));
        MapPredicate<OrderKey, Order> others = keyIn(List.of(new OrderKey("EU", 8)));
        assertFalse(others.test(key, EMPTY));
    }

    @Test
    void combines() {
        MapPredicate<String, Order> rich = and(equal("count", 3), (key, order) -> order.price() > 2);
        assertTrue(chooses(rich, ORDER));
        assertFalse(chooses(rich.negate(), ORDER));
        assertFalse(chooses(rich, EMPTY));
        assertTrue(chooses(or(rich, equal("price", null)), EMPTY));
        MapPredicate<Object, Object> chain = equal("count", 3).and(lessThan("price", 1)).or(all());
        assertTrue(chain.test("k", EMPTY));
        assertEquals("((count = ? and price < ?) or all)", chain.toString());
    }

    /** Takes a predicate as the methods of {@link GridMap} do. */
    private static boolean selects(MapPredicate<? super String, ? super Order> predicate) {
        return predicate.test("k", ORDER);
    }

    @Test
    void needsNoTypesWhereAMapTakesIt() {
        assertTrue(selects(equal("address.city", "Rome")));
        assertTrue(selects(equal("address.city", "Rome").and(atLeast("count", 1)).and(not(keyEqual("x")))));
        assertTrue(selects(and(equal("address.city", "Rome"), (key, order) -> order.price() > 2)));
        assertTrue(selects(or(not((key, order) -> key.isEmpty()), ofKey(like("this", "a%")))));
    }

    static List<MapPredicate<String, Order>> predicates() {
        MapPredicate<String, Order> lambda = (key, order) -> order.count() > 1;
        return List.of(
                equal("address.city", SECRET), equal("price", null), in("count", 1, 3L, null), lessThan("price", 4711),
                atMost("price", 4711), greaterThan("price", 4711), atLeast("price", 4711), between("price", 4711, 4712),
                like("address.city", SECRET + "%"), keyEqual(SECRET), keyIn(Set.of(SECRET, "k")), all(),
                not(equal("address.city", SECRET)), ofKey(equal("this", SECRET)),
                and(equal("count", 3), in("status", Status.OPEN), lambda), or(equal("count", 4711), keyEqual("k")));
    }

    @ParameterizedTest
    @MethodSource("predicates")
    void textShowsNoValueAndNoKey(MapPredicate<String, Order> predicate) {
        String text = predicate.toString();
        assertFalse(text.contains("4711") || text.contains("4712") || text.contains("Lambda"), text);
    }

    @ParameterizedTest
    @MethodSource("predicates")
    @SuppressWarnings("unchecked")
    void travels(MapPredicate<String, Order> predicate) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(predicate);
        }
        Object copy;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = in.readObject();
        }
        if (!predicate.toString().contains("function")) {
            assertEquals(predicate, copy);
            assertEquals(predicate.hashCode(), copy.hashCode());
        }
        assertEquals(chooses(predicate, ORDER), chooses((MapPredicate<String, Order>) copy, ORDER));
        assertEquals(predicate.toString(), copy.toString());
    }

    @Test
    void equalsByStructure() {
        assertEquals(equal("count", 3), equal("count", 3.0));
        assertNotEquals(equal("count", 3), equal("count", 4));
        assertNotEquals(lessThan("count", 3), atMost("count", 3));
        assertEquals(in("count", 1, 2), in("count", 2L, 1L));
        assertEquals("count in (2 values)", in("count", 1, 2, 2L).toString());
    }

    @Test
    void refusesWhatIsNoProperty() {
        for (String path : Arrays.asList(null, "", " ", "a..b", ".a", "a.", "a b", "size()", "1a")) {
            Refused.with(GridException.Code.BAD_PROPERTY, () -> equal(path, 1));
        }
        Refused.with(GridException.Code.BAD_PROPERTY, () -> equal("a" + ".a".repeat(16), 1), "at most 16");
    }

    @Test
    void refusesWhatCannotBeCompared() {
        Refused.with(GridException.Code.BAD_PROPERTY, () -> equal("a", new byte[1]), "Arrays.equals");
        Refused.with(GridException.Code.BAD_PROPERTY, () -> between("a", 1, "b"), "'a'", "java.lang.String");
        Refused.with(GridException.Code.BAD_PROPERTY, () -> holds(lessThan("content", 3), SECRET), "java.lang.Long");
        Refused.with(GridException.Code.BAD_PROPERTY, () -> holds(lessThan("content", 3), new Object()), "'content'");
        Refused.with(GridException.Code.BAD_PROPERTY, () -> holds(like("content", "3"), 3), "text");
        assertThrows(NullPointerException.class, () -> lessThan("a", null));
        assertThrows(NullPointerException.class, () -> not(null));
        assertThrows(NullPointerException.class, () -> and(null, all()));
        assertThrows(NullPointerException.class, () -> keyEqual(null));
        assertThrows(NullPointerException.class, () -> like("a", null));
    }
}
