package io.penstock.infer;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A model as it lies in the grid: its versions in the order of their event times, which is also that of their
 * deployment. What is left of a removed one is its last version's description without the bytes, so that no version is
 * ever given twice.
 *
 * @param versions at least one; the first also scores the events before its time
 */
record StoredModel(List<Version> versions) implements Serializable {

    /** @param bytes never changed; empty if the model was removed */
    record Version(ModelInfo info, byte[] bytes) implements Serializable {

        @Override
        public boolean equals(Object other) {
            return other instanceof Version that && info.equals(that.info) && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Objects.hash(info, bytes.length);
        }

        @Override
        public String toString() {
            return info.toString();
        }
    }

    StoredModel {
        versions = List.copyOf(versions);
    }

    static StoredModel of(ModelInfo info, byte[] bytes) {
        return new StoredModel(List.of(new Version(info, bytes)));
    }

    /** The description of the version that was deployed last. */
    ModelInfo latest() {
        return versions.get(versions.size() - 1).info();
    }

    List<ModelInfo> infos() {
        return versions.stream().map(Version::info).toList();
    }

    /**
     * The same model from that version's time on scored by it alone, so without those that are not needed any more:
     *
     * <pre>
     * v1, v2 from 10, v3 from 20   with v4 from 15   ==>   v1, v2 from 10, v4 from 15
     * </pre>
     */
    StoredModel with(Version next) {
        List<Version> all = new ArrayList<>();
        if (next.info().isFromATime()) {
            all.add(versions.get(0));
            versions.stream().skip(1).filter(version -> version.info().fromMs() < next.info().fromMs()).forEach(all::add);
        }
        all.add(next);
        return new StoredModel(all);
    }

    /** The same model with the events of its oldest version scored by the next one. */
    StoredModel withoutOldest() {
        return new StoredModel(versions.subList(1, versions.size()));
    }

    StoredModel removed() {
        return of(latest(), new byte[0]);
    }

    boolean isRemoved() {
        return versions.get(0).bytes().length == 0;
    }

    @Override
    public String toString() {
        return isRemoved() ? latest().modelVersion() + ", removed" : versions.toString();
    }
}
