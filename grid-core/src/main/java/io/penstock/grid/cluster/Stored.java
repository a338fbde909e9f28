package io.penstock.grid.cluster;

import java.util.Arrays;

/**
 * A key or a value as it stands in an {@code IMap}: bytes of the codec, which members store and compare without knowing
 * the class that is in them.
 *
 * @param bytes owned by this; not changed by anybody
 */
record Stored(byte[] bytes) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Stored stored && Arrays.equals(bytes, stored.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
