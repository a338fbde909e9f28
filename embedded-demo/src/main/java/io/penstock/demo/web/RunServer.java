package io.penstock.demo.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the page of a run on the loopback address: {@code /}, {@code /api/state} and {@code /api/places}.
 *
 * <p><b>Threads.</b> Three daemons of its own sample the run and answer, so that a browser cannot hold up the engine;
 * clients that they are too busy for wait in the system's backlog.
 */
public final class RunServer implements AutoCloseable {

    public static final int PORT_MAX = 65_535;

    private static final Logger LOG = LoggerFactory.getLogger(RunServer.class);
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int SAMPLE_MS = 50;
    private static final int THREADS = 2;
    private static final int WAITING_MAX = 16;
    private static final int BACKLOG_MAX = 16;

    private final Page page = Page.read();
    private final Recorder recorder;
    private final HttpServer server;
    private final ThreadPoolExecutor answering;
    private final ScheduledExecutorService sampling;

    private RunServer(Recorder recorder, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG_MAX);
        this.recorder = recorder;
        answering = new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX), daemons("demo-web"), new ThreadPoolExecutor.CallerRunsPolicy());
        sampling = Executors.newSingleThreadScheduledExecutor(daemons("demo-web-sampler"));
        server.setExecutor(answering);
        server.createContext("/", this::handle);
    }

    /**
     * Starts to sample and to serve.
     *
     * @param port 0 for any free one
     * @throws BindException if the port is in use; the message names the way out
     */
    public static RunServer open(Run run, int port) throws IOException {
        return open(new Recorder(run), port);
    }

    static RunServer open(Recorder recorder, int port) throws IOException {
        RunServer opened;
        try {
            opened = new RunServer(recorder, port);
        } catch (BindException e) {
            throw new BindException("port " + port + " of 127.0.0.1 is in use; name another with --web=PORT,"
                    + " or none for any free one");
        }
        opened.start();
        return opened;
    }

    private void start() {
        // The JDK's accepting thread is a daemon if it is started by one; and must run, or nothing will close the port.
        CompletableFuture.runAsync(server::start, sampling).join();
        sampling.scheduleWithFixedDelay(this::sample, SAMPLE_MS, SAMPLE_MS, TimeUnit.MILLISECONDS);
    }

    /** Samples the run now: what is asked for from now on is not older. */
    public void sample() {
        try {
            if (!recorder.sample()) {
                sampling.shutdown();
            }
        } catch (RuntimeException e) {
            LOG.error("cannot read the run; the page stays as it is", e);
            sampling.shutdown();
        }
    }

    /** Where to point a browser at. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        sampling.shutdownNow();
        server.stop(0);
        answering.shutdownNow();
    }

    private record Answer(int status, String type, String body) {

        static Answer html(String body) {
            return new Answer(200, "text/html; charset=utf-8", body);
        }

        static Answer json(String body) {
            return new Answer(200, "application/json", body);
        }

        static Answer text(int status, String line) {
            return new Answer(status, "text/plain; charset=utf-8", line + "\n");
        }
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", answer.type);
            headers.set("Content-Security-Policy", page.policy());
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            boolean isHead = exchange.getRequestMethod().equals("HEAD"); // whose answer has no body, whatever it is
            exchange.sendResponseHeaders(answer.status, isHead ? -1 : body.length);
            if (!isHead) {
                exchange.getResponseBody().write(body);
            }
        } catch (IOException e) {
            LOG.debug("a client went away before it had its answer", e);
        }
    }

    private Answer answer(HttpExchange exchange) {
        try {
            if (!isLocal(exchange.getRequestHeaders().getFirst("Host"))) {
                return Answer.text(421, "this page is served to " + address() + " only");
            }
            String path = exchange.getRequestURI().getPath();
            boolean isKnown = path != null && path.matches("/|/api/state|/api/places");
            if (!isKnown) {
                return Answer.text(404, "there is no such page; try /, /api/state or /api/places");
            }
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                return Answer.text(405, "only GET is allowed here");
            }
            return switch (path) {
                case "/" -> Answer.html(page.html());
                case "/api/state" -> Answer.json(recorder.state());
                default -> Answer.json(recorder.places());
            };
        } catch (RuntimeException e) {
            LOG.error("cannot answer {}", exchange.getRequestURI().getPath(), e);
            return Answer.text(500, "this failed; the log says why");
        }
    }

    /** Refuses pages of other sites whose names were made to lead here, which would otherwise read what is shown. */
    private boolean isLocal(String host) {
        int port = server.getAddress().getPort();
        return ("127.0.0.1:" + port).equals(host) || ("localhost:" + port).equals(host);
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
