package io.penstock.dag.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.step.PassThrough;
import io.penstock.grid.MapRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceLookUpsTest {

    private static final long COPIED_MAX = 1_000;
    private static final FunctionEx<Object, Object> KEY = x -> x;
    private static final OperatorSpec STEP = OperatorSpec.of("step", PassThrough::new);
    private static final MapRef<Long, String> BIG = MapRef.of("big", Long.class, String.class);
    private static final MapRef<Long, String> SMALL = MapRef.of("small", Long.class, String.class);
    private static final MapRef<Long, String> UNKNOWN = MapRef.of("unknown", Long.class, String.class);

    private final PlaceLookUps rule = new PlaceLookUps(
            ref -> ref == BIG ? COPIED_MAX + 1 : ref == SMALL ? COPIED_MAX : MapSizes.UNKNOWN, COPIED_MAX);

    private static OperatorSpec lookUp(MapRef<?, ?> ref) {
        return STEP.withRowForm(new RowForm.LookedUp(ref, KEY, (x, y) -> x));
    }

    private static StageNode stage(String name, OperatorSpec spec, StageInput... inputs) {
        return new StageNode(name, "Test.java:1", spec, List.of(inputs), inputs.length == 0 ? 1 : StageNode.PLANNED);
    }

    private static StageInput from(String stage) {
        return new StageInput(stage, 0, null);
    }

    private static Plan plan(StageNode... stages) {
        return Planner.oneVertexPerStage(new LogicalPlan(List.of(stages)), Vertex.EVERYWHERE);
    }

    @Test
    void rowsGoToTheKeysOfABigMapAndRunThereFromThenOn() {
        Plan plan = plan(
                stage("read", STEP), stage("find", lookUp(BIG), from("read")), stage("write", STEP, from("find")));

        Plan placed = rule.apply(plan);

        assertEquals("""
                vertex 1 x1
                  read (step)
                    -> vertex 2 find, keyed
                vertex 2 on every worker
                  find (step)
                    -> vertex 3 write, forward
                vertex 3 on every worker
                  write (step)
                """, placed.explain());
        StageNode find = placed.vertexOf("find").root();
        assertSame(KEY, find.inputs().get(0).keyFn());
        assertFalse(find.isKeyed(), "keeps state by key");
        assertSame(placed, rule.apply(placed), "places what is placed");
    }

    @Test
    void rowsStayWhereAMapIsCopied() {
        Plan plan = plan(stage("read", STEP), stage("find", lookUp(SMALL), from("read")));

        Plan placed = rule.apply(plan);

        assertEquals(plan.explain(), placed.explain());
        assertTrue(placed.vertexOf("find").root().lookUpPlace().isCopied());
    }

    @Test
    void aMapOfUnknownSizeIsNotCopied() {
        Plan placed = rule.apply(plan(stage("read", STEP), stage("find", lookUp(UNKNOWN), from("read"))));

        assertTrue(placed.vertexOf("find").root().isExchanged());
    }

    @Test
    void eachLookUpHasAnExchangeOfItsOwn() {
        Plan placed = rule.apply(plan(
                stage("read", STEP), stage("one", lookUp(BIG), from("read")), stage("two", lookUp(BIG), from("one")),
                stage("three", lookUp(SMALL), from("two"))));

        assertEquals("""
                vertex 1 x1
                  read (step)
                    -> vertex 2 one, keyed
                vertex 2 on every worker
                  one (step)
                    -> vertex 3 two, keyed
                vertex 3 on every worker
                  two (step)
                    -> vertex 4 three, forward
                vertex 4 on every worker
                  three (step)
                """, placed.explain());
    }

    @Test
    void rowsOfAllInputsAndOutputsKeepTheirWays() {
        Plan placed = rule.apply(plan(
                stage("left", STEP), stage("right", STEP),
                stage("find", lookUp(BIG), from("left"), new StageInput("right", 3, null)),
                stage("missed", STEP, new StageInput("find", 1, null), from("left"))));

        assertEquals("""
                vertex 1 x1
                  left (step)
                    -> vertex 3 find, input 0, keyed
                    -> vertex 4 missed, input 1, forward
                vertex 2 x1
                  right (step)
                    -> vertex 3 find, input 1, keyed
                vertex 3 on every worker
                  find (step)
                    -> vertex 4 missed, input 0, forward
                vertex 4 on every worker
                  missed (step)
                """, placed.explain());
        assertEquals(3, placed.vertexOf("find").root().inputs().get(1).output());
    }

    @Test
    void keepsAStageThatKeepsStateByKeyWhereItsStateIs() {
        StageInput keyed = new StageInput("read", 0, x -> 1);
        Plan plan = plan(stage("read", STEP), stage("find", lookUp(BIG), keyed));

        assertSame(plan, rule.apply(plan));
    }

    @Test
    void keepsAPlanWithoutLookUps() {
        List<StageNode> stages = new ArrayList<>(List.of(stage("read", STEP), stage("write", STEP, from("read"))));
        Plan plan = plan(stages.toArray(StageNode[]::new));

        assertSame(plan, rule.apply(plan));
    }
}
