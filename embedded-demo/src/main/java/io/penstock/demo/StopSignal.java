package io.penstock.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds the end of the JVM back, after SIGINT or SIGTERM, until the main thread has said what it has to say. The JVM
 * then ends by the signal's own exit code.
 */
final class StopSignal implements AutoCloseable {

    private static final long LAST_WORDS_SECONDS_MAX = 30;

    private final CountDownLatch said = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop-signal");
    private Runnable action;
    private boolean isRaised;

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** What to do at the signal; done at once if it has come already. Runs on either thread, once. */
    synchronized void onRaise(Runnable action) {
        this.action = action;
        if (isRaised) {
            action.run();
        }
    }

    private void stop() {
        raise();
        try {
            said.await(LAST_WORDS_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void raise() {
        isRaised = true;
        if (action != null) {
            action.run();
        }
    }

    /** All is said: the JVM may end. */
    @Override
    public void close() {
        said.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already, and the hook at work.
        }
    }
}
