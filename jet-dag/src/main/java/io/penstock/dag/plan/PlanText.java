package io.penstock.dag.plan;

import io.penstock.dag.operator.RowForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes a plan for people, in a stable order: its vertices, their stages, the exchanges between them, how each stage
 * runs, and, of a running job, what it has done.
 */
public final class PlanText {

    private record Line(String text, String note) {}

    private final Plan plan;
    private final Function<StageNode, String> figures;
    private final Map<String, String> notes = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();
    /** By the name of the first stage. */
    private final Map<String, Integer> loopNumbers = new HashMap<>();

    private PlanText(Plan plan, Function<StageNode, String> figures) {
        this.plan = plan;
        this.figures = figures;
        for (Vertex vertex : plan.vertices()) {
            annotate(vertex.root(), Loops.of(plan, vertex));
        }
    }

    /** Numbers the loops in the order in which they are read. */
    private void annotate(StageNode stage, Loops loops) {
        List<StageNode> loop = loops.loopOf(stage.name());
        if (loop == null) {
            notes.put(stage.name(), "interpreted: " + loops.reason(stage.name()));
        } else {
            int number = loopNumbers.computeIfAbsent(loop.get(0).name(), ignored -> loopNumbers.size() + 1);
            notes.put(stage.name(), "compiled, loop " + number + lookUp(stage));
        }
        plan.childrenOf(stage.name()).forEach(child -> annotate(child, loops));
    }

    private static String lookUp(StageNode stage) {
        if (!(stage.spec().rowForm() instanceof RowForm.LookedUp form)) {
            return "";
        }
        return ": looks up '" + form.ref().name() + "' " + (stage.isBatched() ? "a batch at a time" : "row by row")
                + (stage.lookUpPlace() == null ? "" : ", " + stage.lookUpPlace().text());
    }

    /** The plan, and how each stage runs: in which compiled loop, or why it is interpreted. */
    public static String explain(Plan plan) {
        return explain(plan, stage -> "");
    }

    /**
     * {@link #explain(Plan)}, with something measured about each stage.
     *
     * @param figures what is known of a stage; empty for nothing
     */
    public static String explain(Plan plan, Function<StageNode, String> figures) {
        PlanText text = new PlanText(plan, figures);
        for (int i = 0; i < plan.vertices().size(); i++) {
            Vertex vertex = plan.vertices().get(i);
            text.lines.add(new Line("vertex " + (i + 1) + instances(vertex), ""));
            text.add(vertex.root(), "  ");
        }
        return text.aligned();
    }

    private void add(StageNode stage, String indent) {
        String measured = figures.apply(stage);
        lines.add(new Line(
                indent + nameOf(stage), notes.get(stage.name()) + (measured.isEmpty() ? "" : "; " + measured)));
        String inner = indent + "  ";
        for (StageNode child : plan.childrenOf(stage.name())) {
            add(child, inner);
        }
        for (Exchange exchange : plan.exchangesFrom(stage.name())) {
            lines.add(new Line(inner + arrowOf(plan, exchange), ""));
        }
    }

    static String instances(Vertex vertex) {
        return vertex.parallelism() == Vertex.EVERYWHERE ? " on every worker" : " x" + vertex.parallelism();
    }

    /** A stage's name, and its kind if that says more. */
    static String nameOf(StageNode stage) {
        String kind = stage.spec().kind();
        return stage.name().equals(kind) ? kind : stage.name() + " (" + kind + ")";
    }

    /** Where rows go, and how. */
    static String arrowOf(Plan plan, Exchange exchange) {
        String input = exchange.target().root().inputs().size() > 1 ? ", input " + exchange.ordinal() : "";
        return "-> vertex " + (plan.vertices().indexOf(exchange.target()) + 1) + " " + exchange.target().name() + input
                + (exchange.input().isExchanged() ? ", keyed" : ", forward");
    }

    private String aligned() {
        int width = lines.stream()
                .filter(line -> !line.note.isEmpty())
                .mapToInt(line -> line.text.length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(line.text);
            if (!line.note.isEmpty()) {
                text.append(" ".repeat(width - line.text.length() + 2)).append(line.note);
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** The plan as a graph in the language of Graphviz: a cluster for each vertex, a node for each stage. */
    public static String toDot(Plan plan) {
        StringBuilder dot = new StringBuilder("digraph job {\n  rankdir=LR;\n  node [shape=box];\n");
        PlanText text = new PlanText(plan, stage -> "");
        for (int i = 0; i < plan.vertices().size(); i++) {
            Vertex vertex = plan.vertices().get(i);
            dot.append("  subgraph cluster_").append(i + 1).append(" {\n    label=\"vertex ").append(i + 1)
                    .append(instances(vertex)).append("\";\n");
            for (StageNode stage : vertex.stages()) {
                dot.append("    ").append(quoted(stage.name())).append(" [label=")
                        .append(quoted(nameOf(stage) + "\n" + text.notes.get(stage.name()))).append("];\n");
            }
            dot.append("  }\n");
        }
        for (Vertex vertex : plan.vertices()) {
            for (StageNode stage : vertex.stages()) {
                for (StageInput input : stage.inputs()) {
                    dot.append("  ").append(quoted(input.from())).append(" -> ").append(quoted(stage.name()));
                    List<String> labels = new ArrayList<>();
                    if (input.output() > 0) {
                        labels.add("side output " + input.output());
                    }
                    if (input.isExchanged()) {
                        labels.add("keyed");
                    }
                    dot.append(labels.isEmpty() ? "" : " [label=" + quoted(String.join(", ", labels)) + "]")
                            .append(";\n");
                }
            }
        }
        return dot.append("}\n").toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
