package io.penstock.dag.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.step.PassThrough;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanRulesTest {

    private static final FunctionEx<Object, Object> KEY = x -> x;

    @Test
    void fusesNeighboursOfEqualParallelism() {
        Plan plan = plan(vertex(4, "read"), vertex(4, "parse", forward("read")), vertex(4, "filter", forward("parse")));

        assertEquals("""
                vertex 1 x4
                  read (step)
                    parse (step)
                      filter (step)
                """, new FuseNeighbours().apply(plan).explain());
    }

    @Test
    void fusesAllThatReadFromOne() {
        Plan plan = plan(vertex(2, "read"), vertex(2, "left", forward("read")), vertex(2, "right", forward("read")));

        assertEquals("""
                vertex 1 x2
                  read (step)
                    left (step)
                    right (step)
                """, new FuseNeighbours().apply(plan).explain());
    }

    @Test
    void keepsNeighboursApartWhenParallelismDiffers() {
        Plan plan = plan(vertex(1, "read"), vertex(4, "parse", forward("read")));

        assertSame(plan, new FuseNeighbours().apply(plan));
    }

    @Test
    void keepsExchangesAndMergesApart() {
        Plan plan = plan(
                vertex(4, "read"),
                vertex(4, "count", keyed("read")),
                vertex(4, "merge", forward("read"), forward("count")));

        assertSame(plan, new FuseNeighbours().apply(plan));
    }

    @Test
    void dropsExchangesOfOne() {
        Plan plan = plan(vertex(1, "read"), vertex(1, "count", keyed("read")));

        assertEquals("""
                vertex 1 x1
                  read (step)
                    -> vertex 2 count, forward
                vertex 2 x1
                  count (step)
                """, new DropExchangesOfOne().apply(plan).explain());
    }

    @Test
    void keepsExchangesOfSeveral() {
        Plan plan = plan(vertex(1, "read"), vertex(2, "count", keyed("read")));

        assertSame(plan, new DropExchangesOfOne().apply(plan));
    }

    @Test
    void keepsExchangesFromSeveralToOne() {
        Plan plan = plan(vertex(2, "read"), vertex(1, "count", keyed("read")));

        assertSame(plan, new DropExchangesOfOne().apply(plan));
    }

    private static StageInput forward(String from) {
        return new StageInput(from, 0, null);
    }

    private static StageInput keyed(String from) {
        return new StageInput(from, 0, KEY);
    }

    private static Vertex vertex(int parallelism, String name, StageInput... inputs) {
        return new Vertex(parallelism, List.of(new StageNode(
                name, "Test.java:1", OperatorSpec.of("step", PassThrough::new), List.of(inputs), StageNode.PLANNED)));
    }

    private static Plan plan(Vertex... vertices) {
        return new Plan(new ArrayList<>(List.of(vertices)));
    }
}
