package io.penstock.grid;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The services of a grid, one of each type.
 *
 * <p>One lock for all types is held while a service is made, so that its factory may ask for other services and two
 * threads that need them in opposite order do not wait for each other forever.
 */
final class GridServices {

    private final Grid grid;
    private final Map<Class<?>, AutoCloseable> byType = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();
    // guarded by making
    private final Deque<Class<?>> lastMadeFirst = new ArrayDeque<>();
    private final Set<Class<?>> underway = new HashSet<>();
    private boolean closed;

    GridServices(Grid grid) {
        this.grid = grid;
    }

    <S extends AutoCloseable> S get(Class<S> type, Function<? super Grid, ? extends S> factory) {
        S present = type.cast(byType.get(type));
        if (present != null) {
            return present;
        }
        making.lock();
        try {
            present = type.cast(byType.get(type));
            return present != null ? present : make(type, factory);
        } finally {
            making.unlock();
        }
    }

    private <S extends AutoCloseable> S make(Class<S> type, Function<? super Grid, ? extends S> factory) {
        if (closed) {
            throw closed(type);
        }
        if (!underway.add(type)) {
            throw new IllegalStateException("grid '" + grid.name() + "': service " + type.getName()
                    + " asks for itself while it is made; let its factory use what it is making");
        }
        try {
            S made = type.cast(Objects.requireNonNull(factory.apply(grid), () -> "grid '" + grid.name()
                    + "': the factory of service " + type.getName() + " returned null; return the service"));
            if (closed) { // by the factory itself: nobody else would close what it made
                GridException refusal = closed(type);
                try {
                    made.close();
                } catch (Exception e) {
                    refusal.addSuppressed(e);
                }
                throw refusal;
            }
            byType.put(type, made);
            lastMadeFirst.push(type);
            return made;
        } finally {
            underway.remove(type);
        }
    }

    /** The names of the types, sorted. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        byType.keySet().forEach(type -> names.add(type.getName()));
        return names;
    }

    /**
     * Closes all, the runners first and else the last made first, and refuses to make more.
     *
     * @throws IllegalStateException after all were closed, if some failed; it carries their exceptions
     */
    void close() {
        List<Class<?>> toClose;
        making.lock();
        try {
            closed = true;
            toClose = new ArrayList<>(lastMadeFirst);
            lastMadeFirst.clear();
        } finally {
            making.unlock();
        }
        toClose.sort(Comparator.comparing(type -> !GridRunner.class.isAssignableFrom(type)));
        // without the lock: a service may wait in its close() for a thread that asks for another service
        IllegalStateException failure = null;
        for (Class<?> type : toClose) {
            try {
                byType.get(type).close();
            } catch (Throwable e) { // whatever it is, the others must be closed
                failure = collect(failure, type, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private IllegalStateException collect(IllegalStateException failure, Class<?> type, Throwable cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            failure.addSuppressed(cause);
            return failure;
        }
        return new IllegalStateException("grid '" + grid.name() + "' is closed, but its service " + type.getName()
                + " failed to close; see the cause and what is suppressed", cause);
    }

    private GridException closed(Class<?> type) {
        return new GridException(
                GridException.Code.CLOSED,
                "grid '" + grid.name() + "' is closed and opens no service " + type.getName() + "; open another grid");
    }
}
