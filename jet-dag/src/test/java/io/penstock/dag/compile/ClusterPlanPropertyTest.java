package io.penstock.dag.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Guarantee;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.PlanMessage;
import io.penstock.dag.plan.PlanText;
import io.penstock.dag.plan.Planner;
import io.penstock.dag.plan.StageNode;
import io.penstock.dag.plan.Vertex;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every member makes the same plan of what has travelled, for any number of workers. */
class ClusterPlanPropertyTest {

    private static final int PIPELINES = Boolean.getBoolean("penstock.soak") ? 5_000 : 200;
    private static final long COPIED_MAX = 1_000;

    @Test
    void membersPlanTheSame() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("ClusterPlanPropertyTest: -Dpenstock.seed=" + seed);
        int exchangedLookUps = 0;
        for (long each = seed; each < seed + PIPELINES; each++) {
            String about = "-Dpenstock.seed=" + each;
            Random random = new Random(each);
            LogicalPlan logical = PipelinePlans.of(RandomPipeline.of(random, false));
            Map<String, Long> sizes = new HashMap<>();
            byte[] bytes = PlanMessage.of(
                    logical, ref -> sizes.computeIfAbsent(ref.name(), name -> random.nextLong(2 * COPIED_MAX)),
                    false, COPIED_MAX, Guarantee.NONE).toBytes();
            Plan here = Planner.forCluster(logical, ref -> sizes.get(ref.name()), COPIED_MAX);

            Plan one = PlanMessage.read(bytes, getClass().getClassLoader()).plan();
            Plan other = PlanMessage.read(bytes, getClass().getClassLoader()).plan();

            assertEquals(PlanText.explain(here), PlanText.explain(one), about);
            int workers = 1 + random.nextInt(8);
            assertEquals(PlanText.explain(one.on(workers)), PlanText.explain(other.on(workers)), about);
            assertEquals(PlanText.toDot(one), PlanText.toDot(other), about);
            exchangedLookUps += checkShape(one, one.on(workers), about);
        }
        assertTrue(exchangedLookUps > 0, "the pipelines are too tame");
    }

    /** Fixing the number of workers changes nothing but that; answers how many look-ups rows are exchanged for. */
    private static int checkShape(Plan plan, Plan fixed, String about) {
        int exchanged = 0;
        for (int i = 0; i < plan.vertices().size(); i++) {
            Vertex vertex = plan.vertices().get(i);
            assertEquals(vertex.stages(), fixed.vertices().get(i).stages(), about);
            assertTrue(fixed.vertices().get(i).parallelism() < Vertex.EVERYWHERE, about);
            for (StageNode stage : vertex.stages()) {
                boolean looksUpAtOwner = stage.lookUpPlace() != null && stage.isExchanged();
                if (looksUpAtOwner) {
                    exchanged++;
                    assertFalse(stage.isKeyed(), about);
                }
                if (stage.isExchanged()) {
                    assertEquals(vertex.root(), stage, about);
                    assertEquals(Vertex.EVERYWHERE, vertex.parallelism(), about);
                }
            }
        }
        return exchanged;
    }
}
