package io.penstock.demo;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StateEntry;
import io.penstock.grid.Grid;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * Deploys version 2 of the model with effect from the event time of one flight, just before that flight goes on.
 *
 * <p>Runs behind the timestamps, on the source's own thread, and so sees the events in their order. No departure of
 * that time or later can have been scored before: those of the same instant that came earlier are held back by {@code
 * joinAsOf} until the watermark has passed their time, and the watermark cannot pass this step before the deployment.
 *
 * <p>A job that goes on from a snapshot which was taken before that flight comes to it again, and finds the model
 * deployed.
 */
final class DeployStep implements Operator {

    /** The only key. */
    private static final String DEPLOYED = "deployed";

    private final long flightId;
    private Grid grid;
    private boolean isDeployed;

    /** @param flightId the flight, or, where that line is malformed, the next one after it */
    DeployStep(long flightId) {
        this.flightId = flightId;
    }

    @Override
    public boolean isCooperative() {
        return false;
    }

    @Override
    public void open(OperatorContext context) {
        grid = context.grid();
    }

    @Override
    public void process(int input, Batch batch, Output output) {
        for (int row = 0; row < batch.size(); row++) {
            if (!isDeployed && batch.event(row) instanceof Departure departure && departure.id() >= flightId) {
                FlightModel.deploySecond(grid, departure.timeMs());
                isDeployed = true;
            }
            output.emit(batch.timeMs(row), batch.event(row));
        }
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        return isDeployed ? List.of(new StateEntry(DEPLOYED, true)).iterator() : Collections.emptyIterator();
    }

    @Override
    public void restore(Object key, Object value) {
        isDeployed = true;
    }
}
