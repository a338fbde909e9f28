package io.penstock.server;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.penstock.grid.Grid;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An embedded grid whose health and metrics can be read over HTTP, and the program {@code penstock} around it.
 *
 * <p>Serves {@code GET /health} and {@code GET /metrics} in clear text and to everybody who can reach the address,
 * which is therefore a loopback address unless another one is asked for.
 *
 * <p><b>Threads.</b> All methods may be called from any thread. The server's threads are daemons.
 */
public final class PenstockServer implements AutoCloseable {

    /** Where the server listens unless told otherwise; reachable from this machine only. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    /** The port on which the server listens unless told otherwise. */
    public static final int DEFAULT_PORT = 8480;

    private final PrometheusMeterRegistry meterRegistry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gcMetrics = new JvmGcMetrics(); // listens to the JVM until it is closed
    private final Grid grid;
    private final HttpEndpoint http;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private PenstockServer(InetSocketAddress address) throws IOException {
        http = new HttpEndpoint(address, this::health, meterRegistry::scrape);
        grid = Grid.embedded(config -> config.meterRegistry(meterRegistry));
        gcMetrics.bindTo(meterRegistry);
        new JvmMemoryMetrics().bindTo(meterRegistry);
        new JvmThreadMetrics().bindTo(meterRegistry);
        new ClassLoaderMetrics().bindTo(meterRegistry);
        new ProcessorMetrics().bindTo(meterRegistry);
        new UptimeMetrics().bindTo(meterRegistry);
        http.start();
    }

    /**
     * Runs the server until it gets SIGTERM or SIGINT. Options: see {@code --help}.
     *
     * <p>Exit codes: 143 after SIGTERM and 130 after SIGINT, which are the JVM's own; 1 if the server could not start;
     * 2 for wrong options.
     */
    public static void main(String[] args) {
        ServerCommand.limitSlowClients();
        int exitCode = ServerCommand.run(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /**
     * Opens a grid and listens.
     *
     * @param host a name or an address of this machine
     * @param port 0 for any free port; see {@link #address()}
     * @throws java.net.BindException if the port is in use, or the address is not one of this machine
     * @throws IOException if the host is unknown, or the server cannot listen for another reason
     */
    public static PenstockServer start(String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        return new PenstockServer(address);
    }

    /** Where the server listens, such as {@code http://127.0.0.1:8480}. */
    public URI address() {
        return http.address();
    }

    /** The grid, which lives as long as the server. Its metrics are among those served. */
    public Grid grid() {
        return grid;
    }

    /**
     * Closes the grid, and then stops listening; meanwhile {@code /health} answers 503. The second and later calls
     * return at once, even while the first is at work.
     *
     * @throws IllegalStateException if the grid's services failed to close; the server has stopped nevertheless
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            grid.close();
        } finally {
            http.close();
            gcMetrics.close();
            meterRegistry.close();
            closed.countDown();
        }
    }

    /** Returns when the server was closed, or the thread is interrupted, which its flag then tells. */
    void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Response health() {
        boolean isUp = !closing.get();
        return Response.json(isUp ? 200 : 503, "{\"status\":\"" + (isUp ? "UP" : "CLOSING") + "\",\"grid\":\""
                + grid.name() + "\",\"version\":\"" + ServerCommand.Version.get() + "\"}");
    }
}
