package io.penstock.grid;

import io.penstock.grid.codec.CodecPlan;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Turns values of one type into bytes and back. One form for all: files, edges between members, snapshots and the
 * cluster. Making a codec looks at the whole type and refuses what cannot be kept; make one and keep it.
 *
 * <p><b>Types.</b> Records; enums; other classes with a constructor without parameters (of any visibility) and no final
 * fields but transient ones; sealed types of these; type variables; {@code String}, primitives and their boxes, {@code
 * UUID}, {@code BigInteger}, {@code BigDecimal}, {@code java.time}; {@code Optional}, {@code Collection}, {@code List},
 * {@code ArrayList}, {@code Set}, {@code Map}, and their Hash, Linked, Sorted, Navigable and Tree kinds (in natural
 * order); arrays. Nothing has to be implemented or annotated. In place of an interface, {@code Object}, or a class that
 * is not final may be what the type leads to (permitted subclasses, types of fields, type arguments), what {@link
 * CodecOptions#allow} names, and the JDK's types above; no other class is ever looked up, loaded or made.
 *
 * <p><b>Values</b> may hold nulls. An object in two places comes back as two; one that contains itself is refused by
 * the limit on depth. Collections come back as {@code ArrayList}, {@code LinkedHashSet}, {@code LinkedHashMap}, {@code
 * TreeSet} or {@code TreeMap}. Equal values have equal bytes on every JVM, if the classes are the same and define
 * {@code equals} by their fields: doubles have one NaN, and sets and maps are in the order of their elements' bytes,
 * unless declared as Linked or Sorted ones.
 *
 * <p><b>Other versions of a class.</b> Bytes hold the names of their fields. A field that they do not have yet becomes
 * null, 0, false or {@code Optional.empty()}; one that the class has no more is skipped; the order is free. Whole
 * numbers may become wider, and narrower if the value fits; a float may become a double. A renamed class needs {@link
 * CodecOptions#renamed}; a renamed field is one lost and one gained; constants of an enum must not be renamed.
 *
 * <p><b>Keys</b> have a codec of their own ({@link #ofKey}), whose bytes hold no names and cannot change.
 *
 * <p><b>Bytes</b> may come from anywhere. Decoding those that are damaged, cut off or forged gives a {@link
 * GridException}, or, if they were forged, some value of the allowed types. It makes no more objects than the bytes pay
 * for. A constructor of a record may refuse what it is given, and must expect nulls and any number.
 *
 * <p><b>Threads.</b> Safe for many threads. A value must not change while it is encoded.
 *
 * <p><b>Errors.</b> {@link GridException} with {@code BAD_TYPE} for a type that the codec does not know, {@code
 * TOO_LARGE} for a limit, {@code BAD_BYTES} for bytes that cannot be decoded. The message has the path to the field,
 * such as {@code Payment.card.limits[3]}, and never what is in it; if a constructor refuses what it is given, its own
 * exception is the cause.
 */
public final class Codec<T> {

    private final Class<T> type;
    private final CodecPlan plan;

    private Codec(Class<T> type, CodecPlan plan) {
        this.type = type;
        this.plan = plan;
    }

    /**
     * A codec of values with the default limits.
     *
     * @throws GridException if values of the type cannot be kept; the message names the field and the way out
     */
    public static <T> Codec<T> of(Class<T> type) {
        return of(type, options -> { });
    }

    /**
     * A codec of values.
     *
     * @throws GridException if values of the type cannot be kept, or a setting is impossible
     */
    public static <T> Codec<T> of(Class<T> type, Consumer<CodecOptions> options) {
        KeyRules.checkValueTypeOf("codec", type);
        CodecOptions chosen = new CodecOptions(type);
        options.accept(chosen);
        return new Codec<>(type, CodecPlan.ofValues(type, chosen.limits()));
    }

    /**
     * A codec of keys: equal keys have equal bytes, other keys have other bytes, on every JVM. The bytes depend on the
     * names and types of a record's components alone, not on their order or the name of the record. A key type whose
     * components changed does not read the bytes of before.
     *
     * @param type as for a map: String, a boxed primitive, UUID, an enum, or a record of these
     * @throws GridException if the type is no key type
     */
    public static <K> Codec<K> ofKey(Class<K> type) {
        KeyRules.checkKeyTypeOf("codec", type);
        return new Codec<>(type, CodecPlan.ofKeys(type, new CodecOptions(type).limits()));
    }

    /** The type of the values. */
    public Class<T> type() {
        return type;
    }

    /**
     * The bytes of a value.
     *
     * @throws GridException if it is too large, or has an object of a class that the codec does not know
     */
    public byte[] encode(T value) {
        return plan.encode(value);
    }

    /**
     * The number of bytes that {@link #encode} gives, nearly as slow, but without garbage.
     *
     * @throws GridException as {@code encode} does
     */
    public int size(T value) {
        return plan.size(value);
    }

    /**
     * The value of all of these bytes.
     *
     * @throws GridException if they cannot be decoded
     */
    public T decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * The value of a part of these bytes.
     *
     * @throws GridException if they cannot be decoded
     * @throws IndexOutOfBoundsException if there is no such part
     */
    public T decode(byte[] bytes, int offset, int length) {
        return type.cast(plan.decode(bytes, offset, length));
    }

    /**
     * Whether two values have the same bytes, which is what conditional operations on maps mean by equal.
     *
     * @throws GridException as {@code encode} does
     */
    public boolean sameBytes(T a, T b) {
        return plan.sameBytes(Objects.requireNonNull(a, "a"), Objects.requireNonNull(b, "b"));
    }

    @Override
    public String toString() {
        return "codec of " + type.getName();
    }
}
