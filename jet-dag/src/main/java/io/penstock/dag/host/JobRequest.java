package io.penstock.dag.host;

import io.penstock.dag.Guarantee;
import io.penstock.dag.plan.LogicalPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A job to be started, as its options say.
 *
 * @param copiedEntriesMax the most entries of a map that is copied to every member for look-ups
 * @param classes to be sent along to members, and those nested in them
 * @param jars to be sent along to members
 */
public record JobRequest(
        String name, LogicalPlan plan, boolean isInterpreted, Guarantee guarantee, Duration snapshotInterval,
        long copiedEntriesMax, List<Class<?>> classes, List<Path> jars) {

    public JobRequest {
        classes = List.copyOf(classes);
        jars = List.copyOf(jars);
    }
}
