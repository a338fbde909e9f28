package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Random values of many types for the tests of codecs. */
final class Samples {

    enum Kind {
        BUY,
        SELL,
        OTHER
    }

    record Key(String name, long number, Double risk, UUID id, Kind kind, KeyPart part, char sign) {}

    record KeyPart(Integer number, boolean isNew, float share, short s, byte b) {}

    sealed interface Shape permits Circle, Square, Unit {}

    record Circle(double radius) implements Shape {}

    record Square(Shape inner, int side) implements Shape {}

    enum Unit implements Shape {
        POINT,
        LINE
    }

    record Box<T>(T content) {}

    /** Allowed explicitly, for places that are declared as Object. */
    record Extra(Object anything) {}

    static final class Plain {
        int count;
        String name;
        List<Plain> more;

        @Override
        public boolean equals(Object other) {
            return other instanceof Plain plain && plain.count == count && Objects.equals(plain.name, name)
                    && Objects.equals(plain.more, more);
        }

        @Override
        public int hashCode() {
            return Objects.hash(count, name);
        }
    }

    record Everything(
            String text, long number, int count, double risk, float share, boolean isTest, char sign, short s, byte b,
            Kind kind, Instant at, Key key, List<String> tags, List<Map<String, KeyPart>> maps, Set<Long> numbers,
            Map<Kind, Shape> shapes, SortedMap<String, Integer> sorted, Optional<Box<String>> box, Shape shape,
            BigDecimal amount, BigInteger whole, ZonedDateTime zoned, LocalDate date, Plain plain, Object anything,
            Collection<Box<Integer>> boxes, LinkedHashMap<Long, String> linked) {

        static final Everything EMPTY = new Everything(
                null, 0, 0, 0, 0, false, 'x', (short) 0, (byte) 0, null, null, null, null, null, null, null, null,
                Optional.empty(), null, null, null, null, null, null, null, null, null);
    }

    private static final Set<Class<?>> ALLOWED = Set.of(
            Everything.class, Key.class, KeyPart.class, Circle.class, Square.class, Box.class, Extra.class, Plain.class,
            Kind.class, Unit.class);

    private final Random random;

    Samples(Random random) {
        this.random = random;
    }

    /** The classes that decoding made are ours or plain ones of the JDK. */
    static void checkAllowed(Object value) {
        if (value instanceof Everything all) {
            for (Object part : new Object[] {all.key, all.shape, all.plain, all.anything}) {
                checkAllowed(part);
            }
            Optional.ofNullable(all.boxes).ifPresent(boxes -> boxes.forEach(Samples::checkAllowed));
            Optional.ofNullable(all.shapes).ifPresent(shapes -> shapes.values().forEach(Samples::checkAllowed));
        } else if (value instanceof Extra extra) {
            checkAllowed(extra.anything);
        } else if (value instanceof Square square) {
            checkAllowed(square.inner);
        } else if (value instanceof Box<?> box) {
            checkAllowed(box.content);
        } else if (value instanceof Collection<?> values) {
            values.forEach(Samples::checkAllowed);
        } else if (value instanceof Map<?, ?> map) {
            checkAllowed(map.keySet());
            checkAllowed(map.values());
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(Samples::checkAllowed);
        }
        if (value != null) {
            Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
            String name = type.getName();
            boolean isPlain = type.isArray() || name.startsWith("java.lang.") || name.startsWith("java.math.")
                    || name.startsWith("java.time.") || name.startsWith("java.util.");
            assertTrue(ALLOWED.contains(type) || isPlain && !name.contains("concurrent"), name);
        }
    }

    Everything everything() {
        return new Everything(
                text(), number(), (int) number(), realNumber(), random.nextFloat(), random.nextBoolean(),
                (char) random.nextInt(), (short) random.nextInt(), (byte) random.nextInt(), kind(),
                Instant.ofEpochMilli(random.nextInt()), key(), List.of(text(), text()),
                List.of(Map.of(text(), keyPart())), numbers(), shapes(), new TreeMap<>(Map.of(text(), 1)),
                random.nextBoolean() ? Optional.empty() : Optional.of(new Box<>(text())), shape(2),
                BigDecimal.valueOf(number(), random.nextInt(20)),
                BigInteger.valueOf(number()).pow(1 + random.nextInt(3)),
                ZonedDateTime.ofInstant(Instant.ofEpochSecond(random.nextInt()), ZoneId.of("Europe/Berlin")),
                LocalDate.ofEpochDay(random.nextInt(100_000)), plain(2), anything(3),
                new ArrayList<>(List.of(new Box<>(random.nextInt()))), linked());
    }

    Key key() {
        return new Key(text(), number(), random.nextInt(4) == 0 ? null : realNumber(),
                new UUID(random.nextInt(3), random.nextInt(3)), kind(), random.nextInt(4) == 0 ? null : keyPart(),
                (char) random.nextInt(3));
    }

    KeyPart keyPart() {
        return new KeyPart(random.nextInt(4) == 0 ? null : (int) number(), random.nextBoolean(),
                (float) realNumber(), (short) random.nextInt(3), (byte) random.nextInt(3));
    }

    Kind kind() {
        return Kind.values()[random.nextInt(3)];
    }

    /** Mostly short, some with any characters at all. */
    String text() {
        int length = random.nextInt(10) == 0 ? random.nextInt(200) : random.nextInt(4);
        int bound = List.of(3, 128, 256, 65_536).get(random.nextInt(4));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) (bound == 3 ? 'a' + random.nextInt(3) : random.nextInt(bound)));
        }
        return text.toString();
    }

    long number() {
        return random.nextLong() >> random.nextInt(64);
    }

    double realNumber() {
        return switch (random.nextInt(6)) {
            case 0 -> 0.0;
            case 1 -> -0.0;
            case 2 -> Double.longBitsToDouble(0x7FF8000000000000L | random.nextInt());
            case 3 -> Float.intBitsToFloat(0x7FC00000 | random.nextInt(1 << 20));
            case 4 -> random.nextInt(3);
            default -> random.nextGaussian();
        };
    }

    private Set<Long> numbers() {
        Set<Long> numbers = new HashSet<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            numbers.add(number());
        }
        return numbers;
    }

    private Map<Kind, Shape> shapes() {
        Map<Kind, Shape> shapes = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            shapes.put(kind(), shape(1));
        }
        return shapes;
    }

    private LinkedHashMap<Long, String> linked() {
        LinkedHashMap<Long, String> linked = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            linked.put(number(), text());
        }
        return linked;
    }

    private Shape shape(int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 3)) {
            case 0 -> Unit.values()[random.nextInt(2)];
            case 1 -> new Circle(random.nextGaussian());
            default -> new Square(shape(depth - 1), random.nextInt());
        };
    }

    private Plain plain(int depth) {
        Plain plain = new Plain();
        plain.count = random.nextInt();
        plain.name = text();
        plain.more = depth == 0 ? null : List.of(plain(depth - 1));
        return plain;
    }

    Object anything(int depth) {
        return switch (random.nextInt(depth == 0 ? 8 : 12)) {
            case 0 -> null;
            case 1 -> text();
            case 2 -> number();
            case 3 -> (int) number();
            case 4 -> realNumber();
            case 5 -> shape(1);
            case 6 -> kind();
            case 7 -> Instant.ofEpochSecond(random.nextInt());
            case 8 -> new Extra(anything(depth - 1));
            case 9 -> Map.of(text(), List.of(random.nextInt()));
            case 10 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(anything(depth - 1));
                }
                yield list;
            }
            default -> Optional.of(text());
        };
    }
}
