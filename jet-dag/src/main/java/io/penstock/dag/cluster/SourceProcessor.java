package io.penstock.dag.cluster;

import java.util.concurrent.TimeUnit;

/** Drives a tree whose root is a source. Leaves a source that has nothing alone for as long as it says. */
final class SourceProcessor extends TreeProcessor {

    private enum State {
        FILL,
        LAST_WATERMARK,
        END,
        DRAIN,
        ENDED
    }

    /** A source that does not say how long it has nothing is asked again after 20 µs, 40 µs, ... up to 5 ms. */
    private static final long BACK_OFF_NS_MIN = TimeUnit.MICROSECONDS.toNanos(20);

    private static final long BACK_OFF_NS_MAX = TimeUnit.MILLISECONDS.toNanos(5);

    private final TreePart part;
    private State state = State.FILL;
    /** Whether a step has been begun and not finished. */
    private boolean underway;
    private boolean resting;
    private boolean flushed;
    private long restBeganNs;
    private long restNs;
    private long backOffNs;
    private volatile boolean woken;

    SourceProcessor(TreePart part) {
        super(part);
        this.part = part;
        tree.contexts().forEach(context -> context.onWakeUp(() -> woken = true));
    }

    @Override
    public boolean complete() {
        return call(() -> {
            if (underway || state != State.FILL || doTimely()) {
                work();
            }
            return state == State.ENDED && closed();
        });
    }

    private void work() {
        if (resting && !isRestOver()) {
            flushed = flushed || tree.flushCollected();
            return;
        }
        do {
            step();
        } while (!underway && !resting && state != State.ENDED && !isTimeUp());
    }

    private boolean isRestOver() {
        if (woken || nowNs() - restBeganNs >= restNs) {
            woken = false;
            resting = false;
        }
        return !resting;
    }

    private void step() {
        State next = switch (state) {
            case FILL -> fill();
            case LAST_WATERMARK -> tree.acceptWatermark(Long.MAX_VALUE) ? State.END : null;
            case END -> tree.acceptEnd() ? State.DRAIN : null;
            case DRAIN -> drained();
            case ENDED -> State.ENDED;
        };
        underway = next == null;
        state = underway ? state : next;
    }

    private State fill() {
        long before = tree.work();
        if (!tree.fill()) {
            return null;
        }
        if (tree.isSourceEnded()) {
            return State.LAST_WATERMARK;
        }
        if (tree.work() == before && !underway) {
            flushed = tree.flushCollected();
            rest();
        } else {
            backOffNs = 0;
        }
        return State.FILL;
    }

    private void rest() {
        restNs = tree.sourceRestNs();
        if (restNs <= 0) {
            backOffNs = Math.min(BACK_OFF_NS_MAX, Math.max(BACK_OFF_NS_MIN, 2 * backOffNs));
            restNs = backOffNs;
        }
        restBeganNs = nowNs();
        resting = true;
    }

    private State drained() {
        if (!tree.flushCollected()) {
            return null;
        }
        part.execution().ended();
        return State.ENDED;
    }

    @Override
    void nothingLeft() {
        state = State.LAST_WATERMARK;
    }

    @Override
    boolean finishBegun() {
        while (underway) {
            if (state == State.DRAIN) {
                return tree.flushCollected();
            }
            step();
            if (underway) {
                return false;
            }
        }
        return true;
    }
}
