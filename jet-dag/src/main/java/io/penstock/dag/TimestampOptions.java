package io.penstock.dag;

import io.penstock.dag.step.IdleTime;
import java.time.Duration;

/**
 * What {@code withTimestamps} may be told beyond the time of an event.
 *
 * @param <T> the type of the stage's events
 */
public final class TimestampOptions<T> extends StepOptions<T, TimestampOptions<T>> {

    private long idleAfterMs;
    private boolean advances;

    TimestampOptions() {}

    @Override
    protected TimestampOptions<T> self() {
        return this;
    }

    /**
     * Lets an instance of the source that has given nothing for so long (wall clock) hold the others back no longer:
     * time goes by those that are not idle; where all are, by the newest of them. What it gives when it comes back may be
     * late. Default: all wait for it. A source whose functions block must return now and then for this.
     *
     * @param duration from 1 ms
     */
    public TimestampOptions<T> idleAfter(Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException("idleAfter must be at least 1 ms, but is " + duration);
        }
        idleAfterMs = duration.toMillis();
        return this;
    }

    /**
     * Lets event time go on with the wall clock, from the newest event's time, while all instances are idle; so the
     * last windows fire although no event comes. Needs {@link #idleAfter}.
     */
    public TimestampOptions<T> advanceWhenIdle() {
        advances = true;
        return this;
    }

    IdleTime idleTime() {
        if (advances && idleAfterMs == 0) {
            throw new IllegalArgumentException("stage '" + nameOr("timestamps")
                    + "': advanceWhenIdle() needs to know when that is; add idleAfter(duration)");
        }
        return new IdleTime(idleAfterMs, advances);
    }
}
