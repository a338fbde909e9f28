package io.penstock.grid.cluster;

import io.penstock.grid.GridException;
import io.penstock.grid.GridException.Code;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Makes a map's calls to the cluster, and turns Hazelcast's exceptions into the grid's. What a member and a client
 * repeat by themselves, within {@code callTimeout}:
 *
 * <table>
 * <caption>What is made again</caption>
 * <tr><th>what happened to the call</th><th>{@link #read}</th><th>{@link #write}</th></tr>
 * <tr><td>it was not sent: a client has no cluster, a member has not joined again</td>
 *     <td>made again, else UNAVAILABLE</td><td>made again, else UNAVAILABLE</td></tr>
 * <tr><td>its owner refused it: it owns the key no more, or leaves in good order</td>
 *     <td>made again, else UNAVAILABLE</td><td>made again, else UNAVAILABLE</td></tr>
 * <tr><td>a client sent it, and the connection was lost, or was silent for too long</td>
 *     <td>made again, else UNAVAILABLE</td><td>OUTCOME_UNKNOWN, at once</td></tr>
 * <tr><td>a member sent it, and its owner was lost</td>
 *     <td>made again by Hazelcast</td>
 *     <td>made again by Hazelcast; the map knows again what was made before</td></tr>
 * <tr><td>a member sent it, and its owner was silent for too long</td>
 *     <td>made again, else UNAVAILABLE</td><td>OUTCOME_UNKNOWN</td></tr>
 * <tr><td>the owner made it, and the member that was to keep its backup was lost</td>
 *     <td></td><td>made</td></tr>
 * <tr><td>more calls are under way than {@code callsMax}</td>
 *     <td>OVERLOADED, at once</td><td>OVERLOADED, at once</td></tr>
 * <tr><td>the application's function threw</td><td>as it threw</td><td>as it threw</td></tr>
 * </table>
 *
 * <p>The methods that read are {@code get}, {@code getAll}, {@code containsKey}, {@code size}, {@code select}, {@code
 * count}, walks over the map, local views and {@code changes()}; all others write. One that consists of several calls,
 * such as {@code putAll} or an {@code update} of a function that cannot be sent, may have made some of them.
 */
final class ClusterCalls {

    private static final long PAUSE_MIN_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PAUSE_MAX_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final CallGate gate;
    private final String what;
    private final String clusterName;
    private final Duration callTimeout;
    private final Supplier<GridException> closed;

    /**
     * @param what for messages, such as {@code map 'stock'}
     * @param closed what a call after the end throws
     */
    ClusterCalls(
            CallGate gate, String what, String clusterName, Duration callTimeout, Supplier<GridException> closed) {
        this.gate = gate;
        this.what = what;
        this.clusterName = clusterName;
        this.callTimeout = callTimeout;
        this.closed = closed;
    }

    /** A call that changes nothing, and so may be made again. */
    <T> T read(Supplier<? extends T> call) {
        return make(call, false);
    }

    /** A call that may change something. */
    <T> T write(Supplier<? extends T> call) {
        return make(call, true);
    }

    /**
     * A call that changes nothing, made once and only if there is a cluster: for those who can do without its answer.
     */
    <T> T readOr(T otherwise, Supplier<? extends T> call) {
        if (gate.state() != CallGate.State.OPEN) {
            return otherwise;
        }
        try {
            return call.get();
        } catch (RuntimeException e) {
            return otherwise;
        }
    }

    private <T> T make(Supplier<? extends T> call, boolean isWrite) {
        if (!gate.enter()) {
            throw failed(Code.OVERLOADED, gate.callsMax() + " calls of this grid are under way already (callsMax),"
                    + " and this one was not made; wait for some of them", null);
        }
        try {
            long deadlineNs = System.nanoTime() + callTimeout.toNanos();
            long pauseNs = PAUSE_MIN_NS;
            while (true) {
                checkGate(deadlineNs);
                boolean hadEnded = gate.hasEnded();
                try {
                    return call.get();
                } catch (Throwable e) {
                    throwUnlessRepeated(CallFailure.unwrapped(e), isWrite, hadEnded, deadlineNs);
                }
                LockSupport.parkNanos(this, pauseNs);
                pauseNs = Math.min(2 * pauseNs, PAUSE_MAX_NS);
            }
        } finally {
            gate.leave();
        }
    }

    private void checkGate(long deadlineNs) {
        try {
            switch (gate.await(deadlineNs)) {
                case OPEN -> { }
                case CLOSED -> throw closed.get();
                default -> throw unavailable("this client has no connection to it", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(false, e);
        }
    }

    /** Returns if the call may be made again, and there is time. */
    private void throwUnlessRepeated(Throwable failure, boolean isWrite, boolean hadEnded, long deadlineNs) {
        switch (CallFailure.of(failure)) {
            case NOT_OURS -> throw ClusterCalls.<RuntimeException>asItIs(failure);
            case OVERLOADED -> throw failed(Code.OVERLOADED, "Hazelcast has more calls under way than it takes, and"
                    + " this one was not made; wait for some of them", failure);
            case BAD_CONFIG -> throw failed(Code.BAD_CONFIG, failure.getMessage(), failure);
            case ENDED -> throw ended(failure, isWrite && !hadEnded);
            case INTERRUPTED -> {
                Thread.currentThread().interrupt();
                throw interrupted(isWrite, failure);
            }
            case FAILED -> throw failed(isWrite ? Code.OUTCOME_UNKNOWN : Code.UNAVAILABLE,
                    "Hazelcast failed: " + failure.getMessage(), failure);
            case UNANSWERED -> {
                if (isWrite) {
                    throw unknown("but its owner was lost, or silent for too long, before it answered", failure);
                }
                checkTimeIsLeft(deadlineNs, failure);
            }
            case NOT_MADE -> checkTimeIsLeft(deadlineNs, failure);
        }
    }

    private void checkTimeIsLeft(long deadlineNs, Throwable failure) {
        if (System.nanoTime() - deadlineNs >= 0) {
            throw unavailable(failure.getClass().getSimpleName(), failure);
        }
    }

    private GridException ended(Throwable failure, boolean mayHaveBeenMade) {
        if (mayHaveBeenMade) {
            return unknown("and the instance of Hazelcast was shut down before it was answered", failure);
        }
        return gate.state() == CallGate.State.CLOSED
                ? closed.get()
                : failed(Code.UNAVAILABLE, "the instance of Hazelcast was shut down, and not by Grid.close(); open"
                        + " another grid", failure);
    }

    private GridException interrupted(boolean mayHaveBeenMade, Throwable failure) {
        return mayHaveBeenMade
                ? unknown("and this thread was interrupted while it waited for the answer", failure)
                : failed(Code.UNAVAILABLE, "this thread was interrupted while it waited for cluster '" + clusterName
                        + "'", failure);
    }

    private GridException unavailable(String why, Throwable failure) {
        return failed(Code.UNAVAILABLE, "cluster '" + clusterName + "' did not answer within "
                + MemberStart.seconds(callTimeout) + " (callTimeout), and nothing was done: " + why
                + "; try again when its members are back", failure);
    }

    private GridException unknown(String why, Throwable failure) {
        return failed(Code.OUTCOME_UNKNOWN, "a write was sent, " + why + ": it may have been made or not; read the"
                + " entry, or write it again if that does no harm", failure);
    }

    private GridException failed(Code code, String text, Throwable failure) {
        gate.count(code);
        return new GridException(code, what + ": " + text, failure);
    }

    /** Throws what the signature does not allow, since the application's functions may. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E asItIs(Throwable failure) throws E {
        throw (E) failure;
    }
}
