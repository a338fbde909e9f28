package io.penstock.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the program, and its life from the first to the last line that it prints. */
@Command(
        name = "penstock",
        mixinStandardHelpOptions = true,
        versionProvider = ServerCommand.Version.class,
        sortOptions = false,
        description = "Hosts a grid, and serves its health (GET /health) and its metrics for Prometheus (GET /metrics)"
                + " until it gets SIGTERM or SIGINT.",
        footer = {
            "",
            "Exit codes: 143 after SIGTERM, 130 after SIGINT; 1 if it could not start; 2 for wrong options.",
            "There is neither TLS nor a password yet: keep it on a loopback address, or behind a proxy that has both."
        })
final class ServerCommand implements Callable<Integer> {

    private static final long CLOSE_MS_MAX = 10_000;
    private static final int REQUEST_SECONDS_MAX = 10;

    @Option(names = "--host", paramLabel = "HOST", defaultValue = PenstockServer.DEFAULT_HOST,
            description = "Where to listen. Default: ${DEFAULT-VALUE}, which only this machine can reach.")
    private String host;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "" + PenstockServer.DEFAULT_PORT,
            description = "The port, or 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Spec
    private CommandSpec spec;

    private ServerCommand() {}

    static int run(String[] args) {
        return new CommandLine(new ServerCommand()).execute(args);
    }

    /** Settings of the JDK's HTTP server that can be made only for a whole JVM, and before its first use. */
    static void limitSlowClients() {
        System.setProperty("sun.net.httpserver.maxReqTime", "" + REQUEST_SECONDS_MAX);
        System.setProperty("sun.net.httpserver.maxRspTime", "" + REQUEST_SECONDS_MAX);
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    @Override
    public Integer call() {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be from 0 to 65535, but is " + port);
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        PenstockServer server;
        try {
            server = PenstockServer.start(host, port);
        } catch (IOException e) {
            err.println("penstock: " + explain(e));
            return 1;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, out, err), "penstock-stop"));
        warnIfReachable(server.address(), err);
        out.println("penstock " + Version.get() + " is ready: " + server.address());
        server.awaitClosed();
        return 0;
    }

    private String explain(IOException e) {
        if (e instanceof UnknownHostException) {
            return "host '" + host + "' is unknown; use a name or an address of this machine with --host";
        }
        if (e instanceof BindException && String.valueOf(e.getMessage()).contains("in use")) {
            return "port " + port + " of " + host + " is in use; stop what listens there, or use another with --port"
                    + " (0 for any free one)";
        }
        if (e instanceof BindException) {
            return "cannot listen on " + host + ", port " + port + " (" + e.getMessage()
                    + "); use an address of this machine with --host, and a port that you may use with --port";
        }
        return "cannot listen on " + host + ", port " + port + ": " + e;
    }

    private static void warnIfReachable(URI address, PrintWriter err) {
        try {
            if (!InetAddress.getByName(address.getHost()).isLoopbackAddress()) {
                err.println("penstock: " + address + " may be reached from other machines, and there is neither TLS nor"
                        + " a password; use --host " + PenstockServer.DEFAULT_HOST + " or a proxy that has both");
            }
        } catch (UnknownHostException e) {
            throw new UncheckedIOException("an address is never looked up", e);
        }
    }

    /** Runs when the JVM shuts down. A grid that does not close must not keep the process alive. */
    private static void stop(PenstockServer server, PrintWriter out, PrintWriter err) {
        out.println("penstock stops");
        Throwable[] failure = new Throwable[1];
        Thread closing = new Thread(server::close, "penstock-close");
        closing.setDaemon(true);
        closing.setUncaughtExceptionHandler((thread, e) -> failure[0] = e);
        closing.start();
        try {
            closing.join(CLOSE_MS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            err.println("penstock: did not stop within " + TimeUnit.MILLISECONDS.toSeconds(CLOSE_MS_MAX) + " s");
        } else if (failure[0] != null) {
            err.println("penstock: stopped, but " + failure[0]);
            failure[0].printStackTrace(err);
        } else {
            out.println("penstock has stopped");
        }
    }

    /** The version that was built. */
    static final class Version implements IVersionProvider {

        private static final String VERSION = read();

        static String get() {
            return VERSION;
        }

        @Override
        public String[] getVersion() {
            return new String[] {"penstock " + VERSION};
        }

        private static String read() {
            try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
                Properties properties = new Properties();
                properties.load(in);
                return properties.getProperty("version");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
