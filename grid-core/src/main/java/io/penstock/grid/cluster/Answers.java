package io.penstock.grid.cluster;

import io.penstock.grid.GridException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for what the cluster answers about a map, no longer than a call may take. */
record Answers(ClusterCalls calls, Duration timeout, String mapName) {

    /** The answer to a question that changes nothing. */
    <T> T to(Supplier<CompletionStage<T>> question) {
        return calls.read(() -> await(question.get()));
    }

    private <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw unavailable("failed to answer: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw unavailable("did not answer within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("was not waited for, since this thread was interrupted", e);
        }
    }

    GridException unavailable(String what, Throwable cause) {
        return new GridException(
                GridException.Code.UNAVAILABLE, "map '" + mapName + "': the cluster " + what + "; try again", cause);
    }
}
