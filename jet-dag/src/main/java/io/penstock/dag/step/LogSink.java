package io.penstock.dag.step;

import io.penstock.dag.Failure;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.TakenRows;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line of log per event, a few a second at most; never an event's content. */
public final class LogSink implements Operator, TakenRows {

    private static final Logger LOG = LoggerFactory.getLogger(LogSink.class);
    private static final int LINES_PER_SECOND_MAX = 10;

    private String job;
    private long secondBeganNs;
    private int lines;
    private long leftOut;

    @Override
    public void open(OperatorContext context) {
        job = context.job();
        secondBeganNs = System.nanoTime();
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            take(batch.timeMs(row), batch.event(row));
        }
    }

    @Override
    public void take(long timeMs, Object event) {
        long nowNs = System.nanoTime();
        if (nowNs - secondBeganNs >= TimeUnit.SECONDS.toNanos(1)) {
            reportLeftOut();
            secondBeganNs = nowNs;
            lines = 0;
        }
        if (lines == LINES_PER_SECOND_MAX) {
            leftOut++;
            return;
        }
        lines++;
        LOG.warn("job '{}': {}", job, event instanceof Failure<?> ? event : Failure.describe(event, null));
    }

    @Override
    public void close() {
        reportLeftOut();
    }

    private void reportLeftOut() {
        if (leftOut > 0) {
            LOG.warn("job '{}': {} more events, not logged one by one", job, leftOut);
            leftOut = 0;
        }
    }
}
