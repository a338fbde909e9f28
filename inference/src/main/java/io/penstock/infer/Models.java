package io.penstock.infer;

import io.penstock.dag.operator.Batch;
import io.penstock.grid.Grid;
import io.penstock.grid.host.CarriedGrid;
import io.penstock.infer.ModelException.Code;
import io.penstock.infer.engine.EngineException;
import io.penstock.infer.engine.LoadedModel;
import io.penstock.infer.engine.ModelEngine;
import io.penstock.infer.engine.OnnxEngine;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The models of a grid: ONNX files in a grid map, each loaded once by a JVM and shared by all that score with it.
 *
 * <p>A deployed model takes over from its predecessor of the same name between two batches of the jobs that run, and
 * the predecessor's memory is freed after the last batch that it runs; or it takes over at an event time, and then both
 * stay, up to {@link #VERSIONS_MAX} of them, so that a job that begins later scores the same events with the same
 * versions. What has no event time, rows without timestamps and {@link #score}, counts as of now by the machine's
 * clock.
 *
 * <p><b>On a cluster</b> the models are shared by all members and clients. Each loads what it uses, once, and takes over
 * what any other deploys; {@code deploy} waits for that. One daemon thread follows, from the first use of a model on.
 *
 * <p>Thread-safe. {@code deploy}, {@code score} and {@code remove} work on the calling thread and take as long as
 * loading and running the model takes.
 */
public final class Models implements AutoCloseable {

    /** The largest model that a grid takes. */
    public static final long BYTES_MAX = 512L << 20;

    /** The most versions of a model that a grid keeps: one, and those with effect from an event time on. */
    public static final int VERSIONS_MAX = 4;

    private final Grid grid;
    private final ModelEngine engine;
    private final long bytesMax;
    private final ModelStore store;
    private final ModelLoader loader;
    private final ModelPeers peers;
    private final ModelDeployment deployment;
    private final ModelRemoval removal;
    /** Read by anybody; written under its own monitor, which also guards the change of {@link #closed}. */
    private final Map<String, ModelSlot> slots = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private Models(Grid grid, ModelEngine engine, long bytesMax, LongSupplier nowMs) {
        this.grid = grid;
        this.engine = engine;
        this.bytesMax = bytesMax;
        store = new ModelStore(grid);
        loader = new ModelLoader(grid, store, engine, nowMs);
        peers = CarriedGrid.isOnCluster(grid) ? new ClusterPeers(grid, store, loader) : ModelPeers.NONE;
        deployment = new ModelDeployment(grid, store, loader, peers, nowMs);
        removal = new ModelRemoval(store, peers);
    }

    /** The models of this grid. */
    public static Models of(Grid grid) {
        return grid.service(
                Models.class, ofGrid -> new Models(ofGrid, new OnnxEngine(), BYTES_MAX, System::currentTimeMillis));
    }

    static Models of(Grid grid, ModelEngine engine, long bytesMax) {
        return of(grid, engine, bytesMax, System::currentTimeMillis);
    }

    /** For tests: with another engine and clock; to be called before any other use of the grid's models. */
    public static Models of(Grid grid, ModelEngine engine, long bytesMax, LongSupplier nowMs) {
        return grid.service(Models.class, ofGrid -> new Models(ofGrid, engine, bytesMax, nowMs));
    }

    /**
     * Deploys a model from a file: {@link #deploy(String, byte[])}.
     *
     * @throws ModelException also if the file cannot be read
     */
    public ModelVersion deploy(String name, Path file) {
        return deploy(name, file, options -> {});
    }

    /** {@link #deploy(String, Path)} with options, see {@link #deploy(String, byte[], Consumer)}. */
    public ModelVersion deploy(String name, Path file, Consumer<DeployOptions> settings) {
        ModelChecks.checkName(name);
        DeployOptions options = options(settings);
        return deployOwned(name, ModelFiles.read(name, file, bytesMax), options);
    }

    /**
     * Deploys a model that lies on the class path: {@link #deploy(String, byte[])}.
     *
     * @param anchor the class beside which the resource lies
     * @param resource as for {@link Class#getResourceAsStream}
     * @throws ModelException also if there is no such resource
     */
    public ModelVersion deployResource(String name, Class<?> anchor, String resource) {
        return deployResource(name, anchor, resource, options -> {});
    }

    /** {@link #deployResource(String, Class, String)} with options, see {@link #deploy(String, byte[], Consumer)}. */
    public ModelVersion deployResource(
            String name, Class<?> anchor, String resource, Consumer<DeployOptions> settings) {
        ModelChecks.checkName(name);
        DeployOptions options = options(settings);
        return deployOwned(name, ModelFiles.readResource(name, anchor, resource, bytesMax), options);
    }

    /**
     * Checks a model, loads it, lets it score a batch of zeros, and makes it the current version of its name. When this
     * returns, every batch that begins, in this JVM or at any member or client of its cluster, is scored by it, or by a
     * later version. If it is refused, its predecessor stays.
     *
     * @param name 1 to 200 letters, digits, '.', '_' or '-'
     * @param onnx the model's file; copied
     * @throws ModelException if the model is refused; the code says why, the message also what to do
     */
    public ModelVersion deploy(String name, byte[] onnx) {
        return deploy(name, onnx, options -> {});
    }

    /**
     * {@link #deploy(String, byte[])} with options, such as the event time from which on the version is to score.
     *
     * <p>With {@link DeployOptions#from} each event is scored by the version for its time, also within one batch and
     * whenever that batch happens to be processed; events that a job has scored before this returns stay as they are.
     * The version replaces those that were to begin at its time or later; one that is deployed without a time
     * replaces all. Beyond {@link #VERSIONS_MAX} versions the oldest goes and the next one scores its events; that is
     * refused while a running job may still get some, for the watermark has not passed their time.
     *
     * @throws ModelException also if there is no version for the events before the time, or there are too many; with
     *     {@link Code#NOT_EVERYWHERE} if it is deployed, but some members cannot load it, or do not say within {@link
     *     DeployOptions#waitMax} that they have: they go on with what they have, and try again
     */
    public ModelVersion deploy(String name, byte[] onnx, Consumer<DeployOptions> settings) {
        ModelChecks.checkName(name);
        DeployOptions options = options(settings);
        ModelChecks.checkSize(name, onnx.length, bytesMax);
        return deployOwned(name, onnx.clone(), options);
    }

    private static DeployOptions options(Consumer<DeployOptions> settings) {
        DeployOptions options = new DeployOptions();
        settings.accept(options);
        return options;
    }

    private ModelVersion deployOwned(String name, byte[] onnx, DeployOptions options) {
        checkOpen();
        ModelChecks.checkSize(name, onnx.length, bytesMax);
        long startNs = System.nanoTime();
        LoadedModel loaded = ModelChecks.load(engine, name, onnx);
        ModelVersion deployed;
        try {
            deployed = deployment.make(slot(name), onnx, options, loaded, System.nanoTime() - startNs);
        } catch (RuntimeException | Error e) {
            loaded.close();
            throw e;
        }
        peers.awaitLoaded(deployed, options.waitMax());
        return deployed;
    }

    /** What is known of the version of a model that was deployed last. */
    public Optional<ModelInfo> describe(String name) {
        StoredModel stored = store.find(name);
        return stored == null || stored.isRemoved() ? Optional.empty() : Optional.of(stored.latest());
    }

    /**
     * All models by name, and of each the versions in the order of their event times: each scores from its time until
     * the next one's, the first also the events before.
     */
    public List<ModelInfo> list() {
        return store.all().stream()
                .filter(stored -> !stored.isRemoved())
                .sorted(Comparator.comparing(StoredModel::name))
                .flatMap(stored -> stored.infos().stream())
                .toList();
    }

    /**
     * Removes a model. Its name may be used again, for a model with other inputs and outputs too, and its versions go
     * on from where they were.
     *
     * @return whether there was such a model
     * @throws ModelException if a running job uses it, in this JVM or at another member or client of its cluster
     */
    public boolean remove(String name) {
        checkOpen();
        if (describe(name).isEmpty()) {
            return false;
        }
        ModelSlot slot = slot(name);
        slot.changing().lock();
        try {
            return removal.remove(slot);
        } finally {
            slot.changing().unlock();
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
        Schedule schedule = acquire(model);
        LoadedVersion version = schedule.version(schedule.ordinalAt(Batch.NO_TIME));
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
            if (batch.next().failure() != null) {
                throw batch.failure();
            }
            return batch.outputs();
        } catch (EngineException e) {
            throw new ModelException(Code.RUN_FAILED, version.info().modelVersion() + ": " + e.getMessage(), e);
        } finally {
            schedule.release();
        }
    }

    private Schedule acquire(String model) {
        checkOpen();
        ModelSlot slot = slots.get(model);
        Schedule schedule = slot == null ? null : slot.acquire();
        if (schedule != null) {
            return schedule;
        }
        Attachment caller = attach(model);
        try {
            return caller.acquire();
        } finally {
            caller.detach();
        }
    }

    /**
     * Attaches a stage to a model, which has a current schedule until {@link Attachment#detach} is called; loads the
     * versions that this JVM has not.
     *
     * @throws ModelException if there is no such model, or it cannot be loaded
     */
    Attachment attach(String name) {
        checkOpen();
        if (describe(name).isEmpty()) {
            throw unknown(name);
        }
        ModelSlot slot = slot(name);
        slot.changing().lock();
        try {
            Attachment stage = slot.attach();
            try {
                bring(slot);
            } catch (RuntimeException | Error e) {
                stage.detach();
                throw e;
            }
            peers.changed(slot);
            return stage;
        } finally {
            slot.changing().unlock();
        }
    }

    /** Loads what is stored for a stage that is attached already, so that whoever deploys or removes knows of it. */
    private void bring(ModelSlot slot) {
        if (slot.isClosed()) {
            throw closed();
        }
        peers.announce(slot);
        removal.awaitDecision(slot.name());
        if (loader.bring(slot) == null) {
            throw unknown(slot.name());
        }
        if (slot.current() == null) { // closed amid the loading
            throw closed();
        }
    }

    private ModelSlot slot(String name) {
        ModelSlot present = slots.get(name);
        if (present != null) {
            return present;
        }
        synchronized (slots) {
            checkOpen();
            return slots.computeIfAbsent(name, slotName -> new ModelSlot(slotName, peers));
        }
    }

    private ModelException unknown(String name) {
        List<String> names = list().stream().map(ModelInfo::name).distinct().toList();
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
        return ModelChecks.closed(grid.name());
    }

    /** The models for people, in a stable order. */
    public String dump() {
        StringBuilder text = new StringBuilder("models of grid '" + grid.name() + "'\n");
        list().forEach(info -> text.append(ModelDump.line(info, slots.get(info.name()))));
        return text.toString();
    }

    /** Frees all loaded models, those in use as soon as their users have gone; called when the grid closes. */
    @Override
    public void close() {
        synchronized (slots) {
            closed = true;
        }
        peers.close();
        slots.values().forEach(ModelSlot::close);
    }
}
