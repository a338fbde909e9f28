package io.penstock.dag.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Tag;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Emitter;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StageCounter;
import io.penstock.dag.operator.StateEntry;
import io.penstock.grid.Grid;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorSourceTest {

    private record Context(int instance, int instanceCount, boolean isRestored) implements OperatorContext {

        @Override
        public Grid grid() {
            throw new AssertionError("a generator needs no grid");
        }

        @Override
        public String job() {
            return "test";
        }

        @Override
        public String stage() {
            return "generator";
        }

        @Override
        public long watermarkMs() {
            return Batch.NO_TIME;
        }

        @Override
        public long restoredWatermarkMs() {
            return Batch.NO_TIME;
        }

        @Override
        public Runnable wakeUp() {
            throw new AssertionError("a generator is always awake");
        }

        @Override
        public int output(Tag<?> tag) {
            throw new AssertionError("a generator has no side output");
        }

        @Override
        public StageCounter counter(String name) {
            return new StageCounter();
        }
    }

    /** Keeps the rows of the main output. */
    private static final class Rows implements Output {

        private final List<Long> indices = new ArrayList<>();

        @Override
        public void emit(int output, long timeMs, Object event) {
            indices.add((Long) event);
        }

        @Override
        public void emitFrom(Emitter emitter) {
            throw new AssertionError("a source emits its rows itself");
        }

        @Override
        public void emitWatermark(long watermarkMs) {
            throw new AssertionError("a generator knows no time");
        }

        @Override
        public void fail(long timeMs, Object event, Object key, String reason, Throwable cause) {
            throw new AssertionError(reason, cause);
        }

        @Override
        public void failOther(Object event, Object key, String reason, Throwable cause) {
            throw new AssertionError(reason, cause);
        }
    }

    private static GeneratorSource<Long> source(long count, int instance, int instanceCount, boolean isRestored) {
        GeneratorSource<Long> source = new GeneratorSource<>(count, index -> index);
        source.open(new Context(instance, instanceCount, isRestored));
        return source;
    }

    private static GeneratorSource<Long> source(long count, int instance, int instanceCount) {
        return source(count, instance, instanceCount, false);
    }

    private static List<Long> fillAll(GeneratorSource<Long> source) throws Exception {
        Rows rows = new Rows();
        int before;
        do {
            before = rows.indices.size();
            boolean more = source.fill(rows);
            assertTrue(rows.indices.size() - before <= Batch.CAPACITY, "rows of one call");
            if (!more) {
                break;
            }
        } while (rows.indices.size() > before);
        assertTrue(source.isEnded());
        return rows.indices;
    }

    /** As a compiled loop does, which may stop anywhere. */
    private static List<Long> loopAll(GeneratorSource<Long> source, Random random) {
        List<Long> indices = new ArrayList<>();
        assertFalse(source.isEnded());
        while (source.next(1 + random.nextInt(300))) {
            long index = source.index();
            assertTrue(index < source.endIndex(), "no row in a run that was announced");
            for (; index < source.endIndex(); index += source.stride()) {
                indices.add(index);
            }
            source.advance(index);
        }
        assertTrue(source.isEnded());
        return indices;
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "1,4", "3,4", "4,4", "5,4", "255,1", "256,1", "257,1", "1000,3", "10000,7"})
    void allInstancesMakeEachIndexOnceAndInOrder(long count, int instanceCount) throws Exception {
        List<Long> filled = new ArrayList<>();
        List<Long> looped = new ArrayList<>();
        for (int instance = 0; instance < instanceCount; instance++) {
            List<Long> own = fillAll(source(count, instance, instanceCount));
            assertEquals(own.stream().sorted().toList(), own);
            filled.addAll(own);
            looped.addAll(loopAll(source(count, instance, instanceCount), new Random(count)));
        }
        assertEquals(LongStream.range(0, count).boxed().toList(), filled.stream().sorted().toList());
        assertEquals(filled, looped);
    }

    /** Whoever wants events without end gives the greatest number there is. */
    @Test
    void endsAtTheGreatestCountInsteadOfBeginningAnew() throws Exception {
        for (int stride : new int[] {1, 2, 3, 7, 1000}) {
            GeneratorSource<Long> endless = source(Long.MAX_VALUE, 0, stride);
            assertTrue(endless.next(256));
            assertEquals(256L * stride, endless.endIndex());
            List<Long> last = nearTheEnd(stride);
            assertTrue(last.size() <= 10_000 / stride + 1, () -> last.size() + " rows");
            assertTrue(last.stream().allMatch(index -> index > 0), last::toString);
            assertEquals(last.stream().sorted().toList(), last);
        }
    }

    private static List<Long> nearTheEnd(int stride) throws Exception {
        GeneratorSource<Long> source = source(Long.MAX_VALUE, 0, stride);
        source.next(1);
        StateEntry entry = source.snapshot().next();
        GeneratorSource<Long> restored = source(Long.MAX_VALUE, 0, stride, true);
        long behind = Long.MAX_VALUE - Integer.MAX_VALUE - 10_000;
        restored.restore(entry.key(), behind - behind % stride);
        return fillAll(restored);
    }

    @Test
    void otherInstancesFinishTheSlicesInTheOrderOfTheirIndex() throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("GeneratorSourceTest: -Dpenstock.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            long count = random.nextInt(3_000);
            List<Long> made = new ArrayList<>();
            List<StateEntry> saved = new ArrayList<>();
            int before = 1 + random.nextInt(5);
            for (int instance = 0; instance < before; instance++) {
                GeneratorSource<Long> source = source(count, instance, before);
                Rows rows = new Rows();
                for (int calls = random.nextInt(4); calls > 0; calls--) {
                    source.fill(rows);
                }
                made.addAll(rows.indices);
                for (Iterator<StateEntry> entries = source.snapshot(); entries.hasNext(); ) {
                    saved.add(entries.next());
                }
            }
            int after = 1 + random.nextInt(5);
            for (int instance = 0; instance < after; instance++) {
                GeneratorSource<Long> source = source(count, instance, after, true);
                for (StateEntry entry : saved) {
                    source.restore(entry.key(), entry.value());
                }
                List<Long> own = round % 2 == 0 ? fillAll(source) : loopAll(source, random);
                assertEquals(own.stream().sorted().toList(), own);
                made.addAll(own);
            }
            assertEquals(LongStream.range(0, count).boxed().toList(), made.stream().sorted().toList());
        }
    }
}
