package io.penstock.grid;

import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.grid.heap.HeapHost;
import java.util.List;
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
        return new HostedGrid(config, HostedGrid.EMBEDDED_ASYNC_THREADS, HeapHost::new);
    }

    /** Starts a member of a cluster in this JVM, as {@link #cluster(Consumer)} without settings. */
    static Grid cluster() {
        return cluster(config -> {});
    }

    /**
     * Starts a member of a cluster in this JVM, which holds its share of the maps and finds the others as {@link
     * GridConfig#cluster} says. Needs {@code com.hazelcast:hazelcast} on the class path.
     *
     * @throws GridException if a setting is impossible, does not match that of the other members, or needs a licence;
     *     or if the member cannot join
     */
    static Grid cluster(Consumer<GridConfig> settings) {
        GridConfig config = new GridConfig();
        settings.accept(config);
        return new HostedGrid(config, HostedGrid.CLUSTER_ASYNC_THREADS, ClusterProviders.find("Grid.cluster")::member);
    }

    /** Connects to a cluster as a client, as {@link #connect(String, Consumer)} without settings. */
    static Grid connect(String uri) {
        return connect(uri, config -> {});
    }

    /**
     * Connects to a cluster as a client, which holds no entries but those of its local views. Needs {@code
     * com.hazelcast:hazelcast} on the class path.
     *
     * @param uri some of the members, such as {@code hazelcast://10.0.0.1:5701,10.0.0.2:5701}
     * @throws GridException with {@link GridException.Code#UNAVAILABLE} if none of them answers in time; with {@link
     *     GridException.Code#BAD_CONFIG} if the cluster does not match
     */
    static Grid connect(String uri, Consumer<GridConfig> settings) {
        GridConfig config = new GridConfig();
        settings.accept(config);
        List<String> addresses = ClusterProviders.addresses(uri);
        return new HostedGrid(config, HostedGrid.CLUSTER_ASYNC_THREADS, context ->
                ClusterProviders.find("Grid.connect").client(addresses, context));
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

    /** Those who hold the maps now: of an embedded grid, itself. In the order in which they joined. */
    List<GridMember> members();

    /** Tells a listener who joins and leaves from now on, on a thread that is not the caller's. */
    MembershipListener.Registration onMembershipChange(MembershipListener listener);

    /**
     * What this grid is built on: of a cluster, its {@code com.hazelcast.core.HazelcastInstance}.
     *
     * @throws IllegalArgumentException if there is no such thing behind this grid
     */
    <T> T unwrap(Class<T> type);

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
