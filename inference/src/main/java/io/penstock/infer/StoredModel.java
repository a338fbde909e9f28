package io.penstock.infer;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A model as it lies in the grid, without its bytes: its versions in the order of their event times, which is also that
 * of their deployment. What is left of a removed one is its last version, so that no version is ever given twice.
 *
 * @param versions at least one; the first also scores the events before its time
 */
record StoredModel(List<Version> versions, State state) implements Serializable {

    /** What becomes of the model. */
    enum State {
        DEPLOYED,
        /** Somebody asks the others whether they use it; until that is known, no stage begins to. */
        REMOVING,
        REMOVED
    }

    /** @param bytesId other for each deployment; by it the {@link ModelStore} finds the bytes */
    record Version(ModelInfo info, UUID bytesId) implements Serializable {

        @Override
        public String toString() {
            return info.toString();
        }
    }

    StoredModel {
        versions = List.copyOf(versions);
    }

    static StoredModel of(Version version) {
        return new StoredModel(List.of(version), State.DEPLOYED);
    }

    String name() {
        return latest().name();
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
        return new StoredModel(all, State.DEPLOYED);
    }

    /** The same model with the events of its oldest version scored by the next one. */
    StoredModel withoutOldest() {
        return new StoredModel(versions.subList(1, versions.size()), state);
    }

    StoredModel in(State next) {
        return next == State.REMOVED
                ? new StoredModel(versions.subList(versions.size() - 1, versions.size()), next)
                : new StoredModel(versions, next);
    }

    boolean isRemoved() {
        return state == State.REMOVED;
    }

    @Override
    public String toString() {
        return isRemoved() ? latest().modelVersion() + ", removed" : versions.toString();
    }
}
