package io.penstock.bench.work;

import static io.penstock.bench.work.Mix.mix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The event of W4, 30 floats in [-1, 1), and the model that scores it. */
public final class Features {

    public static final int COUNT = 30;

    /** What counts as a high score. */
    public static final float HIGH = 0.5f;

    private static final String MODEL = "/mlp-30.onnx";

    private Features() {}

    public static float[] of(long index) {
        float[] features = new float[COUNT];
        fill(index, features, 0);
        return features;
    }

    /** Writes the features of an event to {@code row[offset]} and what follows. */
    public static void fill(long index, float[] row, int offset) {
        for (int i = 0; i < COUNT; i++) {
            row[offset + i] = (mix(index * COUNT + i) >>> 40) * 0x1p-23f - 1;
        }
    }

    /** The ONNX file of the model: 30 floats to one score. */
    public static byte[] model() {
        try (InputStream file = Features.class.getResourceAsStream(MODEL)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
