package io.penstock.dag.plan;

import io.penstock.dag.operator.RowForm;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows are written to a map a batch at a time: {@code a+write ==> a | write}, where the sink gets whole batches instead
 * of being part of a loop. For clusters, where each write by itself would wait for a round trip.
 */
final class BatchMapWrites implements PlanRule {

    @Override
    public Plan apply(Plan plan) {
        List<Vertex> vertices = new ArrayList<>();
        boolean changed = false;
        for (Vertex vertex : plan.vertices()) {
            List<StageNode> stages = vertex.stages().stream()
                    .map(stage -> isWrite(stage) && !stage.isBatched() ? stage.batched() : stage)
                    .toList();
            changed |= !stages.equals(vertex.stages());
            vertices.add(new Vertex(vertex.parallelism(), stages));
        }
        return changed ? new Plan(vertices) : plan;
    }

    private static boolean isWrite(StageNode stage) {
        return stage.spec().rowForm() instanceof RowForm.Written;
    }
}
