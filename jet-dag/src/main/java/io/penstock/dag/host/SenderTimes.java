package io.penstock.dag.host;

import java.util.Arrays;

/**
 * What the senders of an operator tree have said about time, as the tree is told.
 *
 * <p>Watermarks are coalesced by minimum over the senders that are not idle. If all are idle, or at their end, none
 * holds the others back: the newest watermark counts, and the tree's own readers are told that it is idle.
 *
 * <p>Used by the thread that drives the tree.
 */
public final class SenderTimes {

    private enum Due {
        NOTHING,
        WATERMARK,
        IDLE
    }

    private final OperatorTree tree;
    private final long[] watermarksMs;
    /** By sender, the last watermark but that at the end. */
    private final long[] lastTimesMs;
    private final boolean[] idle;
    private final boolean[] ended;
    private Due due = Due.NOTHING;
    /** Whether something was said since the tree was told. */
    private boolean changed = true;
    private long watermarkMs = Long.MIN_VALUE;
    private boolean idleTold;

    public SenderTimes(OperatorTree tree, int senderCount) {
        this.tree = tree;
        watermarksMs = new long[senderCount];
        lastTimesMs = new long[senderCount];
        Arrays.fill(watermarksMs, Long.MIN_VALUE);
        Arrays.fill(lastTimesMs, Long.MIN_VALUE);
        idle = new boolean[senderCount];
        ended = new boolean[senderCount];
    }

    /** Before rows of that sender are given to the tree, which is to be {@linkplain #tell told} first. */
    public void rowsFrom(int sender) {
        if (idle[sender]) {
            idle[sender] = false;
            changed = true;
        }
    }

    /** The sender will send nothing that is older. */
    public void watermark(int sender, long newMs) {
        watermarksMs[sender] = newMs;
        if (newMs != Long.MAX_VALUE) {
            lastTimesMs[sender] = newMs;
        }
        changed = true;
    }

    /** Whether the sender has nothing at present from which time could be told. */
    public void idle(int sender, boolean isIdle) {
        idle[sender] = isIdle;
        changed = true;
    }

    /** The sender will send nothing any more. */
    public void end(int sender) {
        watermarksMs[sender] = Long.MAX_VALUE;
        ended[sender] = true;
        changed = true;
    }

    public boolean hasEnded(int sender) {
        return ended[sender];
    }

    /** Whether no sender will send anything. */
    public boolean haveAllEnded() {
        for (boolean senderEnded : ended) {
            if (!senderEnded) {
                return false;
            }
        }
        return true;
    }

    /** Tells the tree what follows from all that was said; false if this is to be called again before anything else. */
    public boolean tell() {
        while (due != Due.NOTHING || changed) {
            if (due == Due.NOTHING) {
                due = next();
            }
            switch (due) {
                case WATERMARK -> {
                    if (!tree.acceptWatermark(watermarkMs)) {
                        return false;
                    }
                    due = Due.NOTHING;
                }
                case IDLE -> {
                    if (!tree.acceptIdle(!idleTold)) {
                        return false;
                    }
                    idleTold = !idleTold;
                    due = Due.NOTHING;
                }
                case NOTHING -> changed = false;
            }
        }
        return true;
    }

    private Due next() {
        long oldestMs = Long.MAX_VALUE;
        long newestMs = Long.MIN_VALUE;
        boolean noneActive = true;
        boolean allAtLastWatermark = true;
        for (int sender = 0; sender < watermarksMs.length; sender++) {
            boolean isAtLastWatermark = watermarksMs[sender] == Long.MAX_VALUE;
            oldestMs = Math.min(oldestMs, idle[sender] ? Long.MAX_VALUE : watermarksMs[sender]);
            newestMs = Math.max(newestMs, lastTimesMs[sender]);
            noneActive &= isAtLastWatermark || idle[sender];
            allAtLastWatermark &= isAtLastWatermark;
        }
        boolean isIdle = noneActive && !allAtLastWatermark;
        long coalescedMs = isIdle ? newestMs : oldestMs;
        if (coalescedMs > watermarkMs) {
            watermarkMs = coalescedMs;
            return Due.WATERMARK;
        }
        return isIdle != idleTold && !allAtLastWatermark ? Due.IDLE : Due.NOTHING;
    }
}
