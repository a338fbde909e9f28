package io.penstock.dag;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A pipeline as a function: takes an input, and answers with what the pipeline sends to {@link Sinks#reply()} for it.
 * Made by {@link Jobs#serve}.
 *
 * <p><b>Order.</b> Inputs enter the pipeline in the order in which they were asked; answers come when they are ready.
 *
 * <p><b>Bounded.</b> A call that the pipeline has no room for is refused at once, as a value: the stage that {@link
 * #ask} returns fails with {@link CallException.Code#REFUSED}. An input whose time is up before the pipeline takes it
 * is not processed.
 *
 * <p><b>Failure.</b> What is in flight lives in memory only: if the job fails, is cancelled or restarts, the calls that
 * are open fail with {@link CallException.Code#CLOSED} as soon as it has stopped; nothing asks again by itself.
 *
 * <p>Thread-safe.
 *
 * @param <I> the type of the inputs, as {@link Sources#calls} has it
 * @param <O> the type of the answers, which is that of the stage before {@link Sinks#reply()}
 */
public interface Call<I, O> extends AutoCloseable {

    /** The name of the job. */
    String name();

    /**
     * Sends an input into the pipeline. Returns at once, and never blocks.
     *
     * <p>What depends on the answer runs on a thread of the engine, which is the fastest way, and must not block,
     * unless it is given an executor, as in {@code thenAcceptAsync(action, executor)}.
     *
     * @param timeout how long the answer may take, from 1 ns to {@link CallOptions#TIMEOUT_MAX}
     * @return the first answer, or what {@link CallOptions} declare in its place; fails with a {@link CallException}
     *     if there is none
     * @throws IllegalArgumentException if the input is not of the type that the source takes, or the timeout not in
     *     its range
     */
    CompletionStage<O> ask(I input, Duration timeout);

    /** The job behind: its status, its metrics and its feeds. */
    Job job();

    /**
     * Takes no more calls, lets those that are open be answered, and ends the job. Waits for that, for up to 10 s, and
     * then cancels. Not to be called from what depends on an answer.
     */
    @Override
    void close();
}
