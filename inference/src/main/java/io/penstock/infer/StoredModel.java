package io.penstock.infer;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * A model as it lies in the grid. What is left of a removed one is its last version's description without the bytes, so
 * that no version is ever given twice.
 *
 * @param bytes never changed; empty if the model was removed
 */
record StoredModel(ModelInfo info, byte[] bytes) implements Serializable {

    StoredModel removed() {
        return new StoredModel(info, new byte[0]);
    }

    boolean isRemoved() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredModel that && info.equals(that.info) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(info, bytes.length);
    }

    @Override
    public String toString() {
        return isRemoved() ? info.modelVersion() + ", removed" : info.toString();
    }
}
