package io.penstock.dag.plan;

import io.penstock.dag.operator.RowForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which stages of a vertex run as one compiled loop, and why the others do not. A loop is a chain in which each stage is
 * the only one that reads the main output of the one before. It begins with a source, or with a batch of rows; it ends
 * where rows go to several readers, to another vertex, or to a stage that has to see a whole batch.
 */
public final class Loops {

    /** Longer chains are cut: the JIT gives up on methods that are too big. */
    static final int STAGES_MAX = 24;

    private final List<List<StageNode>> loops = new ArrayList<>();
    private final Map<String, List<StageNode>> byStage = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();

    private Loops() {}

    /** The loops of a vertex, in the order of its stages. */
    public static Loops of(Plan plan, Vertex vertex) {
        Loops loops = new Loops();
        for (StageNode stage : vertex.stages()) {
            if (loops.byStage.containsKey(stage.name())) {
                continue;
            }
            String reason = reasonAgainst(stage);
            if (reason == null) {
                loops.add(loopFrom(plan, stage));
            } else {
                loops.reasons.put(stage.name(), reason);
            }
        }
        return loops;
    }

    private void add(List<StageNode> loop) {
        loops.add(loop);
        loop.forEach(stage -> byStage.put(stage.name(), loop));
    }

    private static List<StageNode> loopFrom(Plan plan, StageNode head) {
        List<StageNode> loop = new ArrayList<>(List.of(head));
        StageNode last = head;
        while (last != null && !last.spec().rowForm().isLast() && loop.size() < STAGES_MAX) {
            last = next(plan, last);
            if (last != null && canFollow(last, loop)) {
                loop.add(last);
            } else {
                last = null;
            }
        }
        return List.copyOf(loop);
    }

    /** The only reader of a stage's main output, if it is in the same vertex. */
    private static StageNode next(Plan plan, StageNode stage) {
        List<StageNode> children = plan.childrenOf(stage.name()).stream()
                .filter(child -> child.inputs().get(0).output() == 0)
                .toList();
        boolean isOnlyReader = children.size() == 1
                && plan.exchangesFrom(stage.name()).stream().noneMatch(exchange -> exchange.input().output() == 0);
        return isOnlyReader ? children.get(0) : null;
    }

    private static boolean canFollow(StageNode stage, List<StageNode> loop) {
        RowForm form = stage.spec().rowForm();
        return form != null
                && !form.isFirst()
                && !stage.isBatched()
                && !(form instanceof RowForm.FlatMapped && has(loop, RowForm.FlatMapped.class))
                && !(form instanceof RowForm.Timestamped && has(loop, RowForm.Timestamped.class));
    }

    private static boolean has(List<StageNode> loop, Class<?> type) {
        return loop.stream().anyMatch(stage -> type.isInstance(stage.spec().rowForm()));
    }

    private static String reasonAgainst(StageNode stage) {
        if (stage.spec().rowForm() instanceof RowForm.Written && stage.isBatched()) {
            return "writes a batch at a time";
        }
        if (stage.spec().rowForm() != null) {
            return null;
        }
        if (stage.part() == StageNode.Part.SECOND) {
            return "adds up what the first step sends";
        }
        if (stage.isSource()) {
            return "reads through its own code";
        }
        return stage.isKeyed() ? "keeps state by key" : "an operator of its own";
    }

    /** All loops. */
    public List<List<StageNode>> all() {
        return List.copyOf(loops);
    }

    /** The loop that a stage is part of, or null. */
    public List<StageNode> loopOf(String stage) {
        return byStage.get(stage);
    }

    /** Why a stage is not compiled; null if it is. */
    public String reason(String stage) {
        return reasons.get(stage);
    }
}
