package io.penstock.infer;

import io.penstock.infer.ModelException.Code;
import io.penstock.infer.StoredModel.State;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Removes models that no stage uses, wherever it runs. Who removes first says so in what is stored, and then asks the
 * others; a stage that begins meanwhile tells that it does, and waits for what is decided:
 *
 * <pre>
 * DEPLOYED  to be removed   ==>   REMOVING  unused   ==>   REMOVED
 *                                 REMOVING  in use, or no word for 2 s   ==>   DEPLOYED
 * </pre>
 */
final class ModelRemoval {

    private static final long DECISION_MAX_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ModelStore store;
    private final ModelPeers peers;

    ModelRemoval(ModelStore store, ModelPeers peers) {
        this.store = store;
        this.peers = peers;
    }

    /**
     * Removes the model of a slot, whose {@link ModelSlot#changing} the caller holds.
     *
     * @return whether there was one
     * @throws ModelException with {@link Code#IN_USE}
     */
    boolean remove(ModelSlot slot) {
        checkUnusedHere(slot);
        StoredModel stored = store.find(slot.name());
        if (stored == null || stored.isRemoved()) {
            return false;
        }
        StoredModel removing = stored.in(State.REMOVING);
        if (!stored.equals(removing)) {
            store.replace(stored, removing);
        }
        checkUnusedElsewhere(removing);
        store.replace(removing, removing.in(State.REMOVED));
        slot.replace(null);
        peers.changed(slot);
        store.forget(stored.versions());
        return true;
    }

    private static void checkUnusedHere(ModelSlot slot) {
        if (slot.attached() > 0) {
            throw new ModelException(Code.IN_USE, "model '" + slot.name() + "' is in use by " + slot.attached()
                    + " stage instances of running jobs; cancel the jobs first, or deploy another version");
        }
    }

    private void checkUnusedElsewhere(StoredModel removing) {
        List<String> users;
        try {
            users = peers.awaitUnused(removing.name());
        } catch (RuntimeException e) {
            takeBack(removing);
            throw e;
        }
        if (!users.isEmpty()) {
            takeBack(removing);
            throw new ModelException(Code.IN_USE, "model '" + removing.name() + "' is in use by running jobs of "
                    + String.join(", ", users) + "; cancel the jobs first, or deploy another version");
        }
    }

    /** Waits until it is decided whether a model is removed that is about to be. */
    void awaitDecision(String name) {
        long startNs = System.nanoTime();
        StoredModel stored = store.find(name);
        while (stored != null && stored.state() == State.REMOVING) {
            if (System.nanoTime() - startNs > DECISION_MAX_NS) {
                takeBack(stored); // who was to decide may be gone
            } else {
                LockSupport.parkNanos(this, PAUSE_NS);
            }
            stored = store.find(name);
        }
    }

    private void takeBack(StoredModel removing) {
        try {
            store.replace(removing, removing.in(State.DEPLOYED));
        } catch (ModelException e) {
            if (e.code() != Code.CONFLICT) { // else somebody has decided
                throw e;
            }
        }
    }
}
