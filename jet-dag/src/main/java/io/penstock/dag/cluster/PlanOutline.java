package io.penstock.dag.cluster;

import io.penstock.dag.JobMetrics;
import io.penstock.dag.StageMetrics;
import io.penstock.dag.host.StageFigures;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.PlanText;
import io.penstock.dag.plan.StageInput;
import io.penstock.dag.plan.StageNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A plan in words, for those who ask about a job and do not have its classes.
 *
 * @param explained with {@link #mark} where the figures of a stage go
 */
record PlanOutline(String explained, String dot, List<Stage> stages) implements Serializable {

    private static final char MARK = '\u0001';

    /** What is needed of a stage to say what it has done. */
    record Stage(String name, String userStage, StageNode.Part part, boolean isSource) implements Serializable {

        private StageNode node() {
            List<StageInput> inputs = isSource ? List.of() : List.of(new StageInput("", 0, null));
            return new StageNode(name, userStage, part, "", null, inputs, StageNode.PLANNED, false, null);
        }
    }

    static PlanOutline of(Plan plan) {
        List<Stage> stages = new ArrayList<>();
        plan.vertices().forEach(vertex -> vertex.stages().forEach(stage -> stages.add(
                new Stage(stage.name(), stage.userStage(), stage.part(), stage.isSource()))));
        return new PlanOutline(
                PlanText.explain(plan, stage -> mark(stage.name())), PlanText.toDot(plan), List.copyOf(stages));
    }

    private static String mark(String stage) {
        return MARK + stage + MARK;
    }

    /** The plan with what its stages have done. */
    String explain(JobMetrics metrics) {
        StageFigures figures = new StageFigures(metrics);
        String text = explained;
        for (Stage stage : stages) {
            text = text.replace(mark(stage.name), figures.apply(stage.node()));
        }
        return text;
    }

    /** What the instances have done, in the order of the plan. */
    JobMetrics metrics(List<StageMetrics> done) {
        List<String> order = stages.stream().map(Stage::userStage).toList();
        return new JobMetrics(done.stream()
                .sorted(Comparator.<StageMetrics>comparingInt(stage -> order.indexOf(stage.stage()))
                        .thenComparingInt(StageMetrics::worker))
                .toList());
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static PlanOutline read(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (PlanOutline) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("the job was submitted with another version of Penstock, and its plan"
                    + " cannot be read here: " + e.getMessage(), e);
        }
    }
}
