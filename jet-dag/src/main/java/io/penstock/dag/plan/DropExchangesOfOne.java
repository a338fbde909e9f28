package io.penstock.dag.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * A keyed exchange from one instance to one instance decides nothing:  {@code a x1 =keyed=> b x1   ==>   a x1 -> b x1}
 */
final class DropExchangesOfOne implements PlanRule {

    @Override
    public Plan apply(Plan plan) {
        List<Vertex> vertices = new ArrayList<>();
        boolean changed = false;
        for (Vertex vertex : plan.vertices()) {
            StageNode root = vertex.root();
            if (vertex.parallelism() == 1 && root.isExchanged() && readsFromOneInstance(plan, root)) {
                vertices.add(withForwardInputs(vertex));
                changed = true;
            } else {
                vertices.add(vertex);
            }
        }
        return changed ? new Plan(vertices) : plan;
    }

    private static boolean readsFromOneInstance(Plan plan, StageNode root) {
        return root.inputs().stream().allMatch(input -> plan.vertexOf(input.from()).parallelism() == 1);
    }

    private static Vertex withForwardInputs(Vertex vertex) {
        StageNode root = vertex.root();
        List<StageInput> inputs = root.inputs().stream()
                .map(StageInput::withoutExchange)
                .toList();
        List<StageNode> stages = new ArrayList<>(vertex.stages());
        stages.set(0, root.withInputs(inputs));
        return new Vertex(vertex.parallelism(), stages);
    }
}
