package io.penstock.grid.host;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A future whose {@code ...Async} methods use threads of the grid, as do those of what is chained to it. */
final class GridFuture<T> extends CompletableFuture<T> {

    private final Executor executor;

    GridFuture(Executor executor) {
        this.executor = executor;
    }

    @Override
    public Executor defaultExecutor() {
        return executor;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new GridFuture<>(executor);
    }
}
