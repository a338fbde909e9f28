package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.GridException.Code;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CodecTest {

    private enum Kind {
        BUY,
        SELL {
            @Override
            public String toString() {
                return "sold";
            }
        }
    }

    private record Card(String bank, long number) {}

    private record Payment(
            String id, long amount, double risk, Kind kind, Instant at, List<String> tags, Card card, boolean isTest) {}

    private static final Payment PAYMENT = new Payment(
            "p1", 123_456L, 0.25, Kind.SELL, Instant.ofEpochMilli(1_700_000_000_123L), List.of("a", "b"),
            new Card("bank", 4_000_123_412_341_234L), true);

    private static <T> T copy(Class<T> type, T value) {
        Codec<T> codec = Codec.of(type);
        byte[] bytes = codec.encode(value);
        assertEquals(bytes.length, codec.size(value));
        return codec.decode(bytes);
    }

    private static <T> void comesBack(Class<T> type, T value) {
        assertEquals(value, copy(type, value));
    }

    @Test
    void recordsComeBack() {
        comesBack(Payment.class, PAYMENT);
        comesBack(Payment.class, new Payment(null, -1, Double.NaN, null, null, null, null, false));
    }

    @Test
    void decodesAPartOfAnArray() {
        Codec<Payment> codec = Codec.of(Payment.class);
        byte[] bytes = codec.encode(PAYMENT);
        byte[] within = new byte[bytes.length + 10];
        System.arraycopy(bytes, 0, within, 7, bytes.length);
        assertEquals(PAYMENT, codec.decode(within, 7, bytes.length));
        assertThrows(IndexOutOfBoundsException.class, () -> codec.decode(within, 11, bytes.length));
    }

    private record Numbers(
            byte b, short s, char c, int i, long l, float f, double d, boolean z, Byte bb, Short ss, Character cc,
            Integer ii, Long ll, Float ff, Double dd, Boolean zz) {}

    @Test
    void numbersComeBackAtTheirLimits() {
        comesBack(Numbers.class, new Numbers(
                Byte.MIN_VALUE, Short.MIN_VALUE, Character.MAX_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE,
                Float.MIN_VALUE, Double.MIN_VALUE, true, Byte.MAX_VALUE, Short.MAX_VALUE, '\0', Integer.MAX_VALUE,
                Long.MAX_VALUE, Float.NaN, -0.0, false));
        comesBack(Numbers.class, new Numbers(
                (byte) 0, (short) 0, 'x', 0, 0, 0, 0, false, null, null, null, null, null, null, null, null));
        Codec<Long> longs = Codec.of(Long.class);
        Codec<Integer> ints = Codec.of(Integer.class);
        for (int shift = 0; shift < 64; shift++) {
            for (int by = -1; by <= 1; by++) {
                long value = (1L << shift) + by;
                assertEquals(value, longs.decode(longs.encode(value)));
                assertEquals(-value, longs.decode(longs.encode(-value)));
                assertEquals((int) value, ints.decode(ints.encode((int) value)));
            }
        }
    }

    @Test
    void textsComeBackWhateverTheirCharacters() {
        Codec<String> codec = Codec.of(String.class);
        for (String text : List.of(
                "", "a", "x".repeat(63), "x".repeat(64), "\u00ff".repeat(1_000), "\u0100", "\ud800", "\udc00a",
                "\ud83d\ude00", "a\u0000b", "\uffff".repeat(200))) {
            assertEquals(text, codec.decode(codec.encode(text)));
        }
    }

    private record Times(
            Instant a, Duration b, LocalDate c, LocalTime d, LocalDateTime e, OffsetTime f, OffsetDateTime g,
            ZonedDateTime h, ZoneId i, Year j, YearMonth k, MonthDay l, Period m, ZoneOffset n, DayOfWeek o) {}

    @Test
    void timesComeBack() {
        LocalDateTime time = LocalDateTime.of(2026, 10, 25, 2, 30, 0, 999_999_999);
        comesBack(Times.class, new Times(
                Instant.MIN, Duration.ofSeconds(Long.MIN_VALUE, 1), LocalDate.MIN, LocalTime.MAX, LocalDateTime.MAX,
                OffsetTime.of(LocalTime.NOON, ZoneOffset.MIN), OffsetDateTime.of(time, ZoneOffset.MAX),
                ZonedDateTime.ofLocal(time, ZoneId.of("Europe/Berlin"), ZoneOffset.ofHours(1)),
                ZoneId.of("America/New_York"), Year.of(-5), YearMonth.of(2026, 2), MonthDay.of(2, 29),
                Period.of(1, -2, 30), ZoneOffset.UTC, DayOfWeek.FRIDAY));
    }

    private record Parts(
            UUID uuid, BigInteger whole, BigDecimal amount, Optional<Card> some, Optional<String> none,
            List<Map<String, Card>> lists, Set<Kind> set, Map<Long, List<Card>> map, SortedMap<String, Integer> sorted,
            SortedSet<Integer> sortedSet, LinkedHashMap<String, String> linked, Collection<Card> any) {}

    @Test
    void genericPartsComeBack() {
        Card card = new Card("b", 1);
        Map<String, Card> withNull = new HashMap<>();
        withNull.put(null, card);
        withNull.put("none", null);
        LinkedHashMap<String, String> linked = new LinkedHashMap<>();
        linked.put("z", "1");
        linked.put("a", "2");
        Parts parts = new Parts(
                new UUID(1, -1), BigInteger.TWO.pow(200).negate(), new BigDecimal("-1.500"), Optional.of(card),
                Optional.empty(), Arrays.asList(withNull, null, Map.of("k", card)), Set.of(Kind.BUY, Kind.SELL),
                Map.of(5L, List.of(card, card), 6L, List.of()), new TreeMap<>(Map.of("b", 2, "a", 1)),
                new TreeSet<>(Set.of(3, 1)), linked, Set.of(card));
        Parts back = copy(Parts.class, parts);
        assertEquals(parts, back);
        assertEquals(List.copyOf(linked.keySet()), List.copyOf(back.linked.keySet()));
    }

    private record Arrays8(
            byte[] a, short[] b, char[] c, int[] d, long[] e, float[] f, double[] g, boolean[] h, String[] i, int[][] j,
            List<String>[] k) {}

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void arraysComeBack() {
        Arrays8 arrays = new Arrays8(
                new byte[] {1, -1}, new short[] {2}, new char[] {'c', '\uffff'}, new int[] {3, -3},
                new long[] {4, Long.MIN_VALUE}, new float[] {5, Float.NaN}, new double[] {6, -0.0},
                new boolean[] {true, false}, new String[] {"s", null}, new int[][] {{1}, null, {}},
                new List[] {List.of("x")});
        Arrays8 back = copy(Arrays8.class, arrays);
        assertArrayEquals(arrays.a, back.a);
        assertArrayEquals(arrays.b, back.b);
        assertArrayEquals(arrays.c, back.c);
        assertArrayEquals(arrays.d, back.d);
        assertArrayEquals(arrays.e, back.e);
        assertArrayEquals(arrays.f, back.f);
        assertArrayEquals(arrays.g, back.g);
        assertArrayEquals(arrays.h, back.h);
        assertArrayEquals(arrays.i, back.i);
        assertArrayEquals(arrays.j, back.j);
        assertArrayEquals(arrays.k, back.k);
    }

    private sealed interface Shape permits Circle, Square, Unit {}

    private record Circle(double r) implements Shape {}

    private record Square(Shape inner, int a) implements Shape {}

    private enum Unit implements Shape {
        POINT
    }

    private record Drawing(Shape one, List<Shape> more, Object anything) {}

    @Test
    void sealedTypesComeBackAsWhatTheyWere() {
        comesBack(Shape.class, new Square(new Circle(1), 3));
        comesBack(Shape.class, Unit.POINT);
        comesBack(Drawing.class, new Drawing(Unit.POINT, List.of(new Circle(2), Unit.POINT), new Circle(3)));
    }

    @Test
    void anObjectComesBackAsWhatItWas() {
        List<Object> values = List.of(
                1, 2L, -17, -17L, 48, 48L, (short) 3, (byte) 4, 'c', 1.5f, 2.5, true, "text", "\u0100",
                new UUID(1, 2), Instant.EPOCH, List.of(1, "a"), Set.of(2L), Map.of("k", List.of()),
                Optional.of(1), Optional.empty(), ZoneOffset.UTC, ZoneId.of("Europe/Paris"), new Circle(1));
        for (Object value : values) {
            Object back = copy(Drawing.class, new Drawing(null, null, value)).anything;
            assertEquals(value, back);
        }
        Object sorted = copy(Drawing.class, new Drawing(null, null, new TreeMap<>(Map.of("b", 1)))).anything;
        assertSame(TreeMap.class, sorted.getClass());
        int[] ints = {1, 2};
        assertArrayEquals(ints, (int[]) copy(Drawing.class, new Drawing(null, null, ints)).anything);
    }

    private record Box<T>(T content, List<T> more) {}

    private record Boxes(Box<String> texts, Box<Box<Long>> nested, Box<?> any) {}

    private record Chain(int depth, Chain next) {}

    @Test
    void genericRecordsAndRecursiveOnesComeBack() {
        comesBack(Boxes.class, new Boxes(
                new Box<>("a", List.of("b")), new Box<>(new Box<>(1L, List.of()), List.of()),
                new Box<>(Instant.EPOCH, null)));
        comesBack(Chain.class, new Chain(1, new Chain(2, null)));
    }

    private static class Account {
        private String owner;
        private double balance;
        private transient int cached = 7;
        protected List<Card> cards = new ArrayList<>();

        @Override
        public boolean equals(Object other) {
            return other != null && other.getClass() == getClass() && ((Account) other).owner.equals(owner)
                    && ((Account) other).balance == balance && ((Account) other).cards.equals(cards);
        }

        @Override
        public int hashCode() {
            return Objects.hash(owner, balance);
        }
    }

    private static final class Savings extends Account {
        private int rate;

        @Override
        public boolean equals(Object other) {
            return super.equals(other) && ((Savings) other).rate == rate;
        }

        @Override
        public int hashCode() {
            return super.hashCode() + rate;
        }
    }

    @Test
    void plainClassesComeBackWithoutTheirTransientFields() {
        Savings account = new Savings();
        ((Account) account).owner = "ada";
        ((Account) account).balance = 3.5;
        ((Account) account).cached = 8;
        account.cards.add(new Card("b", 2));
        account.rate = 4;
        Savings back = copy(Savings.class, account);
        assertEquals(account, back);
        assertEquals(7, ((Account) back).cached);
    }

    @Test
    void subclassesMustBeAllowed() {
        Savings account = new Savings();
        ((Account) account).owner = "ada";
        Refused.with(Code.BAD_TYPE, () -> Codec.of(Account.class).encode(account), "$Savings", "allow(");
        Codec<Account> codec = Codec.of(Account.class, o -> o.allow(Savings.class));
        assertEquals(account, codec.decode(codec.encode(account)));
    }

    @Test
    void equalSetsAndMapsHaveTheSameBytesWhateverTheirOrder() {
        Codec<Parts> codec = Codec.of(Parts.class);
        Set<Kind> oneWay = new LinkedHashSet<>(List.of(Kind.BUY, Kind.SELL));
        Set<Kind> otherWay = new LinkedHashSet<>(List.of(Kind.SELL, Kind.BUY));
        Map<Long, List<Card>> up = new LinkedHashMap<>();
        Map<Long, List<Card>> down = new LinkedHashMap<>();
        for (long i = 0; i < 500; i++) {
            up.put(i, List.of(new Card("b", i)));
            down.put(499 - i, List.of(new Card("b", 499 - i)));
        }
        Parts one = parts(oneWay, up);
        Parts other = parts(otherWay, down);
        assertTrue(codec.sameBytes(one, other));
        assertArrayEquals(codec.encode(one), codec.encode(other));
        assertFalse(codec.sameBytes(one, parts(oneWay, Map.of())));
        assertEquals(one, codec.decode(codec.encode(other)));
    }

    private static Parts parts(Set<Kind> set, Map<Long, List<Card>> map) {
        return new Parts(null, null, null, null, null, null, set, map, null, null, null, null);
    }

    @Test
    void sameBytesIsNotSameObject() {
        Codec<Payment> codec = Codec.of(Payment.class);
        Payment twin = codec.decode(codec.encode(PAYMENT));
        assertTrue(codec.sameBytes(PAYMENT, twin));
        assertTrue(codec.sameBytes(PAYMENT, PAYMENT));
        assertFalse(codec.sameBytes(PAYMENT, new Payment("p2", 0, 0, null, null, null, null, true)));
        assertNotEquals(0, codec.size(twin));
    }

    @Test
    void refusesNull() {
        Codec<Payment> codec = Codec.of(Payment.class);
        assertThrows(NullPointerException.class, () -> codec.encode(null));
        assertThrows(NullPointerException.class, () -> codec.size(null));
        assertThrows(NullPointerException.class, () -> codec.decode(null));
        assertThrows(NullPointerException.class, () -> codec.sameBytes(PAYMENT, null));
    }

    @Test
    void unmodifiableAndOddCollectionsAreWrittenAsWhatTheyAre() {
        Payment odd = new Payment(
                "p", 1, 1, null, null, Collections.unmodifiableList(new ArrayList<>(List.of("x"))), null, false);
        comesBack(Payment.class, odd);
        assertEquals(new HashSet<>(Set.of(Kind.BUY)),
                copy(Parts.class, parts(Collections.singleton(Kind.BUY), null)).set);
    }
}
