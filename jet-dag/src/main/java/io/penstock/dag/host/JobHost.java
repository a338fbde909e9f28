package io.penstock.dag.host;

import io.penstock.dag.Job;
import java.util.List;
import java.util.Optional;

/** Runs jobs beside the maps of one grid. Thread-safe. */
public interface JobHost extends AutoCloseable {

    /**
     * Starts a job; returns when all its stages are open and it runs.
     *
     * @throws IllegalStateException if a job of that name runs
     * @throws io.penstock.dag.JobException if a stage cannot be opened
     */
    Job start(JobRequest request);

    /** The job of that name, running or suspended, or else the one that ended last, as long as it is known. */
    Optional<Job> find(String name);

    /** All jobs that have not ended, by name. */
    List<Job> jobs();

    /** Lets go of the jobs, which end if they run in this JVM alone. */
    @Override
    void close();
}
