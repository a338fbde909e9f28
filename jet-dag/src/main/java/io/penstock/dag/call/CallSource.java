package io.penstock.dag.call;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;

/** Takes calls out of their inbox. Leaves out those whose time was up while they waited. */
final class CallSource implements SourceOperator {

    private final CallDesk<?, ?> desk;
    private final Inbox<PendingCall> inbox;

    CallSource(CallDesk<?, ?> desk, Inbox<PendingCall> inbox) {
        this.desk = desk;
        this.inbox = inbox;
    }

    @Override
    public void open(OperatorContext context) {
        desk.closePending("the job has restarted, and what was in flight is lost", null);
        inbox.open(context.wakeUp());
    }

    @Override
    public boolean fill(Output output) {
        if (inbox.isDrained()) {
            return false;
        }
        PendingCall call = null;
        for (int rows = 0; rows < Batch.CAPACITY && (call = inbox.poll()) != null; rows++) {
            if (!call.isOver()) {
                output.emit(Batch.NO_TIME, new CallRow(call, call.input()));
            }
        }
        return true;
    }

    @Override
    public long restNs() {
        return Long.MAX_VALUE; // a caller wakes
    }

    @Override
    public void close() {
        inbox.close();
    }
}
