package io.penstock.grid.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A class of the JDK that has no parts to look at. Equal values have equal bytes.
 *
 * @param tag never changed, and never used for another type
 */
record Leaf(int tag, Class<?> type, BiConsumer<ByteSink, Object> writer, Function<ByteSource, Object> reader) {

    private static final List<Leaf> ALL = List.of(
            of(0, UUID.class, Leaf::writeUuid, in -> new UUID(in.get8(), in.get8())),
            of(1, BigInteger.class, Leaf::writeBigInteger, Leaf::readBigInteger),
            of(2, BigDecimal.class, (out, value) -> {
                out.signed(value.scale());
                writeBigInteger(out, value.unscaledValue());
            }, in -> {
                int scale = in.signedInt();
                return new BigDecimal(readBigInteger(in), scale);
            }),
            of(3, Instant.class, (out, value) -> {
                out.signed(value.getEpochSecond());
                out.varint(value.getNano());
            }, in -> Instant.ofEpochSecond(in.signed(), in.varint())),
            of(4, Duration.class, (out, value) -> {
                out.signed(value.getSeconds());
                out.varint(value.getNano());
            }, in -> Duration.ofSeconds(in.signed(), in.varint())),
            of(5, LocalDate.class, (out, value) -> out.signed(value.toEpochDay()), Leaf::readDate),
            of(6, LocalTime.class, (out, value) -> out.signed(value.toNanoOfDay()), Leaf::readTime),
            of(7, LocalDateTime.class, Leaf::writeDateTime, Leaf::readDateTime),
            of(8, OffsetTime.class, (out, value) -> {
                out.signed(value.toLocalTime().toNanoOfDay());
                out.signed(value.getOffset().getTotalSeconds());
            }, in -> OffsetTime.of(readTime(in), readOffset(in))),
            of(9, OffsetDateTime.class, (out, value) -> {
                writeDateTime(out, value.toLocalDateTime());
                out.signed(value.getOffset().getTotalSeconds());
            }, in -> OffsetDateTime.of(readDateTime(in), readOffset(in))),
            of(10, ZonedDateTime.class, (out, value) -> {
                writeDateTime(out, value.toLocalDateTime());
                out.signed(value.getOffset().getTotalSeconds());
                out.text(value.getZone().getId());
            }, in -> ZonedDateTime.ofInstant(readDateTime(in), readOffset(in), ZoneId.of(in.text()))),
            of(11, ZoneId.class, (out, value) -> out.text(value.getId()), in -> ZoneId.of(in.text())),
            of(12, Year.class, (out, value) -> out.signed(value.getValue()), in -> Year.of(in.signedInt())),
            of(13, YearMonth.class, (out, value) -> {
                out.signed(value.getYear());
                out.put1(value.getMonthValue());
            }, in -> YearMonth.of(in.signedInt(), in.get1())),
            of(14, MonthDay.class, (out, value) -> {
                out.put1(value.getMonthValue());
                out.put1(value.getDayOfMonth());
            }, in -> MonthDay.of(in.get1(), in.get1())),
            of(15, Period.class, (out, value) -> {
                out.signed(value.getYears());
                out.signed(value.getMonths());
                out.signed(value.getDays());
            }, in -> Period.of(in.signedInt(), in.signedInt(), in.signedInt())));

    private static final Map<Class<?>, Leaf> BY_TYPE = new HashMap<>();

    static {
        ALL.forEach(leaf -> BY_TYPE.put(leaf.type, leaf));
        BY_TYPE.put(ZoneOffset.class, BY_TYPE.get(ZoneId.class));
    }

    @SuppressWarnings("unchecked")
    private static <T> Leaf of(
            int number, Class<T> type, BiConsumer<ByteSink, T> writer, Function<ByteSource, ? extends T> reader) {
        return new Leaf(Tag.LEAF + number, type, (BiConsumer<ByteSink, Object>) writer, in -> reader.apply(in));
    }

    /** For a declared type; null if it is another kind of type. */
    static Leaf ofType(Class<?> type) {
        return BY_TYPE.get(type);
    }

    static Leaf ofValue(Object value) {
        return value instanceof ZoneId ? BY_TYPE.get(ZoneId.class) : BY_TYPE.get(value.getClass());
    }

    static Leaf ofTag(int tag) {
        int number = tag - Tag.LEAF;
        return number >= 0 && number < ALL.size() ? ALL.get(number) : null;
    }

    /** Such as {@code an Instant}. */
    static String article(String typeName) {
        return ("AEIO".indexOf(typeName.charAt(0)) >= 0 ? "an " : "a ") + typeName;
    }

    void write(Encoder to, Object value) {
        to.out().tag(tag);
        writer.accept(to.out(), value);
    }

    /** Months of 13 and unknown time zones throw what they like. */
    Object read(Decoder from) {
        try {
            return reader.apply(from.in());
        } catch (Fault e) {
            throw e;
        } catch (RuntimeException e) {
            throw Fault.badBytes("the bytes of " + article(type.getSimpleName()) + " are impossible or not known here ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private static void writeUuid(ByteSink out, UUID value) {
        out.put8(value.getMostSignificantBits());
        out.put8(value.getLeastSignificantBits());
    }

    private static void writeBigInteger(ByteSink out, BigInteger value) {
        byte[] bytes = value.toByteArray();
        out.varint(bytes.length);
        out.put(bytes);
    }

    private static BigInteger readBigInteger(ByteSource in) {
        int size = in.count(1);
        BigInteger value = new BigInteger(in.bytes(), in.at(), size);
        in.skip(size);
        return value;
    }

    private static void writeDateTime(ByteSink out, LocalDateTime value) {
        out.signed(value.toLocalDate().toEpochDay());
        out.signed(value.toLocalTime().toNanoOfDay());
    }

    private static LocalDateTime readDateTime(ByteSource in) {
        return LocalDateTime.of(readDate(in), readTime(in));
    }

    private static LocalDate readDate(ByteSource in) {
        return LocalDate.ofEpochDay(in.signed());
    }

    private static LocalTime readTime(ByteSource in) {
        return LocalTime.ofNanoOfDay(in.signed());
    }

    private static ZoneOffset readOffset(ByteSource in) {
        return ZoneOffset.ofTotalSeconds(in.signedInt());
    }
}
