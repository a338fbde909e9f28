package io.penstock.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET /health} and {@code GET /metrics} on a few threads of its own.
 *
 * <p>When all threads are busy and the queue is full, the thread that accepts connections answers itself, so that
 * further clients wait in the system's backlog: no queue of ours grows.
 */
final class HttpEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
    private static final int THREADS_MAX = 4;
    private static final int WAITING_MAX = 64;
    private static final int BACKLOG_MAX = 64;

    private final HttpServer server;
    private final ThreadPoolExecutor executor;
    private final Supplier<Response> health;
    private final Supplier<String> metrics;

    /** Binds the address; connections are answered from {@link #start()} on. */
    HttpEndpoint(InetSocketAddress address, Supplier<Response> health, Supplier<String> metrics) throws IOException {
        this.health = health;
        this.metrics = metrics;
        server = HttpServer.create(address, BACKLOG_MAX);
        executor = new ThreadPoolExecutor(
                THREADS_MAX, THREADS_MAX, 60, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX),
                daemons(), new ThreadPoolExecutor.CallerRunsPolicy());
        executor.allowCoreThreadTimeOut(true);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
    }

    /** Starts to answer. The JDK's accepting thread becomes a daemon, as it is started by one. */
    void start() {
        Thread starter = new Thread(server::start, "penstock-http-start");
        starter.setDaemon(true);
        starter.start();
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException e) {
                interrupted = true; // it only starts a thread, so this cannot take long
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    URI address() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Response response = answer(exchange);
            byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", response.contentType());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (exchange.getRequestMethod().equals("HEAD")) { // whose answer has no body, whatever it is
                exchange.sendResponseHeaders(response.status(), -1);
                return;
            }
            exchange.sendResponseHeaders(response.status(), body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        } catch (IOException e) {
            LOG.debug("a client went away before it had its answer", e);
        }
    }

    private Response answer(HttpExchange exchange) {
        try {
            Supplier<Response> page = page(exchange.getRequestURI().getPath());
            if (page == null) {
                return Response.text(404, "there is no such page; try /health or /metrics");
            }
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                return Response.text(405, "only GET is allowed here");
            }
            return page.get();
        } catch (RuntimeException e) {
            LOG.error("cannot answer {}", exchange.getRequestURI().getPath(), e);
            return Response.text(500, "this failed; the server's log says why");
        }
    }

    /** Null if there is no such page. */
    private Supplier<Response> page(String path) {
        return switch (path == null ? "" : path) {
            case "/health" -> health;
            case "/metrics" -> () -> Response.metrics(metrics.get());
            default -> null;
        };
    }

    private static ThreadFactory daemons() {
        AtomicInteger started = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "penstock-http-" + started.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
