package io.penstock.dag.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sink;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.grid.MapRef;
import org.junit.jupiter.api.Test;

class BatchMapWritesTest {

    private static final MapRef<Long, Long> OUT = MapRef.of("out", Long.class, Long.class);

    private final PlanRule rule = new BatchMapWrites();

    private static Plan plan(Sink<Long> sink) {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(1, index -> index)).map(number -> number).writeTo(sink);
        return Planner.plan(PipelinePlans.of(pipeline), 2);
    }

    @Test
    void aMapSinkGetsWholeBatches() {
        Plan plan = plan(Sinks.map(OUT, number -> number));

        Plan better = rule.apply(plan);

        assertEquals("""
                vertex 1 x2
                  generator               compiled, loop 1
                    map                   compiled, loop 1
                      map-out (map sink)  compiled, loop 1
                """, PlanText.explain(plan));
        assertEquals("""
                vertex 1 x2
                  generator               compiled, loop 1
                    map                   compiled, loop 1
                      map-out (map sink)  interpreted: writes a batch at a time
                """, PlanText.explain(better));
        assertSame(better, rule.apply(better));
    }

    @Test
    void keepsOtherSinks() {
        Plan plan = plan(Sinks.logged());

        assertSame(plan, rule.apply(plan));
    }
}
