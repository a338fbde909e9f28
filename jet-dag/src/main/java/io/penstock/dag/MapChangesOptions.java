package io.penstock.dag;

import io.penstock.dag.step.MapChangesSource;

/** Where {@link Sources#mapChanges} begins, and what it does when it has fallen behind. */
public final class MapChangesOptions {

    private MapChangesSource.Start start = MapChangesSource.Start.NOW;
    private MapChangesSource.OnGap onGap = MapChangesSource.OnGap.FAIL;

    MapChangesOptions() {}

    /** Begins with the oldest change that the map's journal has kept. Default: with those after the job's start. */
    public MapChangesOptions fromOldest() {
        start = MapChangesSource.Start.OLDEST;
        return this;
    }

    /**
     * Begins with the map's content, as changes of kind {@code PRESENT}; then come the changes, with no gap and no repeat.
     */
    public MapChangesOptions fromContent() {
        start = MapChangesSource.Start.CONTENT;
        return this;
    }

    /**
     * After a gap, goes on with the oldest change that is left. The stage's counter {@code lost} tells how many are
     * missing. Default: the job fails.
     */
    public MapChangesOptions skipGaps() {
        onGap = MapChangesSource.OnGap.SKIP;
        return this;
    }

    /**
     * After a gap, gives the content of the partition anew, as changes of kind {@code PRESENT}, and goes on from there.
     * What the keys that were removed in the gap had is not told. The stage's counter {@code lost} counts as well.
     */
    public MapChangesOptions readContentAfterGaps() {
        onGap = MapChangesSource.OnGap.READ_CONTENT;
        return this;
    }

    MapChangesSource.Start start() {
        return start;
    }

    MapChangesSource.OnGap onGap() {
        return onGap;
    }
}
