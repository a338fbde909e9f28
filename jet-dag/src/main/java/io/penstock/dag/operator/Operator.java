package io.penstock.dag.operator;

import java.util.Collections;
import java.util.Iterator;

/**
 * One step of a job: takes batches and watermarks from its inputs and emits rows to its outputs.
 *
 * <p><b>Threads.</b> Never called from two threads at once, though not always from the same one. Every method but
 * {@link #open} and {@link #close} returns within about 1 ms and does not block; a step that must block says so with
 * {@link #isCooperative()}.
 *
 * <p><b>Room.</b> {@link #process} may emit at most one row per row of its batch to each output. Whoever has more to
 * emit, or emits on a watermark or at the end, hands over an {@link Emitter}, from which the host pulls when it has
 * room. Until that emitter is exhausted the operator gets no other call, its batch stays valid, and neither a
 * watermark nor a snapshot passes it; so an emitter is never part of a snapshot.
 *
 * <p><b>State.</b> {@link #snapshot} hands out state by key. After a restart {@link #restore} is called, between
 * {@link #open} and the first batch, with each entry that belongs to this instance; there may be more or fewer instances
 * than before. The state of a step that is not keyed goes to every instance, which takes what is its own.
 */
public interface Operator {

    /** Whether no call blocks. One that does not cooperate gets a thread of its own. */
    default boolean isCooperative() {
        return true;
    }

    /** Whether watermarks go on to the next step by themselves, after {@link #onWatermark}. */
    default boolean forwardsWatermarks() {
        return true;
    }

    /**
     * Whether a row may be kept, and lead to results in a later call. Behind such a step nobody knows which results came
     * of which row, so none may stand between a call and its reply.
     */
    default boolean keepsRows() {
        return false;
    }

    /**
     * Whether the step says with {@link Output#row} which row each of its results comes of. One that does not, and is
     * to be followed by calls, gets its rows one by one; so a step that gains much by batches should.
     */
    default boolean namesRows() {
        return false;
    }

    /** How often {@link #onTick} is to be called, in ms of wall-clock time; 0 for never. The same after {@link #open}. */
    default long tickMs() {
        return 0;
    }

    default void open(OperatorContext context) throws Exception {}

    /** Takes all rows of the batch, which is not empty. */
    void process(int input, Batch batch, Output output) throws Exception;

    /** No row with a time before {@code watermarkMs} will come on any input. Watermarks only grow. */
    default void onWatermark(long watermarkMs, Output output) throws Exception {}

    /**
     * Wall-clock time has gone on. Called about every {@link #tickMs}, between two batches: also when nothing comes, and
     * later when the operator's own output is held up. When inputs have something, they are asked first; so an
     * operator that was given nothing since the last call was not kept from it.
     *
     * @param nowMs a time that never goes back, in ms since any origin
     */
    default void onTick(long nowMs, Output output) throws Exception {}

    /**
     * Nothing comes at present, and readers behind the step will go by their other inputs: what it holds back and they
     * would miss is to be emitted now.
     */
    default void onIdle(Output output) throws Exception {}

    /** Every input has ended; the last watermark, {@link Long#MAX_VALUE}, came before. */
    default void onEnd(Output output) throws Exception {}

    /**
     * The state of this instance, which the host reads at once or in parts; it calls nothing else until it has read
     * all. Keys and values must be serializable; the host has turned an entry into bytes before it takes the next.
     */
    default Iterator<StateEntry> snapshot() {
        return Collections.emptyIterator();
    }

    default void restore(Object key, Object value) throws Exception {}

    /** Releases what {@link #open} took. Called once, also when {@code open} has failed or was never called. */
    default void close() throws Exception {}
}
