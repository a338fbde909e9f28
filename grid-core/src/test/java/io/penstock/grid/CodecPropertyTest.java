package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random values come back equal; equal ones have equal bytes, and of keys only equal ones have. */
class CodecPropertyTest {

    private static final int RUNS = Boolean.getBoolean("penstock.soak") ? 500_000 : 20_000;

    @Test
    void randomValuesComeBackAndTheirCopiesHaveTheSameBytes() {
        long seed = Seed.of("CodecPropertyTest values");
        Samples samples = new Samples(new Random(seed));
        Codec<Samples.Everything> codec = Codec.of(Samples.Everything.class, o -> o.allow(Samples.Extra.class));
        Codec<Samples.Everything> other = Codec.of(Samples.Everything.class, o -> o.allow(Samples.Extra.class));
        for (int run = 0; run < RUNS; run++) {
            String where = "seed " + seed + ", run " + run;
            Samples.Everything value = samples.everything();
            byte[] bytes = codec.encode(value);
            assertEquals(bytes.length, codec.size(value), where);
            Samples.Everything back = other.decode(bytes);
            assertEquals(value, back, where);
            assertArrayEquals(bytes, other.encode(back), where);
        }
    }

    /** The keys are from a small space, so that equal ones are frequent. */
    @Test
    void keysAreEqualIfAndOnlyIfTheirBytesAre() {
        long seed = Seed.of("CodecPropertyTest keys");
        Samples samples = new Samples(new Random(seed));
        Codec<Samples.Key> codec = Codec.ofKey(Samples.Key.class);
        Codec<Samples.KeyPart> parts = Codec.ofKey(Samples.KeyPart.class);
        Codec<String> texts = Codec.ofKey(String.class);
        Codec<Double> numbers = Codec.ofKey(Double.class);
        for (int run = 0; run < RUNS; run++) {
            String where = "seed " + seed + ", run " + run;
            Samples.Key key = samples.key();
            assertEquals(key, codec.decode(codec.encode(key)), where);
            check(codec, key, samples.key(), where);
            check(parts, samples.keyPart(), samples.keyPart(), where);
            check(texts, samples.text(), samples.text(), where);
            check(numbers, samples.realNumber(), samples.realNumber(), where);
        }
    }

    private static <K> void check(Codec<K> codec, K one, K other, String where) {
        byte[] bytes = codec.encode(one);
        assertEquals(one.equals(other), Arrays.equals(bytes, codec.encode(other)), where);
        assertEquals(one.equals(other), codec.sameBytes(one, other), where);
        assertEquals(one, codec.decode(bytes), where);
    }

    /** Written down, so that a change of the format cannot go unseen: keys in files must stay readable. */
    @Test
    void theBytesOfKeysDoNotChange() {
        assertEquals("0100426131", hex(Codec.ofKey(String.class), "a1"));
        assertEquals("0100d2", hex(Codec.ofKey(Long.class), 2L));
        assertEquals("010023e803", hex(Codec.ofKey(Integer.class), 1_000));
        assertEquals("01000dc08b4c6103030200040200060000803f",
                hex(Codec.ofKey(Samples.KeyPart.class), new Samples.KeyPart(null, true, 1, (short) 2, (byte) 3)));
    }

    private static <K> String hex(Codec<K> codec, K key) {
        byte[] bytes = codec.encode(key);
        return HexFormat.of().formatHex(bytes, 0, bytes.length - 4);
    }
}
