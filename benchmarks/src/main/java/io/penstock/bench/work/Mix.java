package io.penstock.bench.work;

/** The functions from which all data is made. */
public final class Mix {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final double TWO_TO_MINUS_53 = 0x1p-53;

    private Mix() {}

    /** Output number {@code index} of a splitmix64 generator with seed 0 (Steele, Lea, Flood 2014). */
    public static long mix(long index) {
        long z = (index + 1) * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in [0, 1) if {@code hash} is uniform. */
    public static double unit(long hash) {
        return (hash >>> 11) * TWO_TO_MINUS_53;
    }

    /** FNV-1a with 64 bits over the chars of a text (Fowler, Noll, Vo). */
    public static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
