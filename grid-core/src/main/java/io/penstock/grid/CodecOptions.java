package io.penstock.grid;

import io.penstock.grid.codec.CodecLimits;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The settings of one {@link Codec}. */
public final class CodecOptions {

    /** The most bytes that one value may have unless told otherwise: 16 MiB. */
    public static final int DEFAULT_MAX_BYTES = 16 << 20;

    /** How deep a value may be nested unless told otherwise. */
    public static final int DEFAULT_MAX_DEPTH = 64;

    private static final int BYTES_MIN = 64;
    private static final int BYTES_MAX = 1 << 30;
    private static final int DEPTH_MAX = 1_000;

    private final String codecName;
    private final Set<Class<?>> allowed = new LinkedHashSet<>();
    private final Map<String, Class<?>> renamed = new HashMap<>();
    private int maxBytes = DEFAULT_MAX_BYTES;
    private int maxDepth = DEFAULT_MAX_DEPTH;

    CodecOptions(Class<?> type) {
        this.codecName = "codec of " + type.getName();
    }

    /**
     * Allows classes that the declarations do not lead to: implementations of an interface that is not sealed,
     * subclasses, what an {@code Object} may be.
     */
    public CodecOptions allow(Class<?>... types) {
        allowed.addAll(List.of(types));
        return this;
    }

    /**
     * Reads bytes of a class that had another name.
     *
     * @param oldName as {@link Class#getName()} gave it
     */
    public CodecOptions renamed(String oldName, Class<?> type) {
        renamed.put(Objects.requireNonNull(oldName, "oldName"), Objects.requireNonNull(type, "type"));
        return this;
    }

    /**
     * The most bytes that one value may have, encoded. Default {@value #DEFAULT_MAX_BYTES}. A decoded value can take
     * some 40 times as much memory as its bytes, if somebody wants it to.
     *
     * @throws GridException if it is below 64 or above 1 GiB
     */
    public CodecOptions maxBytes(int maxBytes) {
        this.maxBytes = checked("maxBytes", maxBytes, BYTES_MIN, BYTES_MAX);
        return this;
    }

    /**
     * How deep objects, collections and arrays may be nested in a value. Default {@value #DEFAULT_MAX_DEPTH}. Longer
     * chains and objects that contain themselves are refused.
     *
     * @throws GridException if it is below 1 or above 1,000
     */
    public CodecOptions maxDepth(int maxDepth) {
        this.maxDepth = checked("maxDepth", maxDepth, 1, DEPTH_MAX);
        return this;
    }

    private int checked(String setting, int value, int min, int max) {
        if (value < min || value > max) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    codecName + ": " + setting + " must be from " + min + " to " + max + ", but is " + value);
        }
        return value;
    }

    CodecLimits limits() {
        return new CodecLimits(maxBytes, maxDepth, allowed, renamed);
    }
}
