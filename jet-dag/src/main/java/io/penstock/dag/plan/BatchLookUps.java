package io.penstock.dag.plan;

import io.penstock.dag.operator.RowForm;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys of a map that does not fit the processor's cache are looked up a batch at a time, so that one waits for memory
 * while others do: {@code a+enrich+b ==> a | enrich+b}, where a loop begins with the look-up. In a small map, a
 * look-up amid the loop is faster.
 */
final class BatchLookUps implements PlanRule {

    /** About 1 MB of records of 100 bytes: more than that is not in the second-level cache of most machines. */
    static final long SMALL_ENTRIES_MAX = 8_192;

    private final MapSizes sizes;

    BatchLookUps(MapSizes sizes) {
        this.sizes = sizes;
    }

    @Override
    public Plan apply(Plan plan) {
        List<Vertex> vertices = new ArrayList<>();
        boolean changed = false;
        for (Vertex vertex : plan.vertices()) {
            List<StageNode> stages = vertex.stages().stream()
                    .map(stage -> isBig(stage) && !stage.isBatched() ? stage.batched() : stage)
                    .toList();
            changed |= !stages.equals(vertex.stages());
            vertices.add(new Vertex(vertex.parallelism(), stages));
        }
        return changed ? new Plan(vertices) : plan;
    }

    private boolean isBig(StageNode stage) {
        if (!(stage.spec().rowForm() instanceof RowForm.LookedUp lookUp)) {
            return false;
        }
        long entryCount = sizes.entryCount(lookUp.ref());
        return entryCount == MapSizes.UNKNOWN || entryCount > SMALL_ENTRIES_MAX;
    }
}
