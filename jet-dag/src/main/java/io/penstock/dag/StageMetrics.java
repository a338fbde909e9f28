package io.penstock.dag;

import java.io.Serializable;
import java.util.Map;

/**
 * What one instance of a stage has done.
 *
 * @param worker the instance, from 0
 * @param counters by name: {@code in}, {@code out} (main output), {@code failures}, {@code late}, {@code held} (calls that
 *     kept a worker's thread for over 10 ms), and the stage's own
 * @param watermarkMs the last watermark, in ms since the epoch; {@link Long#MIN_VALUE} before the first, {@link
 *     Long#MAX_VALUE} after the end
 */
public record StageMetrics(String stage, int worker, Map<String, Long> counters, long watermarkMs)
        implements Serializable {

    public StageMetrics {
        counters = Map.copyOf(counters);
    }

    /** A counter's value; 0 if the stage has no such counter. */
    public long count(String counter) {
        return counters.getOrDefault(counter, 0L);
    }
}
