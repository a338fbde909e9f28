package io.penstock.grid.codec;

import java.util.Map;
import java.util.Set;

/**
 * What a codec may do.
 *
 * @param allowed classes besides those that are found by looking at the type
 * @param renamed by the name that old bytes have
 */
public record CodecLimits(int maxBytes, int maxDepth, Set<Class<?>> allowed, Map<String, Class<?>> renamed) {

    public CodecLimits {
        allowed = Set.copyOf(allowed);
        renamed = Map.copyOf(renamed);
    }
}
