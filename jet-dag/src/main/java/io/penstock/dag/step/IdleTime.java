package io.penstock.dag.step;

import java.io.Serializable;

/**
 * What {@link Timestamps} does when nothing comes.
 *
 * @param afterMs after so much wall-clock time without input an instance is idle; 0 for never
 * @param advances whether time goes on by the wall clock while it is
 */
public record IdleTime(long afterMs, boolean advances) implements Serializable {

    /** However long nothing comes, all wait. */
    public static final IdleTime NEVER = new IdleTime(0, false);

    private static final long ADVANCE_MS = 20;
    private static final long CHECK_MS_MIN = 5;
    private static final long CHECK_MS_MAX = 500;

    /** How often to look: time that advances should do so smoothly; else a part of {@link #afterMs} does. */
    long tickMs() {
        if (afterMs == 0) {
            return 0;
        }
        return advances ? ADVANCE_MS : Math.max(CHECK_MS_MIN, Math.min(CHECK_MS_MAX, afterMs / 4));
    }
}
