package io.penstock.dag.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Traverser;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.plan.Loops;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.Planner;
import io.penstock.dag.plan.StageNode;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which loops share a class, and how long a class lives. */
class LoopCompilerTest {

    private static final int COLLECTIONS_MAX = 50;
    private static final int MORE_CLASSES_THAN_ARE_KEPT = 300;

    private final LoopCompiler compiler = new LoopCompiler();

    /** The loop that begins with the second stage, since the source has two readers. */
    private static List<StageNode> loopOf(Pipeline pipeline) {
        Plan plan = Planner.plan(PipelinePlans.of(pipeline), 1);
        return Loops.of(plan, plan.vertices().get(0)).all().get(1);
    }

    private static List<StageNode> mapped(FunctionEx<Long, Long> mapFn) {
        return mapped("map", mapFn);
    }

    private static List<StageNode> mapped(String name, FunctionEx<Long, Long> mapFn) {
        Pipeline pipeline = Pipeline.create();
        Stage<Long> source = pipeline.readFrom(Sources.generator(1, index -> index));
        source.map(mapFn, o -> o.name(name)).filter(number -> number >= 0);
        source.writeTo(Sinks.noop());
        return loopOf(pipeline);
    }

    private Class<?> classOf(List<StageNode> stages) {
        return compiler.loop(stages, List.of()).getClass();
    }

    private static List<StageNode> adding(long summand) {
        return mapped(number -> number + summand);
    }

    private static List<StageNode> addingOne() {
        return mapped(number -> number + 1);
    }

    @Test
    void theSamePipelineUsesTheSameClass() {
        List<StageNode> stages = addingOne();
        assertSame(classOf(stages), classOf(stages));
    }

    @Test
    void aPipelineThatIsBuiltAgainUsesTheSameClass() {
        assertSame(classOf(addingOne()), classOf(addingOne()));
        assertSame(classOf(adding(1_000_000)), classOf(adding(1_000_000)));
    }

    @Test
    void otherCapturedValuesOtherFunctionsAndOtherNamesHaveTheirOwnClass() {
        Class<?> type = classOf(adding(1));
        assertNotSame(type, classOf(adding(2)));
        assertNotSame(type, classOf(addingOne()));
        FunctionEx<Long, Long> mapFn = number -> number;
        assertNotSame(classOf(mapped("a", mapFn)), classOf(mapped("b", mapFn)));
    }

    @Test
    void functionsThatAreNoLambdasAreTheSameOnlyAsThemselves() {
        record Adding(long summand) implements FunctionEx<Long, Long> {
            @Override
            public Long applyEx(Long number) {
                return number + summand;
            }
        }
        Adding one = new Adding(1);
        assertSame(classOf(mapped(one)), classOf(mapped(one)));
        assertNotSame(classOf(mapped(one)), classOf(mapped(new Adding(1))));
        List<Long> seen = new ArrayList<>();
        List<Long> equal = new ArrayList<>();
        assertNotSame(classOf(mapped(into(seen))), classOf(mapped(into(equal))), "equal lists are not one list");
        assertSame(classOf(mapped(into(seen))), classOf(mapped(into(seen))));
    }

    private static FunctionEx<Long, Long> into(List<Long> seen) {
        return number -> {
            seen.add(number);
            return number;
        };
    }

    @Test
    void otherCompilersHaveTheirOwnClasses() {
        assertNotSame(classOf(addingOne()), new LoopCompiler().loop(addingOne(), List.of()).getClass());
    }

    @Test
    void aClassIsUnloadedWithItsCompiler() {
        WeakReference<Class<?>> type = new WeakReference<>(new LoopCompiler().loop(addingOne(), List.of()).getClass());
        assertUnloaded(type);
    }

    @Test
    void theClassThatWasNotUsedForLongestIsUnloaded() {
        List<StageNode> often = adding(-1);
        WeakReference<Class<?>> old = new WeakReference<>(classOf(adding(0)));
        Class<?> used = classOf(often);
        for (long other = 1; other <= MORE_CLASSES_THAN_ARE_KEPT; other++) {
            classOf(adding(other));
            assertSame(used, classOf(often));
        }
        assertUnloaded(old);
    }

    private static void assertUnloaded(WeakReference<Class<?>> type) {
        for (int collection = 0; collection < COLLECTIONS_MAX && type.get() != null; collection++) {
            System.gc();
        }
        assertNull(type.get(), "the class is still there");
    }

    @Test
    void aLoopGoesOnWhereItStopped() throws Exception {
        Pipeline pipeline = Pipeline.create();
        Stage<Long> source = pipeline.readFrom(Sources.generator(1, index -> index));
        source.flatMap(LoopCompilerTest::numbersBelow).map(number -> number, o -> o.name("after"));
        source.writeTo(Sinks.noop());
        List<StageNode> stages = loopOf(pipeline);
        List<FakeNode> nodes = FakeNode.of(stages);
        RowLoop loop = compiler.loop(stages, nodes);
        FakeNode last = nodes.get(1);

        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(), run(loop, last, 0L));
            assertEquals(numbers(300), run(loop, last, 300L));
            assertEquals(numbers(3), run(loop, last, 3L, 0L), "the first row after a loop that had stopped");
        }
        assertEquals(8, nodes.get(0).in);
        assertEquals(606, nodes.get(0).outCount);
        assertEquals(606, last.in);
        assertEquals(8, loop.rowsTaken());
    }

    private static Traverser<Long> numbersBelow(Long count) {
        return count == 0 ? null : Traverser.over(numbers(count));
    }

    private static List<Long> numbers(long count) {
        return IntStream.range(0, (int) count).mapToObj(number -> (Long) (long) number).toList();
    }

    private static List<Long> run(RowLoop loop, FakeNode last, Long... events) throws Exception {
        Batch batch = new Batch();
        for (Long event : events) {
            batch.add(0, event);
        }
        List<Long> rows = new ArrayList<>();
        boolean done;
        do {
            done = loop.run(batch);
            assertTrue(done || last.out.isFull(), "stopped for nothing");
            for (int row = 0; row < last.out.size(); row++) {
                rows.add((Long) last.out.event(row));
            }
            last.out.clear();
        } while (!done);
        return rows;
    }

    @Test
    void anExceptionFromElsewhereIsTheFirstStages() {
        RowLoop loop = compiler.loop(addingOne(), FakeNode.of(addingOne()));
        assertEquals(0, loop.stageOf(new IllegalStateException()));
        assertEquals(0, loop.stageOf(new StackTraceElement[0]));
    }

    @Test
    void namesOfStagesNeedNotBeNamesOfJava() {
        Class<?> type = classOf(mapped("7 / 3 = zwei; 'Straße' <init> [L.", number -> number));
        assertTrue(type.getName().endsWith("Loop$7___3___zwei___Stra_e___init___L_$filter"), type.getName());
        assertFalse(type.isHidden());
    }
}
