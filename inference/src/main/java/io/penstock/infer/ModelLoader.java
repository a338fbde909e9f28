package io.penstock.infer;

import io.penstock.grid.Grid;
import io.penstock.infer.ModelException.Code;
import io.penstock.infer.engine.LoadedModel;
import io.penstock.infer.engine.ModelEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Loads what lies in the grid. */
final class ModelLoader {

    private final Grid grid;
    private final ModelStore store;
    private final ModelEngine engine;
    private final LongSupplier nowMs;

    /** @param nowMs the time of rows that have none */
    ModelLoader(Grid grid, ModelStore store, ModelEngine engine, LongSupplier nowMs) {
        this.grid = grid;
        this.store = store;
        this.engine = engine;
        this.nowMs = nowMs;
    }

    /**
     * Makes what is stored of a model current in its slot, whose {@link ModelSlot#changing} the caller holds. What is
     * loaded already is taken as it is.
     *
     * @return what was stored, or null if there is no such model; then the slot stays as it is
     * @throws ModelException if a version cannot be loaded; then the slot stays as it is, too
     */
    StoredModel bring(ModelSlot slot) {
        StoredModel stored = store.find(slot.name());
        while (stored != null && !stored.isRemoved()) {
            try {
                bring(slot, stored);
                return stored;
            } catch (ModelException e) {
                StoredModel now = e.code() == Code.DAMAGED ? store.find(slot.name()) : stored;
                if (stored.equals(now)) {
                    throw e;
                }
                stored = now; // its bytes were freed amid the loading
            }
        }
        return null;
    }

    private void bring(ModelSlot slot, StoredModel stored) {
        Schedule current = slot.current();
        if (current == null || !current.infos().equals(stored.infos())) {
            List<LoadedVersion> present = current == null ? List.of() : current.versions();
            slot.replace(new Schedule(load(stored, present), nowMs));
        }
    }

    /** All versions of a model, in their order; if one cannot be loaded, none stays loaded that was not present. */
    private List<LoadedVersion> load(StoredModel stored, List<LoadedVersion> present) {
        List<LoadedVersion> versions = new ArrayList<>();
        try {
            for (StoredModel.Version version : stored.versions()) {
                versions.add(present.stream()
                        .filter(candidate -> candidate.info().equals(version.info()))
                        .findFirst()
                        .orElseGet(() -> load(version)));
            }
            return versions;
        } catch (RuntimeException | Error e) {
            versions.stream().filter(version -> !present.contains(version)).forEach(LoadedVersion::release);
            throw e;
        }
    }

    private LoadedVersion load(StoredModel.Version stored) {
        long startNs = System.nanoTime();
        ModelInfo info = stored.info();
        byte[] bytes = store.bytes(stored);
        ModelChecks.checkUndamaged(info, bytes);
        LoadedModel loaded = ModelChecks.load(engine, info.name(), bytes);
        try {
            return new LoadedVersion(info, loaded, ModelMeters.register(grid, info, System.nanoTime() - startNs));
        } catch (RuntimeException | Error e) {
            loaded.close();
            throw e;
        }
    }
}
