package io.penstock.dag.operator;

import io.penstock.dag.Tag;
import io.penstock.grid.Grid;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;

/** What an operator may know of its surroundings. */
public interface OperatorContext {

    Grid grid();

    /**
     * A view of a map for this instance's look-ups, which the caller closes: of all entries or, where the planner lets
     * rows come to the keys that they look up, of those that may be asked for here. Opening it may take as long as
     * copying these entries.
     */
    default <K, V> LocalView<K, V> localView(MapRef<K, V> ref) {
        return grid().map(ref).localView();
    }

    String job();

    String stage();

    /** Which of the stage's instances this is, from 0. */
    int instance();

    int instanceCount();

    /**
     * The last watermark that came to this instance, in ms since the epoch, or {@link Batch#NO_TIME}; inside
     * {@link Operator#onWatermark} the new one. The host keeps it over a restart, where the oldest of the instances'
     * watermarks counts; so an operator that judges rows by the watermark asks here, and keeps none of its own.
     */
    long watermarkMs();

    /**
     * The newest watermark that an instance of the stage had in the snapshot that the job goes on from, in ms since the
     * epoch; {@link Batch#NO_TIME} if there was none.
     */
    long restoredWatermarkMs();

    /**
     * Whether the job goes on from a snapshot; known from the first batch or {@link SourceOperator#fill} on. A source
     * that was then given no state had ended before.
     */
    boolean isRestored();

    /**
     * The ordinal of a side output that the stage has declared.
     *
     * @throws IllegalArgumentException if it has not
     */
    int output(Tag<?> tag);

    /**
     * A counter of this instance, such as {@code late}; the same one for the same name. To be asked for in {@link
     * Operator#open}: a counter that is made later has no meter.
     */
    StageCounter counter(String name);

    /**
     * Wakes this instance's worker, should it be parked, so that it calls the operator: for sources that other threads
     * feed, and that say with {@link SourceOperator#restNs} that they need not be asked. To be run behind what the
     * operator is to find. May be run by any thread, at any time, also after the end; costs some ns if the worker is
     * awake. Does nothing on a host that asks anyway.
     */
    Runnable wakeUp();
}
