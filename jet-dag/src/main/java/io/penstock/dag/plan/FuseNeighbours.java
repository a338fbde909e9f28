package io.penstock.dag.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbours that need no exchange run as one, without a queue between them:
 * {@code parse x4 -> filter x4   ==>   parse+filter x4}. Where several read from one, all of them join it.
 */
final class FuseNeighbours implements PlanRule {

    @Override
    public Plan apply(Plan plan) {
        for (Vertex vertex : plan.vertices()) {
            StageNode root = vertex.root();
            if (root.inputs().size() != 1 || root.isExchanged()) {
                continue;
            }
            Vertex upstream = plan.vertexOf(root.inputs().get(0).from());
            if (upstream != vertex && upstream.parallelism() == vertex.parallelism()) {
                return apply(fused(plan, upstream, vertex));
            }
        }
        return plan;
    }

    private static Plan fused(Plan plan, Vertex upstream, Vertex vertex) {
        List<StageNode> stages = new ArrayList<>(upstream.stages());
        stages.addAll(vertex.stages());
        List<Vertex> vertices = new ArrayList<>();
        for (Vertex other : plan.vertices()) {
            if (other == upstream) {
                vertices.add(new Vertex(upstream.parallelism(), stages));
            } else if (other != vertex) {
                vertices.add(other);
            }
        }
        return new Plan(vertices);
    }
}
