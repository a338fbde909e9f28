package io.penstock.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own, as users start it. */
@Timeout(120)
class PenstockServerIT {

    private static final long STOP_SECONDS_MAX = 10;

    @TempDir
    private Path folder;

    private Process process;

    @AfterEach
    void endProcess() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void servesUntilSigterm() throws Exception {
        BufferedReader out = start("--port", "0");
        URI address = addressIn(out.readLine());
        assertEquals("127.0.0.1", address.getHost());
        assertTrue(get(address.resolve("/health")).startsWith("{\"status\":\"UP\""));
        assertTrue(get(address.resolve("/metrics")).contains("jvm_memory_used_bytes"));
        process.toHandle().destroy(); // SIGTERM; leaves the output open, unlike Process.destroy()
        assertStopped(143, out);
    }

    @Test
    void stopsOnSigint() throws Exception {
        BufferedReader out = start("--port", "0");
        addressIn(out.readLine());
        assertEquals(0, new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor());
        assertStopped(130, out);
    }

    @Test
    void stopsWhileClientsKeepTheirConnections() throws Exception {
        BufferedReader out = start("--port", "0");
        URI address = addressIn(out.readLine());
        try (Socket slow = new Socket(address.getHost(), address.getPort())) {
            byte[] begin = "GET /health HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
            slow.getOutputStream().write(begin); // and never the rest
            process.toHandle().destroy();
            assertStopped(143, out);
        }
    }

    @Test
    void namesThePortThatIsInUseAndTheWayOut() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            start("--port", "" + other.getLocalPort());
            assertEnded(1);
            assertEquals("penstock: port " + other.getLocalPort() + " of 127.0.0.1 is in use; stop what listens there,"
                    + " or use another with --port (0 for any free one)\n", errors());
        }
    }

    @Test
    void refusesAHostThatIsNone() throws Exception {
        start("--host", "no-such-host.invalid", "--port", "0");
        assertEnded(1);
        assertEquals("penstock: host 'no-such-host.invalid' is unknown; use a name or an address of this machine with"
                + " --host\n", errors());
    }

    @Test
    void warnsWhenOtherMachinesMayReachIt() throws Exception {
        BufferedReader out = start("--host", "0.0.0.0", "--port", "0");
        addressIn(out.readLine());
        assertTrue(errors().contains("neither TLS nor a password"), errors());
    }

    @Test
    void refusesWrongOptions() throws Exception {
        start("--port", "70000");
        assertEnded(2);
        assertTrue(errors().startsWith("--port must be from 0 to 65535, but is 70000\n"), errors());
        start("--prot", "1");
        assertEnded(2);
        assertTrue(errors().contains("--prot"), errors());
    }

    @Test
    void tellsItsOptionsAndItsVersion() throws Exception {
        String help = start("--help").lines().toList().toString();
        assertEnded(0);
        assertTrue(help.contains("--host=HOST") && help.contains("8480") && help.contains("143"), help);
        String version = start("--version").readLine();
        assertEnded(0);
        assertEquals("penstock " + ServerCommand.Version.get(), version);
    }

    private BufferedReader start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), PenstockServer.class.getName()));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command).redirectError(errorFile()).start();
        return process.inputReader();
    }

    private static URI addressIn(String readyLine) {
        assertTrue(readyLine != null && readyLine.startsWith("penstock ") && readyLine.contains(" is ready: "),
                "" + readyLine);
        return URI.create(readyLine.substring(readyLine.indexOf("http://")));
    }

    private void assertStopped(int exitCode, BufferedReader out) throws Exception {
        assertEnded(exitCode);
        assertEquals(List.of("penstock stops", "penstock has stopped"), out.lines().toList());
        assertEquals("", errors());
    }

    private void assertEnded(int exitCode) throws Exception {
        assertTrue(process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS), "still runs; " + errors());
        assertEquals(exitCode, process.exitValue(), errors());
    }

    private static String get(URI page) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try {
            HttpClient client = HttpClient.newBuilder().executor(threads).proxy(HttpClient.Builder.NO_PROXY).build();
            HttpRequest request = HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(30)).build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(200, response.statusCode());
            assertFalse(response.body().isEmpty());
            return response.body();
        } finally {
            threads.shutdown();
        }
    }

    private File errorFile() {
        return folder.resolve("errors.txt").toFile();
    }

    private String errors() throws IOException {
        return Files.readString(errorFile().toPath()).replace("\r\n", "\n");
    }
}
