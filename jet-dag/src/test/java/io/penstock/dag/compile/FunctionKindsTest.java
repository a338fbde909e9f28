package io.penstock.dag.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.engine.SteppedJob;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loops take every kind of function that Java has. */
class FunctionKindsTest {

    private static final String SINK = "kinds";

    private final Grid grid = Grid.embedded();
    private final Pipeline pipeline = Pipeline.create();

    @AfterEach
    void closeGrid() {
        grid.close();
    }

    record Adding(long summand) implements FunctionEx<Long, Long> {
        @Override
        public Long applyEx(Long number) {
            return number + summand;
        }
    }

    private static final class Doubling implements FunctionEx<Long, Long> {

        private static final long serialVersionUID = 1L;

        @Override
        public Long applyEx(Long number) {
            return 2 * number;
        }

        private Long negative(Long number) {
            return -number;
        }
    }

    private static Long next(Long number) {
        return number + 1;
    }

    private Map<Object, Integer> run(Stage<?> last, int workers) {
        last.custom(CollectSink.spec(SINK));
        CollectSink.ROWS.clear();
        try (SteppedJob job = SteppedJob.start(
                grid, "test", Planner.plan(PipelinePlans.of(pipeline), workers), new Random(1))) {
            job.runUntilIdle();
            assertNull(job.failure());
        }
        Map<Object, Integer> rows = new HashMap<>();
        CollectSink.ROWS.getOrDefault(SINK, Map.of()).forEach((row, count) -> rows.merge(row.event(), count, Integer::sum));
        return rows;
    }

    private Stage<Long> numbers(long count) {
        return pipeline.readFrom(Sources.generator(count, index -> index));
    }

    @Test
    void methodReferencesLambdasAnonymousClassesAndRecords() {
        Doubling doubling = new Doubling();
        long captured = 1_000;
        FunctionEx<Long, Long> anonymous = new FunctionEx<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Long applyEx(Long number) {
                return number + 10_000;
            }
        };
        Stage<Long> last = numbers(3)
                .map(FunctionKindsTest::next)
                .map(doubling)
                .map(doubling::negative)
                .map(number -> number + captured)
                .map(anonymous)
                .map(new Adding(100_000))
                .map(Long::valueOf)
                .map((FunctionEx<Long, Long>) Math::abs);

        assertEquals(Map.of(110_998L, 1, 110_996L, 1, 110_994L, 1), run(last, 1));
    }

    @Test
    void chainsOfMoreStagesThanALoopHas() {
        Stage<Long> last = numbers(1_000);
        for (int stage = 0; stage < 60; stage++) {
            long summand = stage;
            last = last.map(number -> number + summand);
        }
        Map<Object, Integer> expected = new HashMap<>();
        LongStream.range(0, 1_000).forEach(number -> expected.put(number + 59 * 30, 1));
        assertEquals(expected, run(last, 2));
    }

    /** How a key is kept depends on what its function declares; what comes out does not. */
    @Test
    void keysOfEveryDeclaredType() {
        Map<String, Map<Object, Integer>> byKind = new TreeMap<>();
        FunctionEx<Long, Integer> integer = number -> (int) (number % 5);
        FunctionEx<Long, Number> number = n -> (int) (n % 5);
        FunctionEx<Long, Object> object = n -> (int) (n % 5);
        FunctionEx<Long, Integer> anonymous = new FunctionEx<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Integer applyEx(Long n) {
                return (int) (n % 5);
            }
        };
        Map<String, FunctionEx<Long, ?>> kinds =
                Map.of("integer", integer, "number", number, "object", object, "anonymous", anonymous);
        for (int workers = 1; workers <= 2; workers++) {
            for (Map.Entry<String, FunctionEx<Long, ?>> kind : kinds.entrySet()) {
                FunctionKindsTest other = new FunctionKindsTest();
                byKind.put(kind.getKey() + workers, other.windowed(kind.getValue(), workers));
                other.closeGrid();
            }
        }
        assertEquals(1, byKind.values().stream().distinct().count(), byKind::toString);
        assertEquals(10, byKind.get("integer1").size());
    }

    private <K> Map<Object, Integer> windowed(FunctionEx<Long, K> keyFn, int workers) {
        return run(numbers(100)
                .withTimestamps(n -> n, Duration.ofMillis(1))
                .groupingKey(keyFn)
                .window(WindowDefinition.tumbling(Duration.ofMillis(50)))
                .aggregate(AggregateOperations.summingLong(n -> n)), workers);
    }

    /** Functions, and a type of key, that only a loader of theirs knows. */
    public static final class Foreign {

        public record Key(long number) implements Serializable {}

        private Foreign() {}

        public static FunctionEx<Long, Key> keyFn() {
            return number -> new Key(number % 3);
        }

        public static FunctionEx<Long, Long> mapFn() {
            return number -> new Key(number + 1).number();
        }
    }

    /** Defines its own copy of {@link Foreign}. */
    private static final class ForeignLoader extends ClassLoader {

        private ForeignLoader() {
            super(FunctionKindsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null || !name.startsWith(Foreign.class.getName())) {
                    return loaded != null ? loaded : super.loadClass(name, resolve);
                }
                try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                    byte[] bytes = in.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void functionsOfAnotherClassLoader() throws Exception {
        Class<?> foreign = Class.forName(Foreign.class.getName(), true, new ForeignLoader());
        assertNotSame(Foreign.class, foreign);
        FunctionEx<Long, Object> keyFn = (FunctionEx<Long, Object>) foreign.getMethod("keyFn").invoke(null);
        FunctionEx<Long, Long> mapFn = (FunctionEx<Long, Long>) foreign.getMethod("mapFn").invoke(null);

        Map<Object, Integer> rows = run(numbers(9)
                .map(mapFn)
                .withTimestamps(n -> n, Duration.ofMillis(1))
                .groupingKey(keyFn)
                .window(WindowDefinition.tumbling(Duration.ofMillis(100)))
                .aggregate(AggregateOperations.counting())
                .map(result -> result.key().getClass().getClassLoader() == foreign.getClassLoader()
                        ? result.key() + "=" + result.result() : "another class"), 2);

        assertEquals(
                List.of("Key[number=0]=3", "Key[number=1]=3", "Key[number=2]=3"),
                rows.keySet().stream().sorted().toList());
    }
}
