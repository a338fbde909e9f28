package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.penstock.grid.GridException.Code;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * Damaged and forged bytes. As they are, they give an error or, if nothing was changed, an equal value. With the
 * checksum made right again they may give another value, but only an allowed one, and never cost more than they say.
 */
class CodecFuzzTest {

    /** A million in all, and ten in a soak. */
    private static final int TIMES = Boolean.getBoolean("penstock.soak") ? 10 : 1;
    private static final int DAMAGED = 400_000 * TIMES;
    private static final int FORGED = 600_000 * TIMES;
    /** Of the thread's own time, since the machine may have other work. */
    private static final long CPU_NANOS_MAX = 1_000_000_000;
    /** What a decode may allocate: the greed of the worst tags, and the error with its message. */
    private static final long ALLOCATED_PER_BYTE_MAX = 64;
    private static final long ALLOCATED_BASE_MAX = 80_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long seed = Seed.of("CodecFuzzTest");
    private final Random random = new Random(seed);
    private final Map<Code, Integer> refused = new EnumMap<>(Code.class);
    private int decodedCount;
    private long worstNs;
    private long worstAllocated;

    @Test
    void damagedBytesAreAnErrorOrTheSameValue() {
        Subject<?>[] subjects = subjects();
        for (int i = 0; i < DAMAGED; i++) {
            Subject<?> subject = subjects[i % subjects.length];
            byte[] damaged = damaged(subject.bytes, subjects);
            Object decoded = decoded(subject, damaged);
            if (decoded != null && !decoded.equals(subject.value)) {
                assertTrue(isAnother(decoded, damaged, subjects), () -> shown(subject, damaged));
            }
        }
        report(DAMAGED);
        assertTrue(refused.get(Code.BAD_BYTES) > DAMAGED / 2);
    }

    @Test
    void forgedBytesGiveAnErrorOrAnAllowedValue() {
        Subject<?>[] subjects = subjects();
        for (int i = 0; i < FORGED; i++) {
            Subject<?> subject = subjects[i % subjects.length];
            byte[] forged = withChecksum(damaged(subject.bytes, subjects));
            Object decoded = decoded(subject, forged);
            if (decoded != null) {
                Samples.checkAllowed(decoded);
            }
        }
        report(FORGED);
        assertTrue(decodedCount > FORGED / 20);
        assertTrue(refused.containsKey(Code.BAD_TYPE) && refused.containsKey(Code.BAD_BYTES));
    }

    private record Subject<T>(Codec<T> codec, T value, byte[] bytes) {

        static <T> Subject<T> of(Codec<T> codec, T value) {
            return new Subject<>(codec, value, codec.encode(value));
        }
    }

    private Subject<?>[] subjects() {
        Samples samples = new Samples(random);
        Codec<Samples.Everything> codec = Codec.of(Samples.Everything.class, o -> o.allow(Samples.Extra.class));
        Codec<Samples.Key> keys = Codec.ofKey(Samples.Key.class);
        Subject<?>[] subjects = new Subject<?>[64];
        for (int i = 0; i < subjects.length; i++) {
            subjects[i] = switch (i % 4) {
                case 0 -> Subject.of(keys, samples.key());
                case 1 -> Subject.of(codec, Samples.Everything.EMPTY);
                default -> Subject.of(codec, samples.everything());
            };
        }
        return subjects;
    }

    /** Pieces of others may by chance make the whole of one. */
    private static boolean isAnother(Object decoded, byte[] bytes, Subject<?>[] subjects) {
        return Arrays.stream(subjects)
                .anyMatch(other -> Arrays.equals(other.bytes, bytes) && other.value.equals(decoded));
    }

    /** What is over the limits is tried once more, since the first error of its kind makes the JVM load classes. */
    private Object decoded(Subject<?> subject, byte[] bytes) {
        Decoding first = decoding(subject, bytes);
        Decoding decoding = first.isWithin(bytes.length) ? first : decoding(subject, bytes);
        assertTrue(decoding.isWithin(bytes.length), () -> decoding + ": " + shown(subject, bytes));
        worstNs = Math.max(worstNs, decoding.cpuNs);
        worstAllocated = Math.max(worstAllocated, decoding.allocated);
        if (decoding.code == null) {
            decodedCount++;
        } else {
            refused.merge(decoding.code, 1, Integer::sum);
        }
        return decoding.value;
    }

    private record Decoding(Object value, Code code, long cpuNs, long allocated) {

        boolean isWithin(int size) {
            return cpuNs < CPU_NANOS_MAX && allocated < ALLOCATED_BASE_MAX + ALLOCATED_PER_BYTE_MAX * size;
        }

        @Override
        public String toString() {
            return cpuNs + " ns, " + allocated + " bytes allocated";
        }
    }

    private Decoding decoding(Subject<?> subject, byte[] bytes) {
        long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        long startNs = THREADS.getCurrentThreadCpuTime();
        Object value = null;
        Code code = null;
        try {
            value = subject.codec.decode(bytes);
        } catch (GridException e) {
            code = e.code();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(shown(subject, bytes), e);
        }
        long cpuNs = THREADS.getCurrentThreadCpuTime() - startNs;
        return new Decoding(value, code, cpuNs, THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore);
    }

    private String shown(Subject<?> subject, byte[] bytes) {
        return "seed " + seed + ", " + subject.codec + ": " + HexFormat.of().formatHex(bytes);
    }

    private void report(int inputs) {
        System.out.println("CodecFuzzTest: " + inputs + " inputs, " + decodedCount + " decoded, refused " + refused
                + ", the slowest took " + worstNs / 1_000 + " us, the greediest " + worstAllocated + " bytes");
    }

    private byte[] damaged(byte[] bytes, Subject<?>[] others) {
        byte[] damaged = bytes.clone();
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times && damaged.length > 0; i++) {
            damaged = damagedOnce(damaged, others);
        }
        return damaged;
    }

    private byte[] damagedOnce(byte[] bytes, Subject<?>[] others) {
        int at = random.nextInt(bytes.length);
        int size = random.nextInt(Math.min(bytes.length - at, 16) + 1);
        switch (random.nextInt(9)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0x7F);
            case 3 -> bytes[at] = (byte) random.nextInt(0x30);
            case 4 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 5 -> {
                byte[] more = new byte[size];
                random.nextBytes(more);
                return joined(Arrays.copyOf(bytes, at), more, Arrays.copyOfRange(bytes, at, bytes.length));
            }
            case 6 -> {
                return joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + size, bytes.length));
            }
            case 7 -> {
                byte[] other = others[random.nextInt(others.length)].bytes;
                int from = 1 + random.nextInt(other.length - 1);
                return joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(other, from, other.length));
            }
            default -> {
                int to = random.nextInt(bytes.length - size + 1);
                System.arraycopy(bytes.clone(), at, bytes, to, size);
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[]... pieces) {
        byte[] all = new byte[Arrays.stream(pieces).mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (byte[] piece : List.of(pieces)) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }

    static byte[] withChecksum(byte[] bytes) {
        if (bytes.length < 4) {
            return bytes;
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - 4);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 4, (int) checksum.getValue());
        return bytes;
    }
}
