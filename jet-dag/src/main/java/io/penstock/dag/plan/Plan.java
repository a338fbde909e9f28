package io.penstock.dag.plan;

import java.util.ArrayList;
import java.util.List;

/** A physical plan: vertices, each after those it reads from. */
public record Plan(List<Vertex> vertices) {

    public Plan {
        vertices = List.copyOf(vertices);
    }

    /** The same plan for so many workers, if it was made for {@link Vertex#EVERYWHERE}. */
    public Plan on(int workerCount) {
        return new Plan(vertices.stream()
                .map(vertex -> vertex.parallelism() == Vertex.EVERYWHERE
                        ? new Vertex(workerCount, vertex.stages())
                        : vertex)
                .toList());
    }

    /** The vertex that holds a stage. */
    public Vertex vertexOf(String stage) {
        return vertices.stream()
                .filter(vertex -> vertex.contains(stage))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the plan has no stage '" + stage + "'"));
    }

    boolean has(String stage) {
        return vertices.stream().anyMatch(vertex -> vertex.contains(stage));
    }

    /** What other vertices read from a stage. */
    public List<Exchange> exchangesFrom(String stage) {
        Vertex own = vertexOf(stage);
        List<Exchange> exchanges = new ArrayList<>();
        for (Vertex vertex : vertices) {
            List<StageInput> inputs = vertex.root().inputs();
            for (int ordinal = 0; ordinal < inputs.size() && vertex != own; ordinal++) {
                if (inputs.get(ordinal).from().equals(stage)) {
                    exchanges.add(new Exchange(inputs.get(ordinal), vertex, ordinal));
                }
            }
        }
        return exchanges;
    }

    /** The stages of the same vertex that read from a stage. */
    public List<StageNode> childrenOf(String stage) {
        Vertex own = vertexOf(stage);
        return own.stages().stream()
                .filter(node -> node != own.root() && node.inputs().get(0).from().equals(stage))
                .toList();
    }

    /** The shape of the plan as text, in a stable order: what rules change. {@link PlanText} says more. */
    public String explain() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < vertices.size(); i++) {
            Vertex vertex = vertices.get(i);
            text.append("vertex ").append(i + 1).append(PlanText.instances(vertex)).append('\n');
            explain(vertex.root(), "  ", text);
        }
        return text.toString();
    }

    private void explain(StageNode stage, String indent, StringBuilder text) {
        text.append(indent).append(PlanText.nameOf(stage)).append('\n');
        String inner = indent + "  ";
        for (StageNode child : childrenOf(stage.name())) {
            explain(child, inner, text);
        }
        for (Exchange exchange : exchangesFrom(stage.name())) {
            text.append(inner).append(PlanText.arrowOf(this, exchange)).append('\n');
        }
    }
}
