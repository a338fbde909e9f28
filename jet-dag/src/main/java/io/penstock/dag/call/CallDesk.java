package io.penstock.dag.call;

import io.penstock.dag.Call;
import io.penstock.dag.CallException;
import io.penstock.dag.CallException.Code;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.Job;
import io.penstock.dag.call.PendingCall.Outcome;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.grid.Grid;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The calls of a served pipeline.
 *
 * <p><b>Threads.</b> A call is ended by whoever comes first: a worker that replies, the timer, or the job's end. Each
 * of them looks through {@link #pending} or holds the call itself; a caller adds to it first and looks at {@link
 * #closed} after, the job's end the other way round, so that no call is overlooked by both.
 */
public final class CallDesk<I, O> implements Call<I, O>, PendingCall.Owner, Deadlines.Watched {

    private static final long CLOSE_MAX_NS = TimeUnit.SECONDS.toNanos(10);

    private final String name;
    private final CallPlan plan;
    private final Class<?> inputType;
    private final int readersOfCalls;
    private final CallSettings<I, O> settings;
    private final Deadlines deadlines;
    private final Inbox<PendingCall> inbox;
    private final CallCounts counts = new CallCounts();
    private final Set<PendingCall> pending = ConcurrentHashMap.newKeySet();
    private volatile CallException closed;
    private volatile Job job;
    private volatile CompletableFuture<Void> end;

    /** The shortest timeout so far; a race between two callers may lose one, which costs a wake-up later. */
    private volatile long shortestTimeoutNs = Deadlines.NEVER;
    private long madeAtLastLook;

    public CallDesk(String name, CallPlan plan, CallSettings<I, O> settings, Deadlines deadlines) {
        this.name = name;
        this.plan = plan;
        this.settings = settings;
        this.deadlines = deadlines;
        inputType = plan.inputType();
        readersOfCalls = plan.readersOfCalls();
        inbox = new Inbox<>(settings.inFlightMax());
    }

    /** The plan to run, whose source takes the calls. */
    public LogicalPlan servedPlan() {
        return plan.withSource(this::newSource);
    }

    private Operator newSource() {
        return new CallSource(this, inbox);
    }

    /** Says that the plan runs. */
    public void started(Grid grid, Job runningJob) {
        job = runningJob;
        counts.register(grid, name);
        deadlines.watch(this);
        end = runningJob.completion()
                .<Void>handle((ignored, failure) -> {
                    jobEnded(failure);
                    return null;
                })
                .toCompletableFuture();
    }

    private void jobEnded(Throwable completion) {
        Throwable failure = completion instanceof CompletionException ? completion.getCause() : completion;
        deadlines.forget(this);
        String reason = failure == null ? "its job has ended" : "its job has ended: " + failure.getMessage();
        closed = new CallException(name, Code.CLOSED, reason, failure);
        closePending(reason, failure);
        counts.close();
    }

    /** The calls that are open. */
    Set<PendingCall> pending() {
        return pending;
    }

    /** Ends all calls that are open. */
    void closePending(String reason, Throwable cause) {
        for (PendingCall call : pending) {
            call.fail(new CallException(name, Code.CLOSED, reason, cause), Outcome.CLOSED);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Job job() {
        return job;
    }

    @Override
    @SuppressWarnings("unchecked") // that the stage before the reply has answers of that type is the user's word
    public CompletionStage<O> ask(I input, Duration timeout) {
        checkInput(input);
        long timeoutNs = timeoutNs(timeout);
        long nowNs = deadlines.nowNs();
        PendingCall call = new PendingCall(this, input, nowNs, nowNs + timeoutNs, readersOfCalls);
        counts.made.increment();
        int inFlight = counts.inFlight.incrementAndGet();
        pending.add(call);
        if (closed != null) {
            call.fail(closed, Outcome.CLOSED);
        } else if (inFlight > settings.inFlightMax()) {
            refuse(call, "as many calls are in flight as it takes, ");
        } else if (!inbox.offer(call)) {
            refuse(call, "the pipeline does not keep up, and as many calls wait for it as may, ");
        } else {
            if (timeoutNs < shortestTimeoutNs) {
                shortestTimeoutNs = timeoutNs;
            }
            deadlines.added(call.deadlineNs());
        }
        return (CompletionStage<O>) call.answer();
    }

    private void checkInput(Object input) {
        Objects.requireNonNull(input, "input");
        if (!inputType.isInstance(input)) {
            throw new IllegalArgumentException("call '" + name + "' takes " + inputType.getName()
                    + ", but was asked a " + input.getClass().getName());
        }
    }

    private long timeoutNs(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(settings.timeoutMax()) > 0) {
            throw new IllegalArgumentException(
                    "call '" + name + "': timeout must be from 1 ns to " + settings.timeoutMax() + ", but is " + timeout);
        }
        return timeout.toNanos();
    }

    private void refuse(PendingCall call, String reason) {
        call.fail(new CallException(name, Code.REFUSED, reason + settings.inFlightMax()
                + "; ask fewer at once, or raise inFlightMax(...)", null), Outcome.REFUSED);
    }

    @Override
    public void ended(PendingCall call, Outcome outcome) {
        pending.remove(call);
        counts.inFlight.decrementAndGet();
        counts.ended(outcome, deadlines.nowNs() - call.askedNs());
    }

    @Override
    public void lateReply() {
        counts.late.increment();
    }

    @Override
    public void unanswered(PendingCall call, String reason) {
        end(call, Outcome.UNANSWERED, settings.onNoAnswer(),
                new CallException(name, Code.NO_ANSWER, "no answer: " + reason, null));
    }

    @Override
    public long endDue(long nowNs) {
        long nextNs = Deadlines.NEVER;
        for (PendingCall call : pending) {
            if (call.deadlineNs() <= nowNs) {
                timeOut(call);
            } else {
                nextNs = Math.min(nextNs, call.deadlineNs());
            }
        }
        long made = counts.made.sum();
        if (made != madeAtLastLook) {
            madeAtLastLook = made;
            nextNs = Math.min(nextNs, nowNs + Math.min(shortestTimeoutNs, settings.timeoutMax().toNanos()));
        }
        return nextNs;
    }

    private void timeOut(PendingCall call) {
        long waitedMs = TimeUnit.NANOSECONDS.toMillis(call.deadlineNs() - call.askedNs());
        end(call, Outcome.TIMED_OUT, settings.onTimeout(),
                new CallException(name, Code.TIMED_OUT, "no answer within " + waitedMs + " ms", null));
    }

    /** Ends a call that has no answer with what the user has declared for that. */
    @SuppressWarnings("unchecked") // ask(...) takes inputs of that type only
    private void end(
            PendingCall call, Outcome outcome, FunctionEx<? super I, ? extends O> answerFn, CallException failure) {
        if (call.isOver()) {
            return;
        }
        if (answerFn == null) {
            call.fail(failure, outcome);
            return;
        }
        try {
            call.complete(answerFn.applyEx((I) call.input()), outcome);
        } catch (Throwable e) { // also an Error, which must not end the thread of all timeouts
            call.fail(new CallException(name, failure.code(), failure.getMessage()
                    + "; and the function for that threw " + e.getClass().getSimpleName(), e), outcome);
        }
    }

    @Override
    public void close() {
        if (closed == null) {
            closed = new CallException(name, Code.CLOSED, "it was closed", null);
        }
        inbox.end();
        try {
            end.get(CLOSE_MAX_NS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            job.cancel();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // the job's own failure is not one of this future
        } catch (InterruptedException e) {
            job.cancel();
            Thread.currentThread().interrupt();
        }
    }
}
