package io.penstock.infer;

import java.time.Duration;
import java.util.List;

/**
 * The other JVMs that share the models of this grid. Each tells the others what it has loaded before it looks at what
 * is stored, and who deploys or removes stores first and then looks at what was told: so one of the two sees the other.
 *
 * <p>All methods may wait for the network, but {@link #changed}.
 */
interface ModelPeers extends AutoCloseable {

    /** Whether this JVM keeps a model loaded that it has deployed, for jobs to come. */
    boolean keepsWhatItDeploys();

    /** Tells the others that this JVM has a model loaded, or is about to; and has it follow what is stored. */
    void announce(ModelSlot slot);

    /** What this JVM has told of a model has changed; the others are told soon. */
    void changed(ModelSlot slot);

    /** The latest version of a model that any of the others has loaded, or 0. */
    int latestVersion(String name);

    /** Whether no stage at the others will get a row with a time before this, but late ones. */
    boolean havePassed(String name, long timeMs);

    /**
     * Waits until the others that have a model loaded score with a version.
     *
     * @throws ModelException with {@link ModelException.Code#NOT_EVERYWHERE} if some cannot, or do not say so in time
     */
    void awaitLoaded(ModelVersion version, Duration waitMax);

    /** Waits a moment until no stage at the others uses a model, and returns whose still do, for people. */
    List<String> awaitUnused(String name);

    /** Tells the others that this JVM has nothing loaded any more; for a limited time. */
    @Override
    void close();

    /** Of a grid that nobody shares. */
    ModelPeers NONE = new ModelPeers() {
        @Override
        public boolean keepsWhatItDeploys() {
            return true;
        }

        @Override
        public void announce(ModelSlot slot) {}

        @Override
        public void changed(ModelSlot slot) {}

        @Override
        public int latestVersion(String name) {
            return 0;
        }

        @Override
        public boolean havePassed(String name, long timeMs) {
            return true;
        }

        @Override
        public void awaitLoaded(ModelVersion version, Duration waitMax) {}

        @Override
        public List<String> awaitUnused(String name) {
            return List.of();
        }

        @Override
        public void close() {}
    };
}
