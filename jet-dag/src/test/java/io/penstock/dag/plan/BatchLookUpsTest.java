package io.penstock.dag.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.step.PassThrough;
import io.penstock.grid.MapRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchLookUpsTest {

    private static final MapRef<Long, String> BIG = MapRef.of("big", Long.class, String.class);
    private static final MapRef<Long, String> SMALL = MapRef.of("small", Long.class, String.class);
    private static final MapSizes SIZES =
            ref -> ref == BIG ? BatchLookUps.SMALL_ENTRIES_MAX + 1 : BatchLookUps.SMALL_ENTRIES_MAX;

    private static Plan plan(MapRef<?, ?> ref) {
        return new Plan(List.of(new Vertex(2, List.of(
                stage("read", PassThrough.spec("step")),
                stage("find", OperatorSpec.of("step", PassThrough::new)
                        .withRowForm(new RowForm.LookedUp(ref, x -> x, (x, y) -> x)), "read"),
                stage("write", PassThrough.spec("step"), "find")))));
    }

    private static StageNode stage(String name, OperatorSpec spec, String... from) {
        List<StageInput> inputs = List.of(from).stream().map(each -> new StageInput(each, 0, null)).toList();
        return new StageNode(name, "Test.java:1", spec, inputs, StageNode.PLANNED);
    }

    private static List<List<String>> loops(Plan plan) {
        return Loops.of(plan, plan.vertices().get(0)).all().stream()
                .map(loop -> loop.stream().map(StageNode::name).toList())
                .toList();
    }

    @Test
    void aLoopBeginsWithALookUpInABigMap() {
        Plan batched = new BatchLookUps(SIZES).apply(plan(BIG));

        assertEquals(List.of(List.of("read"), List.of("find", "write")), loops(batched));
        assertSame(batched, new BatchLookUps(SIZES).apply(batched));
    }

    @Test
    void aMapOfUnknownSizeMayBeBig() {
        Plan batched = new BatchLookUps(MapSizes.unknown()).apply(plan(SMALL));

        assertEquals(List.of(List.of("read"), List.of("find", "write")), loops(batched));
    }

    @Test
    void aLookUpInASmallMapStaysAmidTheLoop() {
        Plan plan = plan(SMALL);

        assertSame(plan, new BatchLookUps(SIZES).apply(plan));
        assertEquals(List.of(List.of("read", "find", "write")), loops(plan));
    }
}
