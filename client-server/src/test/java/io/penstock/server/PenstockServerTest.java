package io.penstock.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.MapRef;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PenstockServerTest {

    private static final MapRef<String, Integer> AIRPORTS = MapRef.of("airports", String.class, Integer.class);

    @Test
    void tellsItsHealth() throws Exception {
        try (PenstockServer server = PenstockServer.start(PenstockServer.DEFAULT_HOST, 0)) {
            Answer answer = Answer.of("GET", server.address(), "/health");
            assertEquals(200, answer.status());
            assertEquals("application/json", answer.header("Content-Type"));
            assertEquals("{\"status\":\"UP\",\"grid\":\"grid\",\"version\":\"" + ServerCommand.Version.get() + "\"}\n",
                    answer.body());
        }
    }

    @Test
    void knowsItsVersion() {
        assertTrue(ServerCommand.Version.get().matches("\\d+\\.\\d+\\.\\d+.*"), ServerCommand.Version.get());
    }

    @Test
    void servesTheMetricsOfItsGridAndOfTheJvm() throws Exception {
        try (PenstockServer server = PenstockServer.start(PenstockServer.DEFAULT_HOST, 0)) {
            server.grid().map(AIRPORTS).put("CDG", 1);
            Answer answer = Answer.of("GET", server.address(), "/metrics");
            assertEquals(200, answer.status());
            assertEquals("text/plain; version=0.0.4; charset=utf-8", answer.header("Content-Type"));
            assertTrue(answer.body().contains("penstock_map_entries{grid=\"grid\",map=\"airports\"} 1.0\n"),
                    answer.body());
            assertTrue(answer.body().contains("\njvm_memory_used_bytes{"), answer.body());
            assertTrue(answer.body().contains("\njvm_threads_live_threads "), answer.body());
        }
    }

    @Test
    void refusesOtherMethods() throws Exception {
        try (PenstockServer server = PenstockServer.start(PenstockServer.DEFAULT_HOST, 0)) {
            for (String method : List.of("POST", "PUT", "DELETE", "HEAD", "OPTIONS")) {
                Answer answer = Answer.of(method, server.address(), "/health");
                assertEquals(405, answer.status(), method);
                assertEquals("GET", answer.header("Allow"));
            }
        }
    }

    @Test
    void namesItsPagesToWhoAsksForAnother() throws Exception {
        try (PenstockServer server = PenstockServer.start(PenstockServer.DEFAULT_HOST, 0)) {
            for (String path : List.of("/", "/healthy", "/health/", "/metrics/x", "/%3Cb%3E")) {
                Answer answer = Answer.of("GET", server.address(), path);
                assertEquals(404, answer.status(), path);
                assertEquals("there is no such page; try /health or /metrics\n", answer.body());
            }
        }
    }

    @Test
    void tellsThatItClosesAndThenStopsListening() throws Exception {
        PenstockServer server = PenstockServer.start(PenstockServer.DEFAULT_HOST, 0);
        CountDownLatch isClosing = new CountDownLatch(1);
        CountDownLatch mayClose = new CountDownLatch(1);
        server.grid().service(Service.class, grid -> new Service(() -> {
            isClosing.countDown();
            await(mayClose);
        }));
        Thread closer = new Thread(server::close, "closer");
        closer.start();
        isClosing.await();
        Answer answer = Answer.of("GET", server.address(), "/health");
        assertEquals(503, answer.status());
        assertTrue(answer.body().startsWith("{\"status\":\"CLOSING\""), answer.body());
        mayClose.countDown();
        closer.join();
        assertTrue(server.grid().isClosed());
        assertThrows(ConnectException.class, () -> Answer.of("GET", server.address(), "/health"));
    }

    /** A service of a grid that takes its time to close, or fails to. */
    private record Service(Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void stopsListeningEvenIfAServiceFailsToClose() throws Exception {
        PenstockServer server = PenstockServer.start(PenstockServer.DEFAULT_HOST, 0);
        server.grid().service(Service.class, grid -> new Service(() -> {
            throw new IllegalArgumentException("cannot close");
        }));
        assertThrows(IllegalStateException.class, server::close);
        assertThrows(ConnectException.class, () -> Answer.of("GET", server.address(), "/health"));
        server.close(); // does nothing more
    }

    @Test
    void refusesAPortThatIsInUseAndAHostThatIsNone() throws Exception {
        try (PenstockServer server = PenstockServer.start(PenstockServer.DEFAULT_HOST, 0)) {
            int port = server.address().getPort();
            assertThrows(BindException.class, () -> PenstockServer.start(PenstockServer.DEFAULT_HOST, port));
        }
        assertThrows(UnknownHostException.class, () -> PenstockServer.start("no-such-host.invalid", 0));
    }

    @Test
    void answersMoreClientsThanItHasThreads() throws Exception {
        try (PenstockServer server = PenstockServer.start(PenstockServer.DEFAULT_HOST, 0)) {
            int clientCount = 32;
            CountDownLatch answered = new CountDownLatch(clientCount);
            for (int i = 0; i < clientCount; i++) {
                Thread client = new Thread(() -> {
                    if (Answer.orFail(server.address(), "/metrics").status() == 200) {
                        answered.countDown();
                    }
                }, "client-" + i);
                client.setDaemon(true);
                client.start();
            }
            assertTrue(answered.await(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void hasOnlyDaemonThreadsWithTellingNames() throws Exception {
        try (PenstockServer server = PenstockServer.start(PenstockServer.DEFAULT_HOST, 0)) {
            Answer.of("GET", server.address(), "/health");
            List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().matches("penstock-.*|HTTP-Dispatcher"))
                    .toList();
            assertTrue(threads.stream().anyMatch(thread -> thread.getName().startsWith("penstock-http-")));
            threads.forEach(thread -> assertTrue(thread.isDaemon(), thread.getName()));
        }
    }
}
