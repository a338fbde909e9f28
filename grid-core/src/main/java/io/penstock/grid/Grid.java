package io.penstock.grid;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A set of typed maps and the services that work beside them, such as jobs and models.
 *
 * <p><b>Threads.</b> All methods may be called from any thread. {@link #close()} closes the services, those that run
 * work ({@link GridRunner}) first and else in reverse order of their creation, and then the maps; meanwhile the
 * services still find the maps and each other, but no new service is made. Afterwards every use of one of its maps,
 * and of the grid but for {@link #name}, {@link #isClosed} and {@link #close}, throws {@link GridException} with
 * {@link GridException.Code#CLOSED}.
 */
public interface Grid extends AutoCloseable {

    /** Opens a grid in this JVM's heap, with default settings. Starts no thread. */
    static Grid embedded() {
        return embedded(config -> {});
    }

    /**
     * Opens a grid in this JVM's heap. Starts no thread.
     *
     * @throws GridException if a setting is impossible; the message names it
     */
    static Grid embedded(Consumer<GridConfig> settings) {
        GridConfig config = new GridConfig();
        settings.accept(config);
        return new EmbeddedGrid(config);
    }

    /** The grid's name, as it stands in metrics, thread names and dumps. */
    String name();

    /**
     * The map of that name; created on first use.
     *
     * @throws GridException if the map is open already with other types; the message names both
     */
    <K, V> GridMap<K, V> map(MapRef<K, V> ref);

    /** Where this grid and all that runs on it registers its metrics. */
    MeterRegistry meterRegistry();

    /**
     * The one instance of a service that belongs to this grid, such as its jobs; made by {@code factory} on first
     * use and closed with the grid. Others who ask for a new service meanwhile wait, so the factory must not wait for
     * another thread that does; it may itself use the grid's maps and services. If it throws, the next call tries anew.
     *
     * @throws IllegalStateException if the factory asks for the service that it is making
     */
    <S extends AutoCloseable> S service(Class<S> type, Function<? super Grid, ? extends S> factory);

    /** Whether {@link #close()} has been called. */
    boolean isClosed();

    /** A description of the grid and its maps for people, in a stable order, without any entry's content. */
    String dump();

    /**
     * Closes the services and the maps. The second and later calls return at once, even while the first is at work.
     *
     * @throws IllegalStateException after all was closed, if services failed to; with the first failure as its cause
     *     and the others suppressed
     */
    @Override
    void close();
}
