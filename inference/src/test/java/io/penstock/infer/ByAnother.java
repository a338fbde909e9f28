package io.penstock.infer;

import io.penstock.grid.Grid;
import io.penstock.infer.StoredModel.State;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Puts models into a grid as another JVM would that shares its maps. */
final class ByAnother {

    /** A version, and its bytes as they are to be found. */
    record Deployed(ModelInfo info, byte[] bytes) {}

    private ByAnother() {}

    static void put(Grid grid, ModelInfo info, byte[] bytes) {
        put(grid, List.of(new Deployed(info, bytes)));
    }

    static void put(Grid grid, List<Deployed> versions) {
        ModelStore store = new ModelStore(grid);
        List<StoredModel.Version> stored = new ArrayList<>();
        for (Deployed version : versions) {
            stored.add(new StoredModel.Version(version.info(), UUID.randomUUID()));
            store.keep(stored.get(stored.size() - 1), version.bytes());
        }
        StoredModel model = new StoredModel(stored, State.DEPLOYED);
        grid.map(ModelStore.MODELS).put(model.name(), model);
    }

    /** What a grid has of a model. */
    static List<Deployed> found(Grid grid, String name) {
        ModelStore store = new ModelStore(grid);
        return store.find(name).versions().stream()
                .map(version -> new Deployed(version.info(), store.bytes(version))).toList();
    }
}
