package io.penstock.dag.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Guarantee;
import io.penstock.dag.Jobs;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.operator.FailurePolicy;
import io.penstock.dag.plan.Loops;
import io.penstock.dag.plan.MapSizes;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.PlanMessage;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The jobs of a grid share the classes of their loops, which go when the grid goes. */
@Timeout(60)
class LoopSharingIT {

    private static final int COLLECTIONS_MAX = 50;
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final Set<Class<?>> LOOPS = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    @BeforeEach
    void forget() {
        LOOPS.clear();
    }

    /** Notes which loop calls it. */
    private static long noted(long number) {
        STACK.walk(frames -> frames.<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                .filter(RowLoop.class::isAssignableFrom)
                .findFirst())
                .ifPresent(LOOPS::add);
        return number;
    }

    private static Pipeline pipeline(long summand) {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(10, index -> index))
                .map(number -> noted(number + summand))
                .writeTo(Sinks.noop());
        return pipeline;
    }

    @Test
    void jobsOfOnePipelineShareTheirLoops() throws Exception {
        try (Grid grid = Grid.embedded()) {
            Jobs jobs = Jobs.of(grid, o -> o.workers(2));
            Pipeline pipeline = pipeline(1);
            jobs.submit(pipeline).join();
            jobs.submit(pipeline).join();
            jobs.submit(pipeline(1)).join();
            assertEquals(1, LOOPS.size(), LOOPS::toString);
            jobs.submit(pipeline(2)).join();
            assertEquals(2, LOOPS.size(), LOOPS::toString);
        }
    }

    /** Its plan comes as bytes each time. */
    @Test
    void jobsOfAMemberShareTheirLoops() throws Exception {
        try (Grid grid = Grid.cluster(config -> config.name("loops-" + UUID.randomUUID()))) {
            Jobs jobs = Jobs.of(grid, o -> o.workers(2));
            jobs.submit(pipeline(1)).join();
            assertEquals(1, LOOPS.size(), LOOPS::toString);
            jobs.submit(pipeline(1)).join();
            assertEquals(1, LOOPS.size(), LOOPS::toString);
            jobs.submit(pipeline(2)).join();
            assertEquals(2, LOOPS.size(), LOOPS::toString);
        }
    }

    /** Functions of look-ups and windows hold what is equal, but another object, in each plan that travels. */
    @Test
    void loopsOfAPlanAreKnownAgainWhenItHasTravelled() throws Exception {
        MapRef<Long, String> names = MapRef.of("names", Long.class, String.class);
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(10, index -> index))
                .withTimestamps(number -> number, Duration.ZERO)
                .<String>custom(LookUpStep.<Long, Long, String, String>spec(
                        names, number -> number, (number, name) -> name, new FailurePolicy.FailJob(), "none"))
                .groupingKey(name -> name)
                .window(WindowDefinition.tumbling(Duration.ofMillis(10)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.noop());
        List<LoopKey> keys = travelledKeys(pipeline);
        assertEquals(3, keys.size(), keys::toString);
        assertEquals(keys, travelledKeys(pipeline));
    }

    private static List<LoopKey> travelledKeys(Pipeline pipeline) {
        PlanMessage message = PlanMessage.of(
                pipeline.forHost(), MapSizes.unknown(), false, Long.MAX_VALUE, Guarantee.NONE);
        Plan plan = PlanMessage.read(message.toBytes(), LoopSharingIT.class.getClassLoader()).plan();
        return plan.vertices().stream()
                .flatMap(vertex -> Loops.of(plan, vertex).all().stream())
                .map(LoopKey::of)
                .toList();
    }

    @Test
    void anInterpretedJobHasNoLoop() throws Exception {
        try (Grid grid = Grid.embedded()) {
            Jobs.of(grid).submit(pipeline(1), o -> o.interpreted()).join();
        }
        assertEquals(Set.of(), LOOPS);
    }

    @Test
    void loopsAreUnloadedWithTheirGrid() throws Exception {
        WeakReference<Class<?>> loop;
        try (Grid grid = Grid.embedded()) {
            Jobs.of(grid).submit(pipeline(1)).join();
            loop = new WeakReference<>(List.copyOf(LOOPS).get(0));
        }
        for (int collection = 0; collection < COLLECTIONS_MAX && loop.get() != null; collection++) {
            System.gc();
        }
        assertNull(loop.get(), "the class is still there");
    }
}
