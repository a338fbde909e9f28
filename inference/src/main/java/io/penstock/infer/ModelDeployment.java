package io.penstock.infer;

import io.penstock.grid.Grid;
import io.penstock.grid.GridException;
import io.penstock.infer.engine.LoadedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Makes a model that was checked and loaded a version in the grid, and what this JVM scores with. */
final class ModelDeployment {

    private final Grid grid;
    private final ModelStore store;
    private final ModelLoader loader;
    private final ModelPeers peers;
    private final LongSupplier nowMs;

    /** @param nowMs the time of rows that have none */
    ModelDeployment(Grid grid, ModelStore store, ModelLoader loader, ModelPeers peers, LongSupplier nowMs) {
        this.grid = grid;
        this.store = store;
        this.loader = loader;
        this.peers = peers;
        this.nowMs = nowMs;
    }

    /**
     * Makes it the next version of the slot's model.
     *
     * @param loaded taken over, unless this throws
     */
    ModelVersion make(ModelSlot slot, byte[] onnx, DeployOptions options, LoadedModel loaded, long loadNs) {
        slot.changing().lock();
        try {
            if (slot.isClosed()) {
                throw ModelChecks.closed(grid.name());
            }
            boolean isKept = peers.keepsWhatItDeploys() || slot.current() != null;
            if (isKept) {
                peers.announce(slot);
            }
            StoredModel before = store.find(slot.name());
            ModelInfo info = info(slot.name(), before, onnx, options, loaded);
            StoredModel.Version deployed = new StoredModel.Version(info, UUID.randomUUID());
            StoredModel next = next(slot, before, deployed);
            List<LoadedVersion> versions = isKept ? predecessors(slot, next) : List.of();
            ModelMeters meters = ModelMeters.register(grid, info, loadNs);
            try {
                store(before, next, deployed, onnx);
            } catch (RuntimeException | Error e) {
                meters.remove();
                throw e;
            }
            take(slot, versions, new LoadedVersion(info, loaded, meters), isKept);
            if (before != null && !before.isRemoved()) {
                store.forget(before.versions().stream().filter(old -> !next.versions().contains(old)).toList());
            }
            return info.modelVersion();
        } finally {
            slot.changing().unlock();
        }
    }

    /** A version that any JVM has loaded is never given again, even if the cluster has lost what was stored. */
    private ModelInfo info(String name, StoredModel before, byte[] onnx, DeployOptions options, LoadedModel loaded) {
        int last = Math.max(before == null ? 0 : before.latest().version(), peers.latestVersion(name));
        return new ModelInfo(name, last + 1, options.fromMs(), onnx.length, ModelChecks.sha256(onnx),
                loaded.signature().inputs(), loaded.signature().outputs());
    }

    /** What is to be stored. */
    private StoredModel next(ModelSlot slot, StoredModel before, StoredModel.Version deployed) {
        ModelInfo info = deployed.info();
        if (before == null || before.isRemoved()) {
            ModelChecks.checkScoresAll(info);
            return StoredModel.of(deployed);
        }
        ModelChecks.checkSameSignature(before.latest(), info);
        StoredModel next = before.with(deployed);
        if (next.versions().size() <= Models.VERSIONS_MAX) {
            return next;
        }
        long neededBeforeMs = next.infos().get(1).fromMs();
        boolean hasPassed = slot.watermarkMs() >= neededBeforeMs && peers.havePassed(info.name(), neededBeforeMs);
        ModelChecks.checkPassed(hasPassed, info, neededBeforeMs);
        return next.withoutOldest();
    }

    /** The versions that stay beside the next one; loaded here if they are not. */
    private List<LoadedVersion> predecessors(ModelSlot slot, StoredModel next) {
        List<LoadedVersion> versions = new ArrayList<>();
        if (next.versions().size() > 1) {
            loader.bring(slot);
            versions.addAll(slot.current().versions());
            versions.removeIf(present -> !next.infos().contains(present.info()));
        }
        return versions;
    }

    private void store(StoredModel before, StoredModel next, StoredModel.Version deployed, byte[] onnx) {
        try {
            store.keep(deployed, onnx);
        } catch (RuntimeException | Error e) {
            store.forget(List.of(deployed));
            throw e;
        }
        try {
            store.replace(before, next);
        } catch (RuntimeException | Error e) {
            if (!(e instanceof GridException failed && failed.code() == GridException.Code.OUTCOME_UNKNOWN)) {
                store.forget(List.of(deployed)); // a write in doubt may have been made, and others need the bytes
            }
            throw e;
        }
    }

    private void take(ModelSlot slot, List<LoadedVersion> predecessors, LoadedVersion deployed, boolean isKept) {
        if (isKept) {
            List<LoadedVersion> versions = new ArrayList<>(predecessors);
            versions.add(deployed);
            slot.replace(new Schedule(versions, nowMs));
            peers.changed(slot);
        } else {
            deployed.release();
        }
    }
}
