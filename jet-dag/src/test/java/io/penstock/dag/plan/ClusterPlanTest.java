package io.penstock.dag.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Failure;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sinks;
import io.penstock.dag.Source;
import io.penstock.dag.Sources;
import io.penstock.dag.Tag;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.step.PassThrough;
import io.penstock.grid.MapRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** All rules together, as a cluster has them. */
class ClusterPlanTest {

    private static final MapRef<Long, String> ACCOUNTS = MapRef.of("accounts", Long.class, String.class);
    private static final MapRef<String, Long> SUMS = MapRef.of("sums", String.class, Long.class);
    private static final Tag<Failure<Long>> LATE = Tag.of("late");

    private static LogicalPlan enriched(Source<Long> source) {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(source)
                .withTimestamps(number -> number, Duration.ZERO)
                .<Long>custom("enrich", OperatorSpec.of("enrich", PassThrough::new)
                        .withRowForm(new RowForm.LookedUp(ACCOUNTS, x -> x, (x, y) -> x)))
                .map(number -> number + 1)
                .groupingKey(number -> "" + number % 3)
                .window(WindowDefinition.tumbling(Duration.ofSeconds(1)))
                .aggregate(AggregateOperations.counting(), o -> o.onLate(LATE))
                .writeTo(Sinks.map(SUMS, sum -> sum.key(), sum -> sum.result()));
        pipeline.sideOutput(LATE).writeTo(Sinks.logged());
        return PipelinePlans.of(pipeline);
    }

    private static Plan plan(long entries) {
        return Planner.forCluster(enriched(Sources.generator(1, index -> index)), ref -> entries, 2_000_000);
    }

    private static String unaligned(String text) {
        return text.replaceAll("(\\S) {2,}", "$1  ");
    }

    @Test
    void saysThatAMapIsCopiedAndWhy() {
        assertEquals("""
                vertex 1 on every worker
                  generator  compiled, loop 1
                    timestamps  compiled, loop 1
                      enrich  compiled, loop 2: looks up 'accounts' a batch at a time, in a copy of all 1,000,000\
                 entries on each member (no more than 2,000,000)
                        map  compiled, loop 2
                          window-first (window, first step)  compiled, loop 2
                            -> vertex 2 window, keyed
                            -> vertex 3 late, input 1, forward
                vertex 2 on every worker
                  window (tumblingWindow)  interpreted: adds up what the first step sends
                    map-sums (map sink)  interpreted: writes a batch at a time
                    -> vertex 3 late, input 0, forward
                vertex 3 on every worker
                  late (sideOutput)  compiled, loop 3
                    logged (log sink)  compiled, loop 3
                """, unaligned(PlanText.explain(plan(1_000_000))));
    }

    @Test
    void saysThatRowsGoToTheKeysAndWhy() {
        assertEquals("""
                vertex 1 on every worker
                  generator  compiled, loop 1
                    timestamps  compiled, loop 1
                      -> vertex 2 enrich, keyed
                vertex 2 on every worker
                  enrich  compiled, loop 2: looks up 'accounts' a batch at a time, on the member that owns the key\
                 (2,000,001 entries, more than 2,000,000)
                    map  compiled, loop 2
                      window-first (window, first step)  compiled, loop 2
                        -> vertex 3 window, keyed
                        -> vertex 4 late, input 1, forward
                vertex 3 on every worker
                  window (tumblingWindow)  interpreted: adds up what the first step sends
                    map-sums (map sink)  interpreted: writes a batch at a time
                    -> vertex 4 late, input 0, forward
                vertex 4 on every worker
                  late (sideOutput)  compiled, loop 3
                    logged (log sink)  compiled, loop 3
                """, unaligned(PlanText.explain(plan(2_000_001))));
        assertTrue(PlanText.explain(plan(MapSizes.UNKNOWN)).contains("looks up 'accounts' a batch at a time, on the"
                + " member that owns the key (entries not counted; maybe more than 2,000,000)"));
        assertTrue(PlanText.explain(Planner.forCluster(enriched(Sources.items(1L)), ref -> 9, 3)).contains(
                "looks up 'accounts' row by row, on the member that owns the key (9 entries, more than 3)"));
    }

    @Test
    void aSourceOfOneInstanceIsAggregatedBehindTheLookUpInTwoSteps() {
        String copied = Planner.forCluster(enriched(Sources.items(1L)), ref -> 1, 2).explain();
        String exchanged = Planner.forCluster(enriched(Sources.items(1L)), ref -> 3, 2).explain();

        assertEquals("""
                vertex 1 x1
                  items
                    timestamps
                      enrich
                        map
                          -> vertex 2 window, keyed
                vertex 2 on every worker
                  window (tumblingWindow)
                    map-sums (map sink)
                    late (sideOutput)
                      logged (log sink)
                """, copied);
        assertEquals("""
                vertex 1 x1
                  items
                    timestamps
                      -> vertex 2 enrich, keyed
                vertex 2 on every worker
                  enrich
                    map
                      window-first (window, first step)
                        -> vertex 3 window, keyed
                        -> vertex 4 late, input 1, forward
                vertex 3 on every worker
                  window (tumblingWindow)
                    map-sums (map sink)
                    -> vertex 4 late, input 0, forward
                vertex 4 on every worker
                  late (sideOutput)
                    logged (log sink)
                """, exchanged);
    }

    @Test
    void hasTheSameShapeOnAnyNumberOfWorkers() {
        Plan plan = plan(2_000_001);

        for (int workers : new int[] {1, 2, 7}) {
            assertEquals(plan.explain().replace(" on every worker", " x" + workers), plan.on(workers).explain());
        }
    }

    @Test
    void drawsWhereKeysAreLookedUp() {
        String dot = PlanText.toDot(plan(2_000_001));

        assertTrue(dot.contains("\"enrich\" [label=\"enrich\\ncompiled, loop 2: looks up 'accounts' a batch at a time,"
                + " on the member that owns the key (2,000,001 entries, more than 2,000,000)\"];"), dot);
        assertTrue(dot.contains("\"timestamps\" -> \"enrich\" [label=\"keyed\"];"), dot);
        assertTrue(dot.contains("label=\"vertex 2 on every worker\";"), dot);
    }
}
