package io.penstock.dag;

import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.StageNode;

/** Refuses a pipeline that cannot give what its job is to guarantee, on every host. */
final class GuaranteeCheck {

    private GuaranteeCheck() {}

    /** @throws IllegalArgumentException naming the first stage that cannot give it, what it can, and the way out */
    static void check(LogicalPlan plan, Guarantee wanted) {
        for (StageNode stage : plan.stages()) {
            Guarantee given = stage.spec().guarantee();
            if (given.compareTo(wanted) < 0) {
                throw new IllegalArgumentException("stage '" + stage.name() + "' (" + stage.calledAt() + "), "
                        + stage.spec().kind() + ", can give " + given + ", but the job is to give " + wanted + "; "
                        + wayOut(stage) + ", or submit the job with o.guarantee(Guarantee." + given + ")");
            }
        }
    }

    private static String wayOut(StageNode stage) {
        return stage.isSource()
                ? "begin with a source that can be read again from where a snapshot was taken, such as"
                        + " Sources.mapChanges, Sources.lines or a SourceBuilder with createSnapshotFn(...) and"
                        + " restoreSnapshotFn(...)"
                : "use a step or sink whose work may be done again, such as Sinks.map";
    }
}
