package io.penstock.dag.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows are aggregated where they are before the accumulators are exchanged:
 * {@code a x4 =keyed=> window x4   ==>   a x4 -> window-first x4 =keyed=> window x4}. Not if the rows come from fewer
 * instances: the work would stay with these.
 */
final class AggregateInTwoSteps implements PlanRule {

    @Override
    public Plan apply(Plan plan) {
        for (Vertex vertex : plan.vertices()) {
            StageNode stage = vertex.root();
            if (stage.spec().firstStep() != null && stage.isExchanged() && comesFromAsMany(plan, vertex)) {
                return apply(split(plan, vertex));
            }
        }
        return plan;
    }

    private static boolean comesFromAsMany(Plan plan, Vertex vertex) {
        List<StageInput> inputs = vertex.root().inputs();
        return inputs.size() == 1 && plan.vertexOf(inputs.get(0).from()).parallelism() == vertex.parallelism();
    }

    private static Plan split(Plan plan, Vertex vertex) {
        StageNode stage = vertex.root();
        String firstName = unusedName(plan, stage.name() + "-first");
        List<StageNode> second = new ArrayList<>(vertex.stages());
        second.set(0, stage.secondPart(firstName));
        List<Vertex> vertices = new ArrayList<>();
        for (Vertex other : plan.vertices()) {
            if (other == vertex) {
                vertices.add(new Vertex(vertex.parallelism(), List.of(stage.firstPart(firstName))));
                vertices.add(new Vertex(vertex.parallelism(), second));
            } else {
                vertices.add(withSideOutputsOf(stage.name(), firstName, other));
            }
        }
        return new Plan(vertices);
    }

    private static String unusedName(Plan plan, String wish) {
        String name = wish;
        for (int ordinal = 2; plan.has(name); ordinal++) {
            name = wish + "-" + ordinal;
        }
        return name;
    }

    /** Lets whoever reads side outputs of a stage read those of its first part, too. */
    private static Vertex withSideOutputsOf(String stage, String firstPart, Vertex reader) {
        List<StageInput> inputs = new ArrayList<>();
        for (StageInput input : reader.root().inputs()) {
            inputs.add(input);
            if (input.from().equals(stage) && input.output() > 0) {
                inputs.add(new StageInput(firstPart, input.output(), input.keyFn(), input.isExchanged()));
            }
        }
        if (inputs.size() == reader.root().inputs().size()) {
            return reader;
        }
        List<StageNode> stages = new ArrayList<>(reader.stages());
        stages.set(0, reader.root().withInputs(inputs));
        return new Vertex(reader.parallelism(), stages);
    }
}
