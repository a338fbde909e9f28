package io.penstock.infer;

import static java.util.stream.Collectors.toSet;

import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.GridMember;
import io.penstock.grid.MapRef;
import io.penstock.grid.host.CarriedGrid;
import io.penstock.infer.ModelException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members and clients of a cluster that have models loaded. One thread looks every {@value #CALM_PACE_MS} ms, and
 * more often after a change, at what is stored of the models that this JVM has, and tells the others what it has;
 * others, for as long as there is something to load, load it. It looks instead of listening, as then there are no gaps:
 * whatever was missed while a member or the whole cluster was away, the next look finds.
 */
final class ClusterPeers implements ModelPeers {

    static final MapRef<String, ModelUses> USES = MapRef.of("penstock.models.uses", String.class, ModelUses.class);

    private static final Logger LOG = LoggerFactory.getLogger(ClusterPeers.class);
    private static final long CALM_PACE_MS = 250;
    private static final long PACE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    /** So long after a change there may soon be another. */
    private static final long EAGER_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long UNUSED_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long CLOSE_WAIT_MAX_MS = 2_000;
    private static final int LOADS_MAX = 4;
    private static final long LOADER_IDLE_S = 5;

    private final Grid grid;
    private final ModelStore store;
    private final ModelLoader loader;
    private final GridMap<String, ModelUses> uses;
    private final UUID user = UUID.randomUUID();
    private final SilentUsers silent;
    private final Map<String, FollowedModel> followed = new ConcurrentHashMap<>();
    private final Set<String> loading = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor loads;
    private final Thread follower;
    private final Object starting = new Object();
    private boolean started;
    private volatile long changedNs = System.nanoTime();
    private volatile boolean closed;
    private boolean isFailing;

    ClusterPeers(Grid grid, ModelStore store, ModelLoader loader) {
        this.grid = grid;
        this.store = store;
        this.loader = loader;
        uses = CarriedGrid.map(grid, USES, map -> map.journalCapacity(0));
        silent = new SilentUsers(
                () -> grid.members().stream().map(GridMember::id).collect(toSet()), System::nanoTime);
        String name = "penstock-" + grid.name() + "-models";
        follower = new Thread(this::follow, name);
        follower.setDaemon(true);
        AtomicInteger loaderCount = new AtomicInteger();
        ThreadFactory loaders = task -> {
            Thread thread = new Thread(task, name + "-load-" + loaderCount.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        loads = new ThreadPoolExecutor(
                0, LOADS_MAX, LOADER_IDLE_S, TimeUnit.SECONDS, new SynchronousQueue<>(), loaders,
                (task, executor) -> loading.remove(((Load) task).model.slot().name())); // until a thread is free
    }

    @Override
    public boolean keepsWhatItDeploys() {
        return grid.members().stream().anyMatch(GridMember::isLocal);
    }

    @Override
    public void announce(ModelSlot slot) {
        followed.computeIfAbsent(slot.name(), name -> new FollowedModel(grid, user, slot, loader, uses, silent))
                .announce();
        synchronized (starting) {
            if (!started && !closed) {
                started = true;
                follower.start();
            }
        }
        changed(slot);
    }

    @Override
    public void changed(ModelSlot slot) {
        changedNs = System.nanoTime();
        LockSupport.unpark(follower);
    }

    // ---- asking

    /** What the others told that have not gone; what those told is forgotten. */
    private List<ModelUse> others(String name) {
        ModelUses all = uses.get(name);
        if (all == null) {
            return List.of();
        }
        Set<ModelUse> gone = silent.gone(name, all.uses());
        if (!gone.isEmpty()) {
            uses.computeIfPresent(name, (ignored, before) -> before.without(gone).orNull());
        }
        return all.without(gone).without(user).uses();
    }

    @Override
    public int latestVersion(String name) {
        return others(name).stream().mapToInt(ModelUse::version).max().orElse(0);
    }

    @Override
    public boolean havePassed(String name, long timeMs) {
        return others(name).stream().allMatch(use -> use.stageCount() == 0 || use.watermarkMs() >= timeMs);
    }

    /** Waits until there is none among the others for whom it holds, and returns those for whom it does in the end. */
    private List<ModelUse> awaitNone(String name, Predicate<ModelUse> holds, long waitMaxNs) {
        long startNs = System.nanoTime();
        while (true) {
            List<ModelUse> found = others(name).stream().filter(holds).toList();
            if (found.isEmpty() || System.nanoTime() - startNs >= waitMaxNs || Thread.currentThread().isInterrupted()) {
                return found;
            }
            if (closed) {
                throw new ModelException(Code.CLOSED, "model '" + name + "': grid '" + grid.name()
                        + "' was closed while it waited for others that use the model");
            }
            LockSupport.parkNanos(this, PAUSE_NS);
        }
    }

    @Override
    public void awaitLoaded(ModelVersion version, Duration waitMax) {
        int wanted = version.version();
        List<ModelUse> waitedFor = awaitNone(
                version.name(), use -> !use.has(wanted) && !use.failed(wanted), waitMax.toNanos());
        List<String> troubles = new ArrayList<>();
        String until = Thread.currentThread().isInterrupted()
                ? " until this thread was interrupted"
                : " within " + waitMax.toMillis() + " ms";
        waitedFor.forEach(use -> troubles.add(
                use.where() + " has not said" + until + " that it scores with it (" + present(use) + ")"));
        others(version.name()).stream().filter(use -> use.failed(wanted)).forEach(use ->
                troubles.add(use.where() + " cannot load it (" + present(use) + "): " + use.problem()));
        if (!troubles.isEmpty()) {
            throw new ModelException(Code.NOT_EVERYWHERE, version + " is deployed, and scores where it is loaded, but "
                    + String.join("; ", troubles) + ". They try again by themselves; to go back, deploy the former"
                    + " version again");
        }
    }

    private static String present(ModelUse use) {
        return use.version() == 0 ? "it has none" : "it has v" + use.version();
    }

    @Override
    public List<String> awaitUnused(String name) {
        return awaitNone(name, use -> use.stageCount() > 0, UNUSED_WAIT_NS).stream()
                .map(ModelUse::where).toList();
    }

    // ---- following

    private void follow() {
        while (!closed) {
            List<FollowedModel> models = followed.values().stream().filter(FollowedModel::isAnnounced).toList();
            try {
                look(models);
                isFailing = false;
            } catch (RuntimeException e) {
                failed(e);
            }
            LockSupport.parkNanos(this, models.isEmpty() ? IDLE_NS : paceNs());
        }
        followed.values().forEach(this::retract);
    }

    private long paceNs() {
        return System.nanoTime() - changedNs < EAGER_NS ? PACE_NS : TimeUnit.MILLISECONDS.toNanos(CALM_PACE_MS);
    }

    private void look(List<FollowedModel> models) {
        if (models.isEmpty()) {
            return;
        }
        Map<String, StoredModel> stored = store.find(models.stream().map(model -> model.slot().name()).toList());
        for (FollowedModel model : models) {
            StoredModel now = stored.get(model.slot().name());
            if (model.mustEnd(now)) {
                model.end(store);
            } else if (model.mustLoad(now)) {
                load(model, now);
            }
            model.tellIfDue();
        }
    }

    private void failed(RuntimeException failure) {
        if (!closed && !isFailing) {
            isFailing = true;
            LOG.warn("grid '{}': what others deploy is not followed now; it is tried again until it works",
                    grid.name(), failure);
        }
    }

    /** On a thread of its own: one that takes long does not hold up others. */
    private void load(FollowedModel model, StoredModel stored) {
        if (loading.add(model.slot().name())) {
            loads.execute(new Load(model, stored));
        }
    }

    private final class Load implements Runnable {

        private final FollowedModel model;
        private final StoredModel stored;

        Load(FollowedModel model, StoredModel stored) {
            this.model = model;
            this.stored = stored;
        }

        @Override
        public void run() {
            try {
                model.load(stored);
            } finally {
                loading.remove(model.slot().name());
                changed(model.slot());
            }
        }
    }

    private void retract(FollowedModel model) {
        try {
            model.retract();
        } catch (RuntimeException e) {
            LOG.debug("grid '{}': the others are not told that it has no models any more; they find out",
                    grid.name(), e);
        }
    }

    /** Waits for the others to be told, but not for a cluster that does not answer, nor for a model that is loaded. */
    @Override
    public void close() {
        synchronized (starting) {
            closed = true;
        }
        loads.shutdownNow();
        LockSupport.unpark(follower);
        try {
            follower.join(CLOSE_WAIT_MAX_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
