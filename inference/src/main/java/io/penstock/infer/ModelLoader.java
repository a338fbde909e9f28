package io.penstock.infer;

import io.penstock.grid.Grid;
import io.penstock.infer.engine.LoadedModel;
import io.penstock.infer.engine.ModelEngine;
import java.util.ArrayList;
import java.util.List;

/** Loads what lies in the grid. */
final class ModelLoader {

    private final Grid grid;
    private final ModelEngine engine;

    ModelLoader(Grid grid, ModelEngine engine) {
        this.grid = grid;
        this.engine = engine;
    }

    /**
     * All versions of a model, in their order; those that are present are taken as they are.
     *
     * @throws ModelException if one cannot be loaded; then none stays loaded that was not present
     */
    List<LoadedVersion> load(StoredModel stored, List<LoadedVersion> present) {
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
        ModelChecks.checkUndamaged(stored);
        LoadedModel loaded = ModelChecks.load(engine, stored.info().name(), stored.bytes());
        try {
            ModelMeters meters = ModelMeters.register(grid, stored.info(), System.nanoTime() - startNs);
            return new LoadedVersion(stored.info(), loaded, meters);
        } catch (RuntimeException | Error e) {
            loaded.close();
            throw e;
        }
    }
}
