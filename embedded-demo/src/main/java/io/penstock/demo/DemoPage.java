package io.penstock.demo;

import io.penstock.demo.web.RunServer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/** The page of {@code --web}, open as long as the demo runs and, for people, until they stop it. */
final class DemoPage implements AutoCloseable {

    private final RunServer server;
    private final PrintStream err;

    private DemoPage(RunServer server, PrintStream err) {
        this.server = server;
        this.err = err;
    }

    /**
     * Serves the page of a job and says where.
     *
     * @param port 0 for any free one, null for no page
     * @return null if there is to be no page
     * @throws java.net.BindException if the port is in use; the message names the way out
     */
    static DemoPage open(Integer port, FlightJob job, InputFile input, PrintStream err) throws IOException {
        if (port == null) {
            return null;
        }
        RunServer server = RunServer.open(new LiveRun(job, input), port);
        err.println("demo: the page of this run is at " + server.address());
        return new DemoPage(server, err);
    }

    /** Waits until the demo is told to stop. */
    void stay(StopSignal stop) throws InterruptedException {
        server.sample(); // so that who goes by the hint finds the end
        CountDownLatch stopped = new CountDownLatch(1);
        stop.onRaise(stopped::countDown);
        if (stopped.getCount() > 0) {
            err.println("demo: done; " + server.address() + " stays until Ctrl-C");
        }
        stopped.await();
    }

    @Override
    public void close() {
        server.close();
    }
}
