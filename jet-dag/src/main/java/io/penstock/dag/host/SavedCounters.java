package io.penstock.dag.host;

import io.penstock.dag.plan.StageNode;
import java.io.Serializable;
import java.util.TreeMap;

/**
 * The counters of a stage's instance in a snapshot. It is given to all instances of the stage, of which one adds it to
 * its own, so that the sums over the instances go on where they were.
 *
 * @param part what of the user's stage has counted
 */
record SavedCounters(StageNode.Part part, int instance, TreeMap<String, Long> counts) implements Serializable {

    static SavedCounters of(StageContext context) {
        TreeMap<String, Long> counts = new TreeMap<>();
        context.counters().forEach((name, counter) -> {
            if (counter.get() != 0) {
                counts.put(name, counter.get());
            }
        });
        return new SavedCounters(context.node().part(), context.instance(), counts);
    }

    /** Adds to the counters of an instance, if it is the one that goes on for the one that was saved. */
    void restore(StageContext context) {
        if (isFor(context.node().part()) && instance % context.instanceCount() == context.instance()) {
            counts.forEach((name, count) -> context.counter(name).add(count));
        }
    }

    /** In another plan, with another parallelism, a stage may run in one step that ran in two, or the other way round. */
    private boolean isFor(StageNode.Part other) {
        return other == part
                || other == StageNode.Part.WHOLE
                || part == StageNode.Part.WHOLE && other == StageNode.Part.SECOND;
    }
}
