package io.penstock.grid.cluster;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.HazelcastOverloadException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.partition.NoDataMemberInClusterException;
import com.hazelcast.spi.exception.CallerNotMemberException;
import com.hazelcast.spi.exception.PartitionMigratingException;
import com.hazelcast.spi.exception.RetryableException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import com.hazelcast.spi.exception.TargetNotMemberException;
import com.hazelcast.spi.exception.WrongTargetException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * What an exception of a call says about the call. When in doubt, that nobody knows whether it was made.
 *
 * <p>What Hazelcast itself repeats before we see anything: a call whose owner is another by now, migrates, or leaves in
 * good order, which was not made; reads whose connection broke; and, between members, calls whose owner was lost,
 * writes too. Not, as it is configured here, writes of a client whose connection was lost after they were sent.
 */
enum CallFailure {

    /** No failure of Hazelcast's: what the application's function threw, or the application is told otherwise. */
    NOT_OURS,
    /** Surely not made; may be tried again. */
    NOT_MADE,
    /** Was sent, but there is no answer. */
    UNANSWERED,
    /** Was answered by something unforeseen, and would be so again. */
    FAILED,
    /** Too many calls are under way. */
    OVERLOADED,
    /** A setting is impossible. */
    BAD_CONFIG,
    /** The instance of Hazelcast is shut down, or was meanwhile. */
    ENDED,
    /** The caller's thread was interrupted while it waited. */
    INTERRUPTED;

    private static final String HAZELCAST = "com.hazelcast.";

    static CallFailure of(Throwable failure) {
        if (isInterruption(failure)) {
            return INTERRUPTED;
        }
        if (failure instanceof CancellationException) {
            return UNANSWERED;
        }
        if (!failure.getClass().getName().startsWith(HAZELCAST)
                // says that an owner lacks a class; whoever sent the function goes another way
                || failure instanceof HazelcastSerializationException) {
            return NOT_OURS;
        }
        if (failure instanceof HazelcastInstanceNotActiveException
                || failure instanceof HazelcastClientNotActiveException) {
            return ENDED;
        }
        if (failure instanceof HazelcastOverloadException) {
            return OVERLOADED;
        }
        if (failure instanceof InvalidConfigurationException) {
            return BAD_CONFIG;
        }
        if (isNotMade(failure)) {
            return NOT_MADE;
        }
        return isUnanswered(failure) ? UNANSWERED : FAILED;
    }

    private static boolean isUnanswered(Throwable failure) {
        return failure instanceof TargetDisconnectedException
                || failure instanceof MemberLeftException
                || failure instanceof IndeterminateOperationStateException
                || failure instanceof OperationTimeoutException
                || failure instanceof RetryableException;
    }

    private static boolean isNotMade(Throwable failure) {
        return failure instanceof HazelcastClientOfflineException
                || failure instanceof NoDataMemberInClusterException
                || failure instanceof SplitBrainProtectionException
                || failure instanceof TargetNotMemberException
                || failure instanceof CallerNotMemberException
                || failure instanceof WrongTargetException
                || failure instanceof PartitionMigratingException
                || failure instanceof OperationTimeoutException && neverBegan((OperationTimeoutException) failure);
    }

    /** Hazelcast has one exception for calls that never began and those that never ended; only its text differs. */
    private static boolean neverBegan(OperationTimeoutException failure) {
        String text = String.valueOf(failure.getMessage());
        return text.contains("rejected before execution") || text.contains("after client invocation timeout");
    }

    /** Hazelcast throws it as it is, undeclared, or within its own. */
    private static boolean isInterruption(Throwable failure) {
        return failure instanceof InterruptedException
                || failure.getClass() == HazelcastException.class && failure.getCause() instanceof InterruptedException;
    }

    /** What a future of Hazelcast wraps into another exception. */
    static Throwable unwrapped(Throwable failure) {
        return (failure instanceof ExecutionException || failure instanceof CompletionException)
                && failure.getCause() != null ? unwrapped(failure.getCause()) : failure;
    }
}
