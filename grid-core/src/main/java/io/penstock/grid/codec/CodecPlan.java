package io.penstock.grid.codec;

import io.penstock.grid.GridException;
import io.penstock.grid.GridException.Code;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * How values of one type become bytes and come back. The bytes: the version of the format, the {@link Header}, the
 * value with its {@link Tag}, and the CRC-32C of all that.
 */
public final class CodecPlan {

    /** The version of the format, with which all bytes begin. */
    public static final int VERSION = 1;
    private static final int CHECKSUM_SIZE = 4;
    private static final int SIZE_MIN = 1 + 1 + 1 + CHECKSUM_SIZE;
    private static final int HEADERS_KEPT = 4;
    private static final int HEADER_KEPT_SIZE_MAX = 4_096;
    /** Larger buffers are left to the garbage collector. */
    private static final int BUFFER_KEPT_SIZE_MAX = 1 << 16;

    private record WrittenHeader(long[] typesUsed, byte[] bytes) {}

    private final Class<?> type;
    private final Shape shape;
    private final List<NamedType> types;
    private final Map<String, NamedType> typesByName = new HashMap<>();
    private final int maxBytes;
    private final Stripes<Encoder> encoders;
    private final Stripes<Decoder> decoders;
    private volatile WrittenHeader written;
    private volatile Header[] seen = {};

    private CodecPlan(Class<?> type, Shape shape, List<NamedType> types, CodecLimits limits) {
        this.type = type;
        this.shape = shape;
        this.types = types;
        this.maxBytes = limits.maxBytes();
        this.encoders = new Stripes<>(() -> new Encoder(maxBytes, limits.maxDepth(), types.size()));
        this.decoders = new Stripes<>(() -> new Decoder(limits.maxDepth()));
        types.forEach(named -> typesByName.put(named.name(), named));
        limits.renamed().forEach(this::rename);
    }

    /** A plan for values of a type. */
    public static CodecPlan ofValues(Class<?> type, CodecLimits limits) {
        try {
            Scan scan = new Scan();
            Shape shape = scan.shape(type);
            limits.allowed().stream()
                    .sorted((a, b) -> a.getName().compareTo(b.getName()))
                    .forEach(scan::shape);
            return new CodecPlan(type, shape, scan.types(), limits);
        } catch (Fault e) {
            throw e.at("there can be no codec of " + type.getName() + ": ");
        }
    }

    /** A plan for keys of a type, which must be allowed as such. */
    public static CodecPlan ofKeys(Class<?> type, CodecLimits limits) {
        try {
            return new CodecPlan(type, KeyShape.of(type), List.of(), limits);
        } catch (Fault e) {
            throw e.at("there can be no codec of keys of " + type.getName() + ": ");
        }
    }

    private void rename(String oldName, Class<?> renamed) {
        NamedType named = typesByName.get(renamed.getName());
        if (named == null || typesByName.putIfAbsent(oldName, named) != null) {
            throw new GridException(
                    Code.BAD_CONFIG,
                    "codec of " + type.getName() + ": renamed(\"" + oldName + "\", " + renamed.getName() + "): "
                            + (named == null ? "the class cannot be in its values" : "the old name is in use"));
        }
    }

    /** The bytes of a value. */
    public byte[] encode(Object value) {
        Encoder encoder = write(value);
        byte[] header = header(encoder);
        ByteSink out = encoder.out();
        byte[] bytes = new byte[checkSize(1L + header.length + out.size() + CHECKSUM_SIZE)];
        bytes[0] = VERSION;
        System.arraycopy(header, 0, bytes, 1, header.length);
        System.arraycopy(out.bytes(), 0, bytes, 1 + header.length, out.size());
        int checked = bytes.length - CHECKSUM_SIZE;
        ByteSink.INT.set(bytes, checked, checksum(bytes, 0, checked));
        done(encoder);
        return bytes;
    }

    /** How many bytes a value has. */
    public int size(Object value) {
        Encoder encoder = write(value);
        int size = checkSize(1L + header(encoder).length + encoder.out().size() + CHECKSUM_SIZE);
        done(encoder);
        return size;
    }

    /** Whether two values have the same bytes. */
    public boolean sameBytes(Object a, Object b) {
        if (a == b) {
            return true;
        }
        Encoder one = write(a);
        Encoder other = write(b);
        boolean same = Arrays.equals(one.typesUsed(), other.typesUsed())
                && Arrays.equals(one.out().bytes(), 0, one.out().size(), other.out().bytes(), 0, other.out().size());
        done(one);
        done(other);
        return same;
    }

    private Encoder write(Object value) {
        Objects.requireNonNull(value, () -> "the codec of " + type.getName() + " was given null");
        Encoder encoder = encoders.take();
        encoder.clear();
        try {
            shape.write(encoder, value);
        } catch (Fault e) {
            throw cannotEncode(e);
        }
        return encoder;
    }

    private GridException cannotEncode(Fault fault) {
        return fault.at("codec of " + type.getName() + ": cannot encode " + type.getSimpleName());
    }

    private int checkSize(long size) {
        if (size > maxBytes) {
            throw cannotEncode(ByteSink.tooLarge(maxBytes));
        }
        return (int) size;
    }

    private void done(Encoder encoder) {
        if (encoder.out().capacity() <= BUFFER_KEPT_SIZE_MAX) {
            encoders.give(encoder);
        }
    }

    /** Most values of a type use the same types as the last. */
    private byte[] header(Encoder encoder) {
        WrittenHeader last = written;
        if (last != null && Arrays.equals(last.typesUsed, encoder.typesUsed())) {
            return last.bytes;
        }
        byte[] header = Header.write(types, encoder.typesUsed());
        written = new WrittenHeader(encoder.typesUsed().clone(), header);
        return header;
    }

    /** The value of bytes that nobody vouches for. */
    public Object decode(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        Decoder decoder = decoders.take();
        ByteSource in = decoder.in();
        try {
            check(bytes, offset, length);
            in.reset(bytes, offset + 1, offset + length - CHECKSUM_SIZE);
            decoder.start(header(in).layouts());
            Object value = shape.read(decoder);
            if (value == null) {
                throw Fault.found("null", shape.expected());
            } else if (in.left() > 0) {
                throw Fault.badBytes(in.left() + " bytes are left after the value");
            }
            return value;
        } catch (Fault e) {
            throw e.at("codec of " + type.getName() + ": cannot decode " + length + " bytes: " + type.getSimpleName());
        } finally {
            decoder.clear();
            decoders.give(decoder);
        }
    }

    private void check(byte[] bytes, int offset, int length) {
        if (length > maxBytes) {
            throw new Fault(
                    Code.TOO_LARGE,
                    "maxBytes is " + maxBytes + "; raise it in the codec's options if the bytes can be trusted");
        } else if (length < SIZE_MIN) {
            throw Fault.badBytes("no value has less than " + SIZE_MIN + "; they were cut off");
        } else if (bytes[offset] != VERSION) {
            throw Fault.badBytes("found format version " + bytes[offset] + ", expected " + VERSION
                    + "; a later Penstock wrote them, or they are damaged or no encoded value");
        }
        int checked = length - CHECKSUM_SIZE;
        if ((int) ByteSink.INT.get(bytes, offset + checked) != checksum(bytes, offset, checked)) {
            throw Fault.badBytes("the checksum does not fit; they are damaged, cut off, or no encoded value");
        }
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }

    /** Reads a header, or passes over one that is like one of the last. */
    private Header header(ByteSource in) {
        Header[] known = seen;
        for (Header header : known) {
            if (in.startsWith(header.bytes())) {
                in.skip(header.bytes().length);
                return header;
            }
        }
        Header header = Header.read(in, typesByName);
        if (header.bytes().length <= HEADER_KEPT_SIZE_MAX) {
            Header[] next = Arrays.copyOf(known, Math.min(known.length + 1, HEADERS_KEPT));
            System.arraycopy(known, 0, next, 1, next.length - 1);
            next[0] = header;
            seen = next;
        }
        return header;
    }
}
