package io.penstock.dag;

import io.penstock.dag.host.JobRequest;
import io.penstock.dag.plan.LogicalPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a job may be told beyond its pipeline. */
public final class JobOptions {

    /** The most entries of a map that is copied to every member unless told otherwise. */
    public static final long COPY_MAPS_UP_TO = 2_000_000;

    private static final Duration SNAPSHOT_INTERVAL_MIN = Duration.ofMillis(10);

    private String name;
    private boolean interpreted;
    private Guarantee guarantee = Guarantee.NONE;
    private Duration snapshotInterval = Duration.ofSeconds(5);
    private long copyMapsUpTo = COPY_MAPS_UP_TO;
    private boolean inThisJvm;
    private final List<Class<?>> classes = new ArrayList<>();
    private final List<Path> jars = new ArrayList<>();

    JobOptions() {}

    /**
     * The job's name in metrics, logs and thread names; unique among the running jobs of its cluster, or of its grid if
     * it runs in this JVM. Default: a name that no other job has.
     */
    public JobOptions name(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a job's name must not be blank");
        }
        this.name = name;
        return this;
    }

    /**
     * Lets each step call the next instead of compiling them into loops: slower, but for a debugger each step has a
     * place of its own. The results are the same.
     */
    public JobOptions interpreted() {
        interpreted = true;
        return this;
    }

    /**
     * What becomes of the job's events when it begins again in the middle: refused at submit if one of its sources or
     * sinks cannot give it, and needed by {@link Job#suspend()} and {@link Job#restart()}. Default: {@link
     * Guarantee#NONE}.
     */
    public JobOptions guarantee(Guarantee guarantee) {
        this.guarantee = Objects.requireNonNull(guarantee, "guarantee");
        return this;
    }

    /**
     * On a cluster: how often a job with a guarantee saves where it is. After the loss of a member it does again what
     * came since. Default: 5 s.
     */
    public JobOptions snapshotInterval(Duration interval) {
        if (interval.compareTo(SNAPSHOT_INTERVAL_MIN) < 0) {
            throw new IllegalArgumentException(
                    "snapshotInterval must be at least " + SNAPSHOT_INTERVAL_MIN + ", but is " + interval);
        }
        snapshotInterval = interval;
        return this;
    }

    /**
     * On a cluster: a map that is looked up by a stage is copied to every member if it has no more entries when the job
     * is submitted; events go to the member that owns their key otherwise, and those of different keys may overtake
     * each other on the way. What goes by their order, such as {@code withTimestamps}, belongs before the look-up then;
     * or give a number that the map does not reach. {@code explain()} says what was chosen. Default: {@value
     * #COPY_MAPS_UP_TO}.
     */
    public JobOptions copyMapsUpTo(long entries) {
        if (entries < 0) {
            throw new IllegalArgumentException("copyMapsUpTo must not be negative, but is " + entries);
        }
        copyMapsUpTo = entries;
        return this;
    }

    /** Runs the job in this JVM alone, also if its grid is on a cluster. */
    public JobOptions inThisJvm() {
        inThisJvm = true;
        return this;
    }

    /**
     * On a cluster: sends these classes, and those nested in them, to members that may not have them on their class
     * path: the one that builds the pipeline, and those of its events, functions and state.
     */
    public JobOptions addClass(Class<?>... classes) {
        this.classes.addAll(List.of(classes));
        return this;
    }

    /** On a cluster: sends a jar to members that may not have its classes on their class path. */
    public JobOptions addJar(Path jar) {
        jars.add(Objects.requireNonNull(jar, "jar"));
        return this;
    }

    boolean isInterpreted() {
        return interpreted;
    }

    boolean isInThisJvm() {
        return inThisJvm;
    }

    Guarantee guarantee() {
        return guarantee;
    }

    String name() {
        return name;
    }

    /** @param generatedName what the job is called if it was given no name */
    JobRequest request(LogicalPlan plan, String generatedName) {
        return new JobRequest(
                name != null ? name : generatedName, plan, interpreted, guarantee, snapshotInterval, copyMapsUpTo,
                classes, jars);
    }
}
