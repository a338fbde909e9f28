package io.penstock.dag.wire;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** Classes of events, and random events of them. */
final class Samples {

    enum Side {
        BUY,
        SELL {
            @Override
            int sign() {
                return -1;
            }
        };

        int sign() {
            return 1;
        }
    }

    record Trade(long id, String symbol, double price, int quantity, Side side, long atMs) {}

    record Primitives(boolean a, byte b, short c, char d, int e, long f, float g, double h) {}

    record Empty() {}

    record Nested(Trade trade, Trade other, UUID id) {}

    record Chain(int at, Chain next) implements Serializable {}

    /** Parts of any class. */
    record Pair<A, B>(A a, B b) {}

    record SerializablePair<A, B>(A a, B b) implements Serializable {}

    record Listed(String name, List<Long> numbers) implements Serializable {}

    record Measured(double[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Measured measured && Arrays.equals(values, measured.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /** Comes back as its upper case if it is not asked how it wants to be written. */
    record Named(String name) implements Serializable {
        Object writeReplace() {
            return new Form(name.substring(1));
        }

        private record Form(String rest) implements Serializable {
            Object readResolve() {
                return new Named("!" + rest);
            }
        }
    }

    /** Not serializable, but simple. */
    static final class Plain {
        private long count;
        private String name;
        private Side side;

        private Plain() {}

        Plain(long count, String name, Side side) {
            this.count = count;
            this.name = name;
            this.side = side;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Plain plain && count == plain.count && Objects.equals(name, plain.name)
                    && side == plain.side;
        }

        @Override
        public int hashCode() {
            return Objects.hash(count, name, side);
        }
    }

    /** Serializable, with a field that is not written. */
    static final class Box implements Serializable {
        private static final long serialVersionUID = 1L;
        final Object content;
        transient int used = 7;

        Box(Object content) {
            this.content = content;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Box box && Objects.deepEquals(content, box.content);
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** Neither a record nor serializable, and not simple. */
    static final class Unsendable {
        final Object content = new Object();
    }

    private Samples() {}

    /** A random object of any form; {@code depth} bounds how deep others are in it. */
    static Object any(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 34 : 24)) {
            case 0 -> null;
            case 1 -> number(random);
            case 2 -> (int) number(random);
            case 3 -> (short) number(random);
            case 4 -> (byte) number(random);
            case 5 -> (char) number(random);
            case 6 -> random.nextBoolean();
            case 7 -> decimal(random);
            case 8 -> (float) decimal(random);
            case 9 -> text(random);
            case 10 -> new UUID(number(random), number(random));
            case 11 -> Side.values()[random.nextInt(2)];
            case 12 -> DayOfWeek.of(1 + random.nextInt(7));
            case 13 -> longs(random);
            case 14 -> random.ints(random.nextInt(5)).toArray();
            case 15 -> random.doubles(random.nextInt(5)).toArray();
            case 16 -> new float[] {random.nextFloat(), Float.NaN};
            case 17 -> bytes(random);
            case 18 -> temporal(random);
            case 19 -> new BigDecimal(new BigInteger(random.nextInt(90), random), random.nextInt(20) - 10);
            case 20 -> new Trade(number(random), text(random), decimal(random), random.nextInt(), side(random),
                    number(random));
            case 21 -> new Primitives(random.nextBoolean(), (byte) random.nextInt(), (short) random.nextInt(),
                    (char) random.nextInt(), random.nextInt(), number(random), (float) decimal(random), decimal(random));
            case 22 -> new Empty();
            case 23 -> new Plain(number(random), random.nextBoolean() ? null : text(random), side(random));
            case 24 -> new Nested(random.nextBoolean() ? null : trade(random), trade(random), UUID.randomUUID());
            case 25 -> new Pair<>(any(random, depth - 1), any(random, depth - 1));
            case 26 -> new Box(serializable(random));
            case 27 -> new ArrayList<>(Arrays.asList(number(random), text(random), null));
            case 28 -> new HashMap<>(Map.of(text(random), number(random)));
            case 29 -> new TreeMap<>(Map.of(number(random), Side.BUY));
            case 30 -> new Object[] {text(random), number(random), null};
            case 31 -> new Listed(text(random), List.of(number(random), number(random)));
            case 32 -> new Measured(random.doubles(random.nextInt(4)).toArray());
            default -> new SerializablePair<>(any(random, depth - 1), any(random, depth - 1));
        };
    }

    static Trade trade(Random random) {
        return new Trade(number(random), text(random), decimal(random), random.nextInt(), side(random), number(random));
    }

    private static Object serializable(Random random) {
        return random.nextBoolean() ? longs(random) : List.of(text(random), number(random));
    }

    private static Side side(Random random) {
        return random.nextInt(9) == 0 ? null : Side.values()[random.nextInt(2)];
    }

    static long number(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextLong();
            case 1 -> Long.MIN_VALUE;
            case 2 -> Long.MAX_VALUE;
            case 3 -> random.nextInt(1_000) - 500;
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    private static double decimal(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> -0.0;
            case 1 -> Double.NaN;
            case 2 -> Double.NEGATIVE_INFINITY;
            default -> random.nextGaussian();
        };
    }

    static String text(Random random) {
        int length = random.nextInt(10) == 0 ? 300 : random.nextInt(20);
        int most = switch (random.nextInt(3)) {
            case 0 -> 0x7F;
            case 1 -> 0x100;
            default -> 0x10000; // with unpaired surrogates
        };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(most));
        }
        return text.toString();
    }

    private static long[] longs(Random random) {
        long[] longs = new long[random.nextInt(6)];
        Arrays.setAll(longs, i -> number(random));
        return longs;
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Object temporal(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case 1 -> Duration.ofNanos(random.nextLong());
            case 2 -> LocalDate.ofEpochDay(random.nextInt(100_000));
            case 3 -> LocalTime.ofNanoOfDay(random.nextInt(1 << 30));
            case 4 -> LocalDateTime.of(2026, 1 + random.nextInt(12), 1, 2, 3);
            default -> ZonedDateTime.parse("2026-03-29T01:59:59+01:00[Europe/Berlin]");
        };
    }
}
