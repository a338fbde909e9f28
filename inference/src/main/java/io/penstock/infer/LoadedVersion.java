package io.penstock.infer;

import io.penstock.infer.engine.LoadedModel;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A version of a model in this JVM's memory, with a count of its users: to close a model that somebody uses may crash
 * the JVM, so the last user closes it.
 *
 * <p>Whoever makes it is its first user. The count never leaves zero again.
 */
final class LoadedVersion {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedVersion.class);

    private final ModelInfo info;
    private final LoadedModel model;
    private final ModelMeters meters;
    private final AtomicInteger users = new AtomicInteger(1);

    /** @param meters removed when the model is closed */
    LoadedVersion(ModelInfo info, LoadedModel model, ModelMeters meters) {
        this.info = info;
        this.model = model;
        this.meters = meters;
    }

    ModelInfo info() {
        return info;
    }

    /** Only for those who have acquired it and not yet released it. */
    LoadedModel model() {
        return model;
    }

    ModelMeters meters() {
        return meters;
    }

    /** Becomes a user, until {@link #release}; false if the last one has left. */
    boolean acquire() {
        int count = users.get();
        while (count > 0 && !users.compareAndSet(count, count + 1)) {
            count = users.get();
        }
        return count > 0;
    }

    void release() {
        int left = users.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException(info.modelVersion() + " was released more often than acquired");
        }
        if (left == 0) {
            unload();
        }
    }

    /** Throws nothing: whoever leaves last did nothing wrong, and may be a deployment that has taken over already. */
    private void unload() {
        try {
            model.close();
        } catch (RuntimeException e) {
            LOG.warn("{} could not be unloaded; its memory is lost to this JVM", info.modelVersion(), e);
        }
        meters.remove();
    }
}
