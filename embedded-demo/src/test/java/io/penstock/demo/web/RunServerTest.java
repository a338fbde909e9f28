package io.penstock.demo.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunServerTest {

    /** What is sent over the wire and what comes back: the JDK's clients do not let us choose the host header. */
    private static String ask(RunServer server, String method, String path, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write((method + " " + path + " HTTP/1.1\r\nHost: " + host
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines().collect(Collectors.joining("\n"));
        }
    }

    private static String ask(RunServer server, String method, String path) throws IOException {
        return ask(server, method, path, server.address().getAuthority());
    }

    private static String header(String answer, String name) {
        return answer.lines().filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ": "))
                .map(line -> line.substring(name.length() + 2)).findFirst().orElse("");
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    @Test
    void servesAPageThatMayRunItsOwnScriptAndNothingElse() throws IOException {
        try (RunServer server = RunServer.open(new FakeRun(100), 0)) {
            String answer = ask(server, "GET", "/");
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertEquals("text/html; charset=utf-8", header(answer, "Content-Type"));
            assertEquals("no-store", header(answer, "Cache-Control"));
            assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
            String policy = header(answer, "Content-Security-Policy");
            assertTrue(policy.startsWith("default-src 'none'; script-src 'sha256-"), policy);
            assertFalse(policy.contains("unsafe"), policy);
        }
    }

    @Test
    void thePageAsksNobodyElse() {
        String html = Page.read().html();
        assertFalse(html.contains("{{"), "a part of the page is missing");
        List<String> addresses = Pattern.compile("(?:https?:)?//[\\w.-]+\\.\\w+[^\\s'\"]*").matcher(html).results()
                .map(match -> match.group()).filter(address -> !address.equals("http://www.w3.org/2000/svg")).toList();
        assertEquals(List.of(), addresses);
    }

    @Test
    void servesTheStateAndThePlacesAsJson() throws IOException {
        try (RunServer server = RunServer.open(new FakeRun(100), 0)) {
            for (String path : List.of("/api/state", "/api/places")) {
                String answer = ask(server, "GET", path);
                assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
                assertEquals("application/json", header(answer, "Content-Type"));
                assertEquals("no-store", header(answer, "Cache-Control"));
                assertTrue(new ObjectMapper().readTree(body(answer)).isContainerNode(), answer);
            }
        }
    }

    @Test
    void showsWhatWasSampledLast() throws IOException {
        try (RunServer server = RunServer.open(new FakeRun(2), 0)) {
            server.sample();
            assertTrue(body(ask(server, "GET", "/api/state")).contains("\"status\":\"ended\""));
        }
    }

    @Test
    void namesItsPagesToWhoAsksForAnother() throws IOException {
        try (RunServer server = RunServer.open(new FakeRun(100), 0)) {
            for (String path : List.of("/favicon.ico", "/api", "/api/state/", "/page.js", "/%3Cb%3E")) {
                String answer = ask(server, "GET", path);
                assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
                assertEquals("there is no such page; try /, /api/state or /api/places", body(answer));
            }
        }
    }

    @Test
    void refusesOtherMethods() throws IOException {
        try (RunServer server = RunServer.open(new FakeRun(100), 0)) {
            for (String method : List.of("POST", "PUT", "DELETE", "HEAD", "OPTIONS")) {
                String answer = ask(server, method, "/api/state");
                assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
                assertEquals("GET", header(answer, "Allow"));
            }
        }
    }

    @Test
    void refusesOtherNamesThatLeadHere() throws IOException {
        try (RunServer server = RunServer.open(new FakeRun(100), 0)) {
            int port = server.address().getPort();
            assertTrue(ask(server, "GET", "/api/state", "localhost:" + port).startsWith("HTTP/1.1 200 "));
            assertTrue(ask(server, "GET", "/api/state", "evil.example:" + port).startsWith("HTTP/1.1 421 "));
        }
    }

    @Test
    void namesThePortThatIsInUseAndTheWayOut() throws IOException {
        try (RunServer server = RunServer.open(new FakeRun(100), 0)) {
            int port = server.address().getPort();
            BindException refused = assertThrows(BindException.class, () -> RunServer.open(new FakeRun(100), port));
            assertEquals("port " + port + " of 127.0.0.1 is in use; name another with --web=PORT,"
                    + " or none for any free one", refused.getMessage());
        }
    }

    @Test
    void hasOnlyDaemonThreads() throws IOException {
        try (RunServer server = RunServer.open(new FakeRun(1_000_000), 0)) {
            ask(server, "GET", "/");
            List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().matches("demo-web.*|HTTP-Dispatcher")).toList();
            assertTrue(threads.size() >= 3, threads::toString);
            threads.forEach(thread -> assertTrue(thread.isDaemon(), thread.getName()));
        }
    }

    @Test
    void stopsListeningWhenClosed() throws IOException {
        RunServer server = RunServer.open(new FakeRun(100), 0);
        server.close();
        assertThrows(ConnectException.class, () -> ask(server, "GET", "/"));
    }
}
