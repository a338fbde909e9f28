package io.penstock.dag.call;

import io.penstock.dag.CallException;
import io.penstock.dag.CallException.Code;
import io.penstock.dag.call.PendingCall.Outcome;
import java.util.concurrent.CompletionStage;

/** A call that nobody else sees, without a limit of time: for test kits. */
public final class LoneCall implements PendingCall.Owner {

    private final String stage;
    private final CallRow row;

    /** @throws IllegalArgumentException if the pipeline does not take such an input */
    public LoneCall(CallPlan plan, Object input) {
        stage = plan.callsStage();
        if (!plan.inputType().isInstance(input)) {
            throw new IllegalArgumentException("source '" + stage + "' takes " + plan.inputType().getName() + ", but "
                    + (input == null ? "null" : "a " + input.getClass().getName()) + " was asked");
        }
        row = new CallRow(new PendingCall(this, input, 0, Deadlines.NEVER, plan.readersOfCalls()), input);
    }

    /** What the source of calls is to emit. */
    public Object row() {
        return row;
    }

    /** As for {@link io.penstock.dag.Call#ask}. */
    public CompletionStage<Object> answer() {
        return row.call().answer();
    }

    @Override
    public void ended(PendingCall call, Outcome outcome) {}

    @Override
    public void unanswered(PendingCall call, String reason) {
        call.fail(new CallException(stage, Code.NO_ANSWER, "no answer: " + reason, null), Outcome.UNANSWERED);
    }

    @Override
    public void lateReply() {}
}
