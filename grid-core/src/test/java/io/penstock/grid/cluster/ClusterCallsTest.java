package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import com.hazelcast.query.QueryException;
import com.hazelcast.spi.exception.PartitionMigratingException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.penstock.grid.GridException;
import io.penstock.grid.GridException.Code;
import io.penstock.grid.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the exceptions of calls. */
@Timeout(60)
class ClusterCallsTest {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(1);
    /** None of these was made. */
    private static final List<RuntimeException> NOT_MADE = List.of(
            new HazelcastClientOfflineException(), new NoDataMemberInClusterException("x"),
            new SplitBrainProtectionException("x"), new PartitionMigratingException("x"),
            new OperationTimeoutException("PutOperation got rejected before execution due to x"),
            new OperationTimeoutException("x because exception occurred after client invocation timeout 1 ms."));
    /** These may have been. */
    private static final List<RuntimeException> UNANSWERED = List.of(
            new TargetDisconnectedException("x"), new IndeterminateOperationStateException("x"),
            new OperationTimeoutException("x invocation failed to complete due to operation-heartbeat-timeout."),
            new CompletionException(new MemberLeftException()));

    private final AtomicInteger returns = new AtomicInteger();
    private final CallGate gate = new CallGate(2, returns::incrementAndGet);
    private final ClusterCalls calls = new ClusterCalls(gate, "map 'm'", "shop", CALL_TIMEOUT,
            () -> new GridException(Code.CLOSED, "map 'm' is closed"));

    /** Throws its exceptions one after the other, and then answers. */
    private static Supplier<String> answersAfter(Throwable... failures) {
        Iterator<Throwable> rest = Arrays.asList(failures).iterator();
        return () -> {
            if (rest.hasNext()) {
                ClusterCallsTest.<RuntimeException>throwAsItIs(rest.next());
            }
            return "answer";
        };
    }

    @SuppressWarnings("unchecked") // as Hazelcast does
    private static <E extends Throwable> void throwAsItIs(Throwable failure) throws E {
        throw (E) failure;
    }

    private static Supplier<String> alwaysFails(RuntimeException failure) {
        return () -> {
            throw failure;
        };
    }

    @Test
    void makesAgainWhatWasNotMade() {
        for (RuntimeException failure : NOT_MADE) {
            assertEquals("answer", calls.write(answersAfter(failure, failure)), failure.toString());
            assertEquals("answer", calls.read(answersAfter(failure)), failure.toString());
        }
    }

    @Test
    void makesReadsAgainThatWereNotAnswered() {
        for (RuntimeException failure : UNANSWERED) {
            assertEquals("answer", calls.read(answersAfter(failure, failure)), failure.toString());
        }
    }

    @Test
    void doesNotMakeWritesAgainThatMayHaveBeenMade() {
        for (RuntimeException failure : UNANSWERED) {
            Refused.with(Code.OUTCOME_UNKNOWN, () -> calls.write(alwaysFails(failure)),
                    "map 'm': a write was sent, but its owner was lost, or silent for too long, before it answered:"
                            + " it may have been made or not; read the entry, or write it again if that does no harm");
        }
        assertEquals(UNANSWERED.size(), gate.failures(Code.OUTCOME_UNKNOWN));
    }

    @Test
    void givesUpInTime() {
        long startNs = System.nanoTime();
        Refused.with(Code.UNAVAILABLE, () -> calls.write(alwaysFails(new HazelcastClientOfflineException())),
                "map 'm': cluster 'shop' did not answer within 1 s (callTimeout), and nothing was done:"
                        + " HazelcastClientOfflineException; try again when its members are back");
        Refused.with(Code.UNAVAILABLE, () -> calls.read(alwaysFails(new TargetDisconnectedException("x"))));
        long ns = System.nanoTime() - startNs;
        assertTrue(ns >= 2 * CALL_TIMEOUT.toNanos() && ns < 10 * CALL_TIMEOUT.toNanos(), () -> ns + " ns");
        assertEquals(2, gate.failures(Code.UNAVAILABLE));
        assertEquals(0, gate.underWay());
    }

    @Test
    void passesWhatTheApplicationThrew() {
        for (Throwable failure : List.of(
                new IllegalArgumentException("mine"), new AssertionError("mine"), new IOException("mine"),
                new GridException(Code.MAP_FULL, "mine"))) {
            assertSame(failure, assertThrows(Throwable.class, () -> calls.write(answersAfter(failure))));
            assertSame(failure, assertThrows(
                    Throwable.class, () -> calls.write(answersAfter(new ExecutionException(failure)))));
        }
        Throwable unread = new HazelcastSerializationException("x");
        assertSame(unread, assertThrows(Throwable.class, () -> calls.write(answersAfter(unread))));
    }

    @Test
    void translatesTheRest() {
        Refused.with(Code.OVERLOADED, () -> calls.write(alwaysFails(new HazelcastOverloadException("x"))),
                "was not made");
        Refused.with(Code.BAD_CONFIG, () -> calls.read(alwaysFails(new InvalidConfigurationException("odd"))),
                "map 'm': odd");
        Refused.with(Code.UNAVAILABLE, () -> calls.read(alwaysFails(new QueryException("odd"))),
                "Hazelcast failed: odd");
        Refused.with(Code.OUTCOME_UNKNOWN, () -> calls.write(alwaysFails(new QueryException("odd"))), "failed: odd");
    }

    @Test
    void tellsThatTheInstanceWasShutDownByAnother() {
        for (RuntimeException failure : List.of(
                new HazelcastInstanceNotActiveException("x"), new HazelcastClientNotActiveException("x"))) {
            Refused.with(Code.UNAVAILABLE, () -> calls.read(alwaysFails(failure)),
                    "map 'm': the instance of Hazelcast was shut down, and not by Grid.close(); open another grid");
            Refused.with(Code.OUTCOME_UNKNOWN, () -> calls.write(alwaysFails(failure)),
                    "was shut down before it was answered");
        }
        gate.end();
        Refused.with(Code.UNAVAILABLE, () -> calls.write(alwaysFails(new HazelcastClientNotActiveException("x"))),
                "open another grid");
    }

    @Test
    void isClosedInTheWordsOfTheMap() {
        gate.close(0);
        Refused.with(Code.CLOSED, () -> calls.write(() -> "answer"), "map 'm' is closed");
        Refused.with(Code.CLOSED, () -> calls.read(() -> "answer"), "map 'm' is closed");
    }

    @Test
    void keepsTheInterruption() {
        Throwable wrapped = new HazelcastException(new InterruptedException());
        Refused.with(Code.OUTCOME_UNKNOWN, () -> calls.write(answersAfter(new InterruptedException())),
                "was interrupted");
        assertTrue(Thread.interrupted());
        Refused.with(Code.UNAVAILABLE, () -> calls.read(answersAfter(wrapped)),
                "map 'm': this thread was interrupted while it waited for cluster 'shop'");
        assertTrue(Thread.interrupted());
        gate.away();
        Thread.currentThread().interrupt();
        Refused.with(Code.UNAVAILABLE, () -> calls.write(() -> "answer"), "was interrupted");
        assertTrue(Thread.interrupted());
    }

    @Test
    void refusesMoreThanTheMaximum() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        Thread[] threads = new Thread[2];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> calls.read(() -> {
                begun.countDown();
                return await(end);
            }));
            threads[i].start();
        }
        begun.await();
        assertEquals(2, gate.underWay());
        Refused.with(Code.OVERLOADED, () -> calls.write(() -> "answer"),
                "map 'm': 2 calls of this grid are under way already (callsMax), and this one was not made");
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals("answer", calls.write(() -> "answer"));
        assertEquals(0, gate.underWay());
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void waitsWhileThereIsNoClusterAndMakesItReadyBeforeTheFirstCall() throws Exception {
        gate.away();
        Refused.with(Code.UNAVAILABLE, () -> calls.write(() -> "answer"), "this client has no connection to it");
        StringBuffer done = new StringBuffer();
        Thread waiting = new Thread(() -> done.append(calls.write(() -> returns.get() + " answer")));
        waiting.start();
        StartedGrids.eventually("a call that waits", () -> gate.underWay() == 1);
        gate.back();
        waiting.join();
        assertEquals("1 answer", done.toString());
        assertEquals(CallGate.State.OPEN, gate.state());
    }

    @Test
    void doesNotWaitForAClusterWhenTheClientHasEnded() throws Exception {
        gate.away();
        StringBuffer done = new StringBuffer();
        Thread waiting = new Thread(() -> done.append(calls.read(() -> "answer")));
        waiting.start();
        StartedGrids.eventually("a call that waits", () -> gate.underWay() == 1);
        gate.end();
        waiting.join();
        assertEquals("answer", done.toString());
        gate.close(0);
        Refused.with(Code.CLOSED, () -> calls.read(() -> "answer"));
    }

    @Test
    void triesAnewToMakeAClusterReady() {
        AtomicInteger tries = new AtomicInteger();
        CallGate picky = new CallGate(2, () -> {
            if (tries.incrementAndGet() == 1) {
                throw new GridException(Code.BAD_CONFIG, "another version");
            }
        });
        ClusterCalls others = new ClusterCalls(picky, "map 'm'", "shop", CALL_TIMEOUT, () -> null);
        picky.away();
        picky.back();
        Refused.with(Code.BAD_CONFIG, () -> others.read(() -> "answer"), "another version");
        assertEquals("answer", others.read(() -> "answer"));
    }

    @Test
    void closingWaitsForCallsButNotForEver() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> calls.write(() -> {
            begun.countDown();
            return await(end);
        }));
        thread.start();
        begun.await();
        gate.close(Duration.ofMillis(50).toNanos());
        assertEquals(1, gate.underWay());
        end.countDown();
        gate.close(Duration.ofSeconds(30).toNanos());
        assertEquals(0, gate.underWay());
        thread.join();
    }
}
