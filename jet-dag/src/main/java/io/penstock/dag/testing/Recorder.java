package io.penstock.dag.testing;

import io.penstock.dag.host.Receiver;
import io.penstock.dag.operator.Batch;
import java.util.Random;
import java.util.function.UnaryOperator;

/** The end of a tested operator's output: writes down what comes, when it does not refuse. */
final class Recorder implements Receiver {

    private final Recording recording;
    private final int output;
    private final boolean withWatermarks;
    private final UnaryOperator<Object> view;
    private final Random refusals;
    private int section;
    private long watermarkMs = Long.MIN_VALUE;
    private boolean ended;

    /** @param refusals decides when to refuse; null to accept all */
    Recorder(Recording recording, int output, boolean withWatermarks, UnaryOperator<Object> view, Random refusals) {
        this.recording = recording;
        this.output = output;
        this.withWatermarks = withWatermarks;
        this.view = view;
        this.refusals = refusals;
        section = recording.watermarkCount();
    }

    private boolean refuses() {
        return refusals != null && refusals.nextInt(3) != 0;
    }

    @Override
    public boolean accept(Batch batch) {
        if (ended) {
            throw new AssertionError("rows came after the end");
        }
        if (refuses()) {
            return false;
        }
        for (int row = 0; row < batch.size(); row++) {
            recording.row(output, section, new Recording.Row(batch.timeMs(row), view.apply(batch.event(row))));
        }
        return true;
    }

    @Override
    public boolean acceptWatermark(long newWatermarkMs) {
        if (newWatermarkMs <= watermarkMs) {
            throw new AssertionError("watermark " + newWatermarkMs + " came after " + watermarkMs);
        }
        if (refuses()) {
            return false;
        }
        watermarkMs = newWatermarkMs;
        if (withWatermarks && newWatermarkMs != Long.MAX_VALUE) {
            recording.watermark(section++, newWatermarkMs);
        }
        return true;
    }

    @Override
    public boolean acceptIdle(boolean isIdle) {
        return !refuses();
    }

    @Override
    public boolean acceptEnd() {
        if (refuses()) {
            return false;
        }
        ended = true;
        return true;
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public boolean flushCollected() {
        return !refuses();
    }
}
