package io.penstock.demo;

import io.penstock.demo.DemoCluster.MemberException;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Kills a member, as {@code kill -9} does, when the job has read a certain flight, and tells how it went on. Not
 * thread-safe.
 */
final class MemberKill {

    /** How often {@link #look} should be called at least: some hundred flights are read meanwhile. */
    static final long LOOK_MS = 10;

    private final DemoCluster cluster;
    private final FlightJob job;
    private final long atFlight;
    private final Consumer<String> say;
    /** Null until the kill. */
    private Outage outage;
    private boolean isOver;

    /** @param say is told what happens, in lines without an end */
    MemberKill(DemoCluster cluster, FlightJob job, long atFlight, Consumer<String> say) {
        this.cluster = cluster;
        this.job = job;
        this.atFlight = atFlight;
        this.say = say;
    }

    /**
     * Does what is due.
     *
     * @throws MemberException if a member does not answer
     */
    void look() throws IOException {
        if (isOver) {
            return;
        }
        if (outage == null) {
            long flights = job.counts().flights();
            if (flights >= atFlight) {
                kill(flights);
            }
        } else if (outage.isOver() && !job.job().status().isEnd()) {
            isOver = true;
            say.accept(String.format(Locale.ROOT, "the job went on after %.1f s", outage.seconds()));
        }
    }

    /** Says what has not happened before the job's end. */
    void end() {
        if (outage == null) {
            say.accept(String.format(Locale.ROOT, "no member was killed: the job ended before flight %,d", atFlight));
        } else if (!isOver) {
            say.accept("the job ended before it had to do without the member");
        }
    }

    /** The one that reads the file is the hardest to do without. */
    private void kill(long flights) throws IOException {
        int reader = cluster.reader();
        if (reader == DemoCluster.NO_MEMBER) {
            return;
        }
        outage = new Outage(job, System::nanoTime);
        cluster.kill(reader);
        say.accept(String.format(Locale.ROOT, "member %d of %d, which read the file, was killed at flight %,d",
                reader, cluster.size(), flights));
    }
}
