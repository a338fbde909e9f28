package io.penstock.dag;

import io.penstock.dag.call.CallSettings;
import java.time.Duration;
import java.util.Objects;

/**
 * What a served pipeline may be told.
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the answers
 */
public final class CallOptions<I, O> {

    /** The longest that a call may wait. */
    public static final Duration TIMEOUT_MAX = Duration.ofDays(1);

    /** The most that {@link #inFlightMax} may be. */
    public static final int IN_FLIGHT_LIMIT = 1 << 20;

    private int inFlightMax = 1024;
    private FunctionEx<? super I, ? extends O> onTimeout;
    private FunctionEx<? super I, ? extends O> onNoAnswer;

    CallOptions() {}

    /** How many calls may be open at once; more are refused. Default: 1,024. */
    public CallOptions<I, O> inFlightMax(int inFlightMax) {
        if (inFlightMax < 1 || inFlightMax > IN_FLIGHT_LIMIT) {
            throw new IllegalArgumentException(
                    "inFlightMax must be from 1 to " + IN_FLIGHT_LIMIT + ", but is " + inFlightMax);
        }
        this.inFlightMax = inFlightMax;
        return this;
    }

    /**
     * The answer when the time is up, made of the input. Runs on the grid's timer thread and must not block. Default:
     * the call fails.
     */
    public CallOptions<I, O> onTimeout(FunctionEx<? super I, ? extends O> answerFn) {
        onTimeout = Objects.requireNonNull(answerFn, "answerFn");
        return this;
    }

    /**
     * The answer when the pipeline has left the input out, made of the input. Runs on a thread of the engine and must
     * not block. Default: the call fails, naming the stage and the reason.
     */
    public CallOptions<I, O> onNoAnswer(FunctionEx<? super I, ? extends O> answerFn) {
        onNoAnswer = Objects.requireNonNull(answerFn, "answerFn");
        return this;
    }

    CallSettings<I, O> settings() {
        return new CallSettings<>(inFlightMax, TIMEOUT_MAX, onTimeout, onNoAnswer);
    }
}
