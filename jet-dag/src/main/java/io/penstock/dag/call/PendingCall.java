package io.penstock.dag.call;

import io.penstock.dag.CallException;
import io.penstock.dag.Failure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A call that somebody waits for. Counts the rows that may still lead to a reply, so that it is known at once when
 * none is left.
 *
 * <p><b>Threads.</b> Rows of one call may be in several workers at once. Each of them retains what it emits before it
 * lets go of what it has taken, so the count is 0 only once.
 */
public final class PendingCall {

    /** How a call has ended. */
    public enum Outcome {
        ANSWERED,
        TIMED_OUT,
        REFUSED,
        UNANSWERED,
        CLOSED
    }

    /** Whom a call tells what becomes of it. */
    public interface Owner {

        /** By whoever ended the call, once, before its answer is there. */
        void ended(PendingCall call, Outcome outcome);

        /** By a worker: no row is left that may lead to a reply. */
        void unanswered(PendingCall call, String reason);

        /** By a worker: a reply came when the call had ended already. */
        void lateReply();
    }

    private final Owner owner;
    private final Object input;
    private final long askedNs;
    private final long deadlineNs;
    private final CompletableFuture<Object> answer = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger rows;
    /** Why the input was left out, as far as a step has said; written and read by those who hold rows. */
    private String reason;

    /** @param rows how many stages read what the source emits */
    PendingCall(Owner owner, Object input, long askedNs, long deadlineNs, int rows) {
        this.owner = owner;
        this.input = input;
        this.askedNs = askedNs;
        this.deadlineNs = deadlineNs;
        this.rows = new AtomicInteger(rows);
    }

    Object input() {
        return input;
    }

    long askedNs() {
        return askedNs;
    }

    long deadlineNs() {
        return deadlineNs;
    }

    boolean isOver() {
        return over.get();
    }

    /** What the caller gets; should it complete this by itself, it sees that, and nobody else does. */
    CompletionStage<Object> answer() {
        return answer;
    }

    /** Ends the call with an answer; false if it has ended already. */
    boolean complete(Object value, Outcome outcome) {
        if (!end(outcome)) {
            return false;
        }
        answer.complete(value);
        return true;
    }

    /** Ends the call without an answer; false if it has ended already. */
    boolean fail(CallException failure, Outcome outcome) {
        if (!end(outcome)) {
            return false;
        }
        answer.completeExceptionally(failure);
        return true;
    }

    private boolean end(Outcome outcome) {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        owner.ended(this, outcome);
        return true;
    }

    /** How many rows are left that may lead to a reply. */
    int rowsLeft() {
        return rows.get();
    }

    /** By a reply sink. */
    void reply(Object value) {
        if (!complete(value, Outcome.ANSWERED)) {
            owner.lateReply();
        }
    }

    /** By a step that is about to emit a row to so many stages. */
    void retain(int count) {
        rows.addAndGet(count);
    }

    /** By a step that gives a row up. */
    void note(Failure<?> failure) {
        note(failure.stage(), failure.reason());
    }

    void note(String stage, String why) {
        reason = "stage '" + stage + "': " + why;
    }

    /** By a step that has done all it does with a row. */
    void release(String stage) {
        if (rows.decrementAndGet() == 0 && !over.get()) {
            owner.unanswered(this, reason != null ? reason : "stage '" + stage + "' has no result for it");
        }
    }
}
