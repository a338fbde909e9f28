package io.penstock.infer;

import io.penstock.dag.operator.Batch;
import io.penstock.grid.Grid;
import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.grid.GridMember;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that this JVM has loaded, or is about to: what it tells the others of it, and how it takes over what they
 * have deployed. {@link #announce} and {@link #tell} may be called by any thread, all else by those of {@link
 * ClusterPeers}.
 */
final class FollowedModel {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedModel.class);
    private static final long BEAT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(5);

    private final Grid grid;
    private final UUID user;
    private final ModelSlot slot;
    private final ModelLoader loader;
    private final GridMap<String, ModelUses> uses;
    private final SilentUsers silent;
    /** Null while the others know of no use. Written under this object's monitor, as the next three. */
    private volatile ModelUse told;
    private long toldNs;
    private long beat;
    private Set<ModelUse> gone = Set.of();
    /** Null if what was stored last could be loaded. */
    private volatile Failure failure;
    private boolean isLost;

    private record Failure(StoredModel of, String problem, long sinceNs) {

        int version() {
            return of.latest().version();
        }
    }

    FollowedModel(Grid grid, UUID user, ModelSlot slot, ModelLoader loader, GridMap<String, ModelUses> uses,
            SilentUsers silent) {
        this.grid = grid;
        this.user = user;
        this.slot = slot;
        this.loader = loader;
        this.uses = uses;
        this.silent = silent;
    }

    ModelSlot slot() {
        return slot;
    }

    boolean isAnnounced() {
        return told != null;
    }

    // ---- telling

    /** Tells the others before a use begins, if what they know would have them believe that there is none. */
    synchronized void announce() {
        boolean seemsUnused = told == null
                || slot.attached() > 0 && (told.stageCount() == 0 || told.watermarkMs() != Batch.NO_TIME);
        if (seemsUnused) {
            tell();
        }
    }

    /** Tells the others what has changed, or after a second that this JVM lives. */
    synchronized void tellIfDue() {
        boolean isDue = told != null
                && (System.nanoTime() - toldNs >= BEAT_NS
                        || told.version() != slot.version()
                        || (told.stageCount() == 0) != (slot.attached() == 0)
                        || told.failedVersion() != failedVersion());
        if (isDue) {
            tell();
        }
    }

    private void tell() {
        ModelUse next = use();
        Set<ModelUse> forgotten = gone;
        ModelUses all = uses.compute(slot.name(), (name, before) ->
                (before == null ? ModelUses.NONE : before).without(forgotten).with(next));
        told = next;
        toldNs = System.nanoTime();
        gone = silent.gone(slot.name(), all.uses());
    }

    private ModelUse use() {
        String memberId = "";
        String where = "a client, grid '" + grid.name() + "'";
        for (GridMember member : grid.members()) {
            if (member.isLocal()) {
                memberId = member.id();
                where = "member " + member.address();
            }
        }
        Failure failed = failure;
        return new ModelUse(
                user, memberId, where, slot.version(), slot.attached(), slot.watermarkMs(), failedVersion(),
                failed == null ? "" : failed.problem(), ++beat);
    }

    private int failedVersion() {
        Failure failed = failure;
        return failed == null ? 0 : failed.version();
    }

    /** Tells the others that there is no use any more. */
    synchronized void retract() {
        if (told != null) {
            uses.computeIfPresent(slot.name(), (name, before) -> before.without(user).orNull());
            told = null;
        }
    }

    // ---- following

    /** Whether what is stored is to be loaded now. */
    boolean mustLoad(StoredModel stored) {
        if (stored == null) {
            warnOfLoss();
            return false;
        }
        isLost = false;
        Schedule current = slot.current();
        if (current != null && current.infos().equals(stored.infos())) {
            return false;
        }
        Failure failed = failure;
        return failed == null || !failed.of().equals(stored) || System.nanoTime() - failed.sinceNs() >= RETRY_NS;
    }

    private void warnOfLoss() {
        if (!isLost && slot.current() != null) {
            isLost = true;
            LOG.warn("grid '{}': model '{}' is lost, perhaps with members of the cluster; v{} stays loaded here;"
                    + " deploy it again", grid.name(), slot.name(), slot.version());
        }
    }

    /** Takes over what is stored, unless somebody does so right now. */
    void load(StoredModel seen) {
        if (!slot.changing().tryLock()) {
            return;
        }
        try {
            loader.bring(slot);
            failure = null;
        } catch (RuntimeException | Error e) { // an Error too: the model may be too large for this machine
            failed(seen, e);
        } finally {
            slot.changing().unlock();
        }
    }

    private void failed(StoredModel seen, Throwable cause) {
        if (cause instanceof GridException) { // no word on the model
            LOG.debug("grid '{}': {} could not be fetched; it is tried again", grid.name(), seen, cause);
            return;
        }
        if (failure == null || !failure.of().equals(seen)) {
            LOG.warn("grid '{}': {} could not be loaded here; what was loaded before goes on scoring, and it is tried"
                    + " again", grid.name(), seen.latest().modelVersion(), cause);
        }
        String problem = cause instanceof ModelException ? cause.getMessage() : cause.toString();
        failure = new Failure(seen, problem, System.nanoTime());
    }

    /** Whether there is nothing to follow: the model was removed, or could not be loaded when somebody asked for it. */
    boolean mustEnd(StoredModel stored) {
        return slot.attached() == 0 && (slot.current() == null || stored != null && stored.isRemoved());
    }

    /** Unloads the model, if it is still so, and nobody is at it right now. */
    void end(ModelStore store) {
        if (!slot.changing().tryLock()) {
            return;
        }
        try {
            if (mustEnd(store.find(slot.name()))) {
                slot.replace(null);
                failure = null;
                retract();
            }
        } finally {
            slot.changing().unlock();
        }
    }
}
