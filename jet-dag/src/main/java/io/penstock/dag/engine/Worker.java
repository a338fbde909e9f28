package io.penstock.dag.engine;

import io.penstock.dag.host.CallProbe;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;

/**
 * A thread that steps tasklets as its {@link Schedule} says. When none of them has anything to do it spins, yields, and
 * then parks until it is woken, or until one of its tasklets wants to be stepped because of the time.
 *
 * <p><b>Patience.</b> How long it spins and yields depends on whether that has paid: in a busy pipeline, where the next
 * batch comes within microseconds, it does not park at all; when it had to park for long, it parks earlier next time.
 */
final class Worker implements Runnable {

    private static final int SPINS_MAX = 50;
    private static final int PATIENCE_MIN = 10;
    private static final int PATIENCE_MAX = 150;
    /** A worker that parks for less would rather have waited. */
    private static final long SHORT_PARK_NS = TimeUnit.MICROSECONDS.toNanos(200);
    /** A yield that takes longer has let others run. */
    private static final long LONG_YIELD_NS = TimeUnit.MICROSECONDS.toNanos(200);
    /** For so long after such a yield there is no further one. */
    private static final long CROWDED_NS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Who has worked for longer than this without a break will soon have more to do. */
    private static final long BUSY_NS = TimeUnit.MICROSECONDS.toNanos(200);
    static final long PARK_NS_MAX = TimeUnit.MILLISECONDS.toNanos(50);

    private final Thread thread;
    private final Parking parking;
    private final boolean isDedicated;
    private final NanoClock clock;
    private final Runnable onWoken;
    private final Schedule schedule;
    private final CallProbe probe = new CallProbe();
    private final ConcurrentLinkedQueue<Tasklet> added = new ConcurrentLinkedQueue<>();
    /** How many rounds without work are spun and yielded before the next park. */
    private int patience = PATIENCE_MAX;
    private int fruitlessRounds;
    private long lastFruitlessNs;
    /** Whether there was much to do before the rounds without work. */
    private boolean isBusyPause;
    /** When others were last seen to want the core. */
    private long longYieldNs;
    private volatile boolean resting;
    private volatile boolean closing;

    /**
     * Makes the thread, which does not run yet.
     *
     * @param isDedicated whether the thread ends with its tasklet
     * @param onWoken run by the thread when it begins to work after a rest
     */
    Worker(String threadName, boolean isDedicated, NanoClock clock, Runnable onWoken) {
        this.isDedicated = isDedicated;
        this.clock = clock;
        this.onWoken = onWoken;
        longYieldNs = clock.nanoTime() - CROWDED_NS;
        schedule = new Schedule(clock);
        thread = new Thread(this, threadName);
        thread.setDaemon(true);
        parking = new Parking(thread);
    }

    void start() {
        thread.start();
    }

    /** By any thread. */
    void add(Tasklet tasklet) {
        added.add(tasklet);
        wake();
    }

    /** Lets the thread look for work at once if it is parked. By any thread, behind what there is to find. */
    void wake() {
        parking.wake();
    }

    /** For those who have something for the thread. */
    Parking parking() {
        return parking;
    }

    /** Ends the thread as soon as it has no tasklets. */
    void closeWhenIdle() {
        closing = true;
        wake();
    }

    /** Breaks a call of a non-cooperative operator that blocks. */
    void interrupt() {
        thread.interrupt();
    }

    Thread thread() {
        return thread;
    }

    /** Where the thread is. */
    CallProbe probe() {
        return probe;
    }

    /** Whether the thread has not found anything to do for a while. */
    boolean isResting() {
        return resting;
    }

    @Override
    public void run() {
        while (true) {
            takeAdded();
            if (schedule.isEmpty() && (isDedicated || closing && added.isEmpty())) {
                return;
            }
            if (resting) {
                rest();
            } else if (schedule.round()) {
                worked();
            } else {
                idle();
            }
        }
    }

    private void takeAdded() {
        for (Tasklet tasklet = added.poll(); tasklet != null; tasklet = added.poll()) {
            schedule.add(tasklet);
        }
    }

    private void worked() {
        if (fruitlessRounds > 0 && !resting) {
            patience = Math.min(PATIENCE_MAX, 2 * patience);
        }
        if (fruitlessRounds != 0) { // no writes in each round of a busy worker: others read what lies beside
            fruitlessRounds = 0;
        }
        if (resting) {
            resting = false;
            onWoken.run();
        }
    }

    private void idle() {
        long nowNs = clock.nanoTime();
        if (fruitlessRounds == 0) {
            isBusyPause = nowNs - lastFruitlessNs > BUSY_NS;
        }
        lastFruitlessNs = nowNs;
        fruitlessRounds++;
        if (fruitlessRounds <= Math.min(SPINS_MAX, patience)) {
            Thread.onSpinWait();
        } else if (fruitlessRounds > patience || !yielded()) {
            resting = true;
        }
    }

    /**
     * Yields, unless others want the core: then a yield costs a time slice, while a parked thread that is woken gets the
     * core soon. In the midst of much work it yields nevertheless: then time slices cost less than wake-ups.
     */
    private boolean yielded() {
        long beganNs = clock.nanoTime();
        if (!isBusyPause && beganNs - longYieldNs < CROWDED_NS) {
            return false;
        }
        Thread.yield();
        long endedNs = clock.nanoTime();
        if (endedNs - beganNs > LONG_YIELD_NS) {
            longYieldNs = endedNs;
        }
        return true;
    }

    private void rest() {
        parking.announce();
        if (!added.isEmpty() || closing && schedule.isEmpty()) {
            parking.withdraw();
            return;
        }
        if (schedule.round()) {
            parking.withdraw();
            worked();
            return;
        }
        long beganNs = clock.nanoTime();
        if (schedule.isEmpty()) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, Math.min(PARK_NS_MAX, schedule.restNs()));
        }
        Thread.interrupted(); // an operator may have left it so, and no park would hold
        boolean isWoken = parking.withdraw();
        lastFruitlessNs = clock.nanoTime();
        boolean wasShort = isWoken && lastFruitlessNs - beganNs < SHORT_PARK_NS;
        patience = wasShort ? PATIENCE_MAX : Math.max(PATIENCE_MIN, patience / 2);
        if (isWoken) {
            onWoken.run(); // before the first call, which may be one that does not return
        }
    }
}
