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
     * Begins with the map's content, as changes of kind {@code PRESENT}; then come the changes, with no gap and no
     * repeat. This happens partition by partition; a snapshot waits until the content of the present one has been
     * given.
     */
    public MapChangesOptions fromContent() {
        start = MapChangesSource.Start.CONTENT;
        return this;
    }

    /**
     * After a gap, goes on with the oldest change that is left. The stage's counter {@code lost} tells how many are
     * missing. Default: the job fails. A job that goes on from a snapshot, and finds that the map has another journal
     * now (its grid was opened anew), begins with the oldest change of that; what is missing then is not counted, but
     * logged.
     */
    public MapChangesOptions skipGaps() {
        onGap = MapChangesSource.OnGap.SKIP;
        return this;
    }

    /**
     * After a gap, gives the content of the partition anew, as changes of kind {@code PRESENT}, and goes on from there.
     * That keys were removed in the gap is not told: a copy of the map may keep them. The stage's counter {@code lost}
     * counts as well. A job that goes on from a snapshot, and finds that the map has another journal now, gives all of
     * the map's content.
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
