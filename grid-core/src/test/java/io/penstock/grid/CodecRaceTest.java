package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CodecRaceTest {

    private static final int ROUNDS = Boolean.getBoolean("penstock.soak") ? 100_000 : 3_000;
    private static final int THREADS = 20;

    /** More threads than a codec keeps buffers for, and of two threads some share theirs in turn. */
    @Test
    void manyThreadsUseOneCodec() throws Exception {
        long seed = Seed.of("CodecRaceTest");
        Codec<Samples.Everything> codec = Codec.of(Samples.Everything.class, o -> o.allow(Samples.Extra.class));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Samples samples = new Samples(new Random(seed + i));
                all.add(threads.submit(() -> {
                    for (int round = 0; round < ROUNDS / THREADS; round++) {
                        Samples.Everything value = samples.everything();
                        byte[] bytes = codec.encode(value);
                        assertEquals(bytes.length, codec.size(value));
                        Samples.Everything back = codec.decode(bytes);
                        assertEquals(value, back);
                        assertArrayEquals(bytes, codec.encode(back));
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private record Outer(String text) {

        private static Codec<Outer> codec;

        /** Uses the codec that is just making it. */
        private Outer {
            if (text.length() > 1) {
                Outer inner = codec.decode(codec.encode(new Outer(text.substring(1))));
                assertEquals(text.substring(1), inner.text);
            }
        }
    }

    @Test
    void aConstructorMayUseTheCodecThatCallsIt() {
        Outer.codec = Codec.of(Outer.class);
        Outer value = new Outer("abcd");
        assertEquals(value, Outer.codec.decode(Outer.codec.encode(value)));
    }
}
