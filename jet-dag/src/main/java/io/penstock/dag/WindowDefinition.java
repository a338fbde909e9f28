package io.penstock.dag;

import java.io.Serializable;
import java.time.Duration;

/** How events are split into windows of event time. */
public final class WindowDefinition implements Serializable {

    private static final long serialVersionUID = 1L;

    private final long sizeMs;

    private WindowDefinition(long sizeMs) {
        this.sizeMs = sizeMs;
    }

    /** Windows of {@code size} each, one after the other; the first begins at the epoch. */
    public static WindowDefinition tumbling(Duration size) {
        if (size.toMillis() < 1) {
            throw new IllegalArgumentException("a tumbling window must be at least 1 ms long, but is " + size);
        }
        return new WindowDefinition(size.toMillis());
    }

    long sizeMs() {
        return sizeMs;
    }
}
