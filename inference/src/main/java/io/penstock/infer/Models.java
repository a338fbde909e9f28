package io.penstock.infer;

import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import io.penstock.infer.ModelException.Code;
import io.penstock.infer.engine.EngineException;
import io.penstock.infer.engine.LoadedModel;
import io.penstock.infer.engine.ModelEngine;
import io.penstock.infer.engine.OnnxEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models of a grid: ONNX files in a grid map, each loaded once by a JVM and shared by all that score with it.
 *
 * <p>A deployed model takes over from its predecessor of the same name between two batches of the jobs that run; the
 * predecessor's memory is freed after the last batch that it runs.
 *
 * <p>Thread-safe. {@code deploy}, {@code score} and {@code remove} work on the calling thread and take as long as
 * loading and running the model takes.
 */
public final class Models implements AutoCloseable {

    /** The largest model that a grid takes. */
    public static final long BYTES_MAX = 512L << 20;

    static final MapRef<String, StoredModel> MAP = MapRef.of("penstock.models", String.class, StoredModel.class);

    private final Grid grid;
    private final ModelEngine engine;
    private final long bytesMax;
    private final GridMap<String, StoredModel> map;
    /** Read by anybody; written under its own monitor, which also guards the change of {@link #closed}. */
    private final Map<String, ModelSlot> slots = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private Models(Grid grid, ModelEngine engine, long bytesMax) {
        this.grid = grid;
        this.engine = engine;
        this.bytesMax = bytesMax;
        map = grid.map(MAP);
    }

    /** The models of this grid. */
    public static Models of(Grid grid) {
        return grid.service(Models.class, ofGrid -> new Models(ofGrid, new OnnxEngine(), BYTES_MAX));
    }

    /** For tests: the models of a grid with another engine; to be called before any other use of the grid's models. */
    public static Models of(Grid grid, ModelEngine engine, long bytesMax) {
        return grid.service(Models.class, ofGrid -> new Models(ofGrid, engine, bytesMax));
    }

    /**
     * Deploys a model from a file: {@link #deploy(String, byte[])}.
     *
     * @throws ModelException also if the file cannot be read
     */
    public ModelVersion deploy(String name, Path file) {
        ModelChecks.checkName(name);
        try (InputStream in = Files.newInputStream(file)) {
            ModelChecks.checkSize(name, Files.size(file), bytesMax);
            return deployOwned(name, read(in));
        } catch (IOException e) {
            throw new ModelException(Code.CANNOT_READ, "model '" + name + "': file " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + "); check that it exists and may be read", e);
        }
    }

    /**
     * Deploys a model that lies on the class path: {@link #deploy(String, byte[])}.
     *
     * @param anchor the class beside which the resource lies
     * @param resource as for {@link Class#getResourceAsStream}
     * @throws ModelException also if there is no such resource
     */
    public ModelVersion deployResource(String name, Class<?> anchor, String resource) {
        ModelChecks.checkName(name);
        try (InputStream in = anchor.getResourceAsStream(resource)) {
            if (in == null) {
                throw new ModelException(Code.CANNOT_READ, "model '" + name + "': there is no resource '" + resource
                        + "' beside " + anchor.getName() + "; begin it with '/' if it lies elsewhere on the class path");
            }
            return deployOwned(name, read(in));
        } catch (IOException e) {
            throw new ModelException(Code.CANNOT_READ, "model '" + name + "': resource '" + resource + "' beside "
                    + anchor.getName() + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /**
     * Checks a model, loads it, lets it score a batch of zeros, and makes it the current version of its name. When this
     * returns, every batch that begins in this JVM is scored by it, or by a later version. If it is refused, its
     * predecessor stays.
     *
     * @param name 1 to 200 letters, digits, '.', '_' or '-'
     * @param onnx the model's file; copied
     * @throws ModelException if the model is refused; the code says why, the message also what to do
     */
    public ModelVersion deploy(String name, byte[] onnx) {
        ModelChecks.checkName(name);
        ModelChecks.checkSize(name, onnx.length, bytesMax);
        return deployOwned(name, onnx.clone());
    }

    private byte[] read(InputStream in) throws IOException {
        return in.readNBytes((int) Math.min(bytesMax + 1, Integer.MAX_VALUE));
    }

    private ModelVersion deployOwned(String name, byte[] onnx) {
        checkOpen();
        ModelChecks.checkSize(name, onnx.length, bytesMax);
        long startNs = System.nanoTime();
        LoadedModel loaded = ModelChecks.load(engine, name, onnx);
        try {
            return makeCurrent(name, onnx, loaded, System.nanoTime() - startNs).modelVersion();
        } catch (RuntimeException | Error e) {
            loaded.close();
            throw e;
        }
    }

    private ModelInfo makeCurrent(String name, byte[] onnx, LoadedModel loaded, long loadNs) {
        ModelSlot slot = slot(name);
        synchronized (slot) {
            if (slot.isClosed()) {
                throw closed();
            }
            StoredModel before = map.get(name);
            int version = before == null ? 1 : before.info().version() + 1;
            ModelInfo info = new ModelInfo(name, version, onnx.length, ModelChecks.sha256(onnx),
                    loaded.signature().inputs(), loaded.signature().outputs());
            if (before != null && !before.isRemoved()) {
                ModelChecks.checkSameSignature(before.info(), info);
            }
            ModelMeters meters = ModelMeters.register(grid, info, loadNs);
            try {
                replaceStored(before, new StoredModel(info, onnx));
            } catch (RuntimeException | Error e) {
                meters.remove();
                throw e;
            }
            slot.replace(new LoadedVersion(info, loaded, meters));
            return info;
        }
    }

    private void replaceStored(StoredModel before, StoredModel next) {
        String name = next.info().name();
        boolean stored = before == null ? map.putIfAbsent(name, next) == null : map.replace(name, before, next);
        if (!stored) {
            throw new ModelException(Code.CONFLICT, "model '" + name + "' was deployed or removed by another member of"
                    + " grid '" + grid.name() + "' at the same moment; look at describe('" + name + "') and try again");
        }
    }

    /** What is known of the current version of a model. */
    public Optional<ModelInfo> describe(String name) {
        StoredModel stored = map.get(name);
        return stored == null || stored.isRemoved() ? Optional.empty() : Optional.of(stored.info());
    }

    /** The current versions of all models, by name. */
    public List<ModelInfo> list() {
        return map.values().stream()
                .filter(stored -> !stored.isRemoved())
                .map(StoredModel::info)
                .sorted(Comparator.comparing(ModelInfo::name))
                .toList();
    }

    /**
     * Removes a model. Its name may be used again, for a model with other inputs and outputs too, and its versions go
     * on from where they were.
     *
     * @return whether there was such a model
     * @throws ModelException if a running job of this JVM uses it
     */
    public boolean remove(String name) {
        checkOpen();
        StoredModel found = map.get(name);
        if (found == null || found.isRemoved()) {
            return false;
        }
        ModelSlot slot = slot(name);
        synchronized (slot) {
            if (slot.attached() > 0) {
                throw new ModelException(Code.IN_USE, "model '" + name + "' is in use by " + slot.attached()
                        + " stage instances of running jobs; cancel the jobs first, or deploy another version");
            }
            StoredModel before = map.get(name);
            if (before == null || before.isRemoved()) {
                return false;
            }
            replaceStored(before, before.removed());
            slot.replace(null);
            return true;
        }
    }

    /**
     * Scores one row, outside of any job. Takes room for it at each call; for many rows, a job is many times as fast.
     *
     * @param row as many values as the model's input has columns, none of them NaN or infinite
     * @return by output: the values of the row, of those outputs that are float32
     * @throws ModelException if there is no such model, the row does not fit, or the model fails
     */
    public Map<String, float[]> score(String model, float[] row) {
        LoadedVersion version = acquire(model);
        try (RowBatch batch = RowBatch.of(version, 1)) {
            batch.beginRow();
            for (float value : row) {
                batch.put(value);
            }
            String refusal = batch.endRow();
            if (refusal != null) {
                version.meters().failed(1);
                throw new ModelException(Code.BAD_ROW, refusal);
            }
            batch.score();
            if (batch.failure(0) != null) {
                throw batch.failure(0);
            }
            return batch.outputsOfRow(0);
        } catch (EngineException e) {
            throw new ModelException(Code.RUN_FAILED, version.info().modelVersion() + ": " + e.getMessage(), e);
        } finally {
            version.release();
        }
    }

    private LoadedVersion acquire(String model) {
        checkOpen();
        ModelSlot slot = slots.get(model);
        LoadedVersion version = slot == null ? null : slot.acquire();
        if (version != null) {
            return version;
        }
        slot = attach(model);
        try {
            return slot.acquire();
        } finally {
            slot.detach();
        }
    }

    /**
     * The slot of a model, which has a current version until {@link ModelSlot#detach} is called; loads the model if this
     * JVM has not.
     *
     * @throws ModelException if there is no such model, or it cannot be loaded
     */
    ModelSlot attach(String name) {
        checkOpen();
        if (describe(name).isEmpty()) {
            throw unknown(name);
        }
        ModelSlot slot = slot(name);
        synchronized (slot) {
            if (slot.isClosed()) {
                throw closed();
            }
            loadInto(slot, name);
            slot.attach();
            return slot;
        }
    }

    private void loadInto(ModelSlot slot, String name) {
        StoredModel stored = map.get(name);
        if (stored == null || stored.isRemoved()) {
            throw unknown(name);
        }
        LoadedVersion current = slot.current();
        if (current != null && current.info().version() >= stored.info().version()) {
            return;
        }
        long startNs = System.nanoTime();
        ModelChecks.checkUndamaged(stored);
        LoadedModel loaded = ModelChecks.load(engine, name, stored.bytes());
        try {
            ModelMeters meters = ModelMeters.register(grid, stored.info(), System.nanoTime() - startNs);
            slot.replace(new LoadedVersion(stored.info(), loaded, meters));
        } catch (RuntimeException | Error e) {
            loaded.close();
            throw e;
        }
    }

    private ModelSlot slot(String name) {
        ModelSlot present = slots.get(name);
        if (present != null) {
            return present;
        }
        synchronized (slots) {
            checkOpen();
            return slots.computeIfAbsent(name, ignored -> new ModelSlot());
        }
    }

    private ModelException unknown(String name) {
        List<String> names = list().stream().map(ModelInfo::name).toList();
        return new ModelException(Code.UNKNOWN_MODEL, "there is no model '" + name + "' in grid '" + grid.name() + "'; "
                + (names.isEmpty() ? "none is deployed" : "deployed are " + names)
                + "; call Models.of(grid).deploy(\"" + name + "\", file) first");
    }

    private void checkOpen() {
        if (closed) {
            throw closed();
        }
    }

    private ModelException closed() {
        return new ModelException(Code.CLOSED, "the models of grid '" + grid.name() + "' are closed; use them before the"
                + " grid is closed, or open another grid");
    }

    /** The models for people, in a stable order. */
    public String dump() {
        StringBuilder text = new StringBuilder("models of grid '" + grid.name() + "'\n");
        for (ModelInfo info : list()) {
            text.append("  ").append(info.modelVersion()).append(", ").append(info.size()).append(" bytes, sha256 ")
                    .append(info.sha256()).append(": ").append(info.inputs()).append(" -> ").append(info.outputs())
                    .append(", ").append(describeHere(slots.get(info.name()))).append('\n');
        }
        return text.toString();
    }

    private static String describeHere(ModelSlot slot) {
        LoadedVersion loaded = slot == null ? null : slot.current();
        return loaded == null
                ? "not loaded here"
                : "v" + loaded.info().version() + " loaded here, used by " + slot.attached() + " stage instances";
    }

    /** Frees all loaded models, those in use as soon as their users have gone; called when the grid closes. */
    @Override
    public void close() {
        synchronized (slots) {
            closed = true;
        }
        slots.values().forEach(ModelSlot::close);
    }
}
