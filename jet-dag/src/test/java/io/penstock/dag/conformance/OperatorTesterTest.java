package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.SupplierEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.operator.StateEntry;
import io.penstock.dag.step.GeneratorSource;
import io.penstock.dag.step.PassThrough;
import io.penstock.dag.testing.OperatorTester;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tester finds the faults for which it was made, and says what they are. */
class OperatorTesterTest {

    private static OperatorTester summing(SupplierEx<? extends Operator> supplier) {
        OperatorTester tester = OperatorTester.of(supplier).keyedBy((Long event) -> event % 3).seed(7);
        for (long event = 0; event < 30; event++) {
            tester.row(event, event);
        }
        return tester.watermark(30)
                .expect(30, 135L).expect(30, 145L).expect(30, 155L).expectWatermark(30);
    }

    /** Sums per key, and emits the sums at a watermark. */
    private static class Summing implements Operator {

        final Map<Long, Long> sums = new HashMap<>();

        @Override
        public void process(int input, Batch batch, Output output) throws Exception {
            for (int row = 0; row < batch.size(); row++) {
                long event = (long) batch.event(row);
                sums.merge(event % 3, event, Long::sum);
            }
        }

        @Override
        public void onWatermark(long watermarkMs, Output output) {
            Iterator<Long> left = sums.values().iterator();
            output.emitFrom(out -> {
                if (!left.hasNext()) {
                    return false;
                }
                out.emit(watermarkMs, left.next());
                left.remove();
                return true;
            });
        }

        @Override
        public Iterator<StateEntry> snapshot() {
            return sums.entrySet().stream()
                    .map(entry -> new StateEntry(entry.getKey(), entry.getValue()))
                    .iterator();
        }

        @Override
        public void restore(Object key, Object value) {
            sums.put((Long) key, (Long) value);
        }
    }

    private static void assertFound(OperatorTester tester, String... parts) {
        AssertionError error = assertThrows(AssertionError.class, tester::verify);
        for (String part : parts) {
            assertTrue(error.getMessage().contains(part), () -> "no '" + part + "' in: " + error.getMessage());
        }
    }

    @Test
    void acceptsAnOperatorThatIsRight() {
        summing(Summing::new).verify();
    }

    @Test
    void namesModeSeedAndDifference() {
        assertFound(
                summing(Summing::new).expect(31, 1L),
                "tested, event by event, without a snapshot, seed 7: after watermark 30: expected 1 rows, came 0;"
                        + " missing 1 at 31");
    }

    @Test
    void findsStateThatIsNotSaved() {
        assertFound(
                summing(() -> new Summing() {
                    @Override
                    public Iterator<StateEntry> snapshot() {
                        return Collections.emptyIterator();
                    }
                }),
                "restored into fresh operators", "before the first watermark: expected 3 rows");
    }

    @Test
    void findsASnapshotThatTakesStateAway() {
        assertFound(
                summing(() -> new Summing() {
                    @Override
                    public Iterator<StateEntry> snapshot() {
                        Map<Long, Long> taken = new HashMap<>(sums);
                        sums.clear();
                        return taken.entrySet().stream()
                                .map(entry -> new StateEntry(entry.getKey(), entry.getValue()))
                                .iterator();
                    }
                }),
                "which nothing is restored from");
    }

    @Test
    void findsStateThatIsNotKeyed() {
        assertFound(
                summing(() -> new Summing() {
                    @Override
                    public Iterator<StateEntry> snapshot() {
                        return sums.isEmpty()
                                ? Collections.emptyIterator()
                                : List.of(new StateEntry("all", new HashMap<>(sums))).iterator();
                    }

                    @Override
                    @SuppressWarnings("unchecked")
                    public void restore(Object key, Object value) {
                        sums.putAll((Map<Long, Long>) value);
                    }
                }),
                "restored into fresh operators", "instances [2]");
    }

    @Test
    void findsARowFormThatDoesSomethingElse() {
        assertFound(
                OperatorTester.of(OperatorSpec.of("map", PassThrough::new)
                                .withRowForm(new RowForm.Mapped((FunctionEx<Long, Long>) event -> event + 1)))
                        .row(1, 5L).expect(1, 5L),
                "map, event by event, without a snapshot, compiled, seed 1", "missing 5 at 1");
    }

    @Test
    void findsAnOperatorThatKeepsItsBatch() {
        assertFound(
                summing(() -> new Summing() {
                    private Batch kept;

                    @Override
                    public void process(int input, Batch batch, Output output) throws Exception {
                        if (kept != null) {
                            super.process(input, kept, output);
                        }
                        kept = batch;
                    }
                }),
                "event by event", "expected 3 rows, came 0");
    }

    @Test
    void findsMoreRowsThanThereIsRoomFor() {
        assertFound(
                summing(() -> new Summing() {
                    @Override
                    public void onWatermark(long watermarkMs, Output output) {
                        for (int row = 0; row <= Batch.CAPACITY; row++) {
                            output.emit(watermarkMs, 0L);
                        }
                    }
                }),
                "use emitFrom(...)");
    }

    /** An operator must ask its context for the watermark: one that keeps its own has none after a restart. */
    @Test
    void findsAWatermarkThatIsLostInARestart() {
        assertFound(
                OperatorTester.of(() -> new Operator() {
                            private long ownMs = Batch.NO_TIME;

                            @Override
                            public void process(int input, Batch batch, Output output) {
                                for (int row = 0; row < batch.size(); row++) {
                                    if (batch.timeMs(row) >= ownMs) {
                                        output.emit(batch.timeMs(row), batch.event(row));
                                    }
                                }
                            }

                            @Override
                            public void onWatermark(long watermarkMs, Output output) {
                                ownMs = watermarkMs;
                            }
                        })
                        .watermark(10).row(9, "late").row(11, "in time")
                        .expectWatermark(10).expect(11, "in time"),
                "restored into fresh operators", "not expected late at 9");
    }

    @Test
    void findsAWrongOrderOnlyIfOrderMatters() {
        OperatorTester.of(PassThrough::new).row(1, "a").row(2, "b").expect(2, "b").expect(1, "a").verify();
        assertFound(
                OperatorTester.of(PassThrough::new)
                        .row(1, "a").row(2, "b").expect(2, "b").expect(1, "a").inExactOrder(),
                "row 1: expected b at 2, but came a at 1");
    }

    @Test
    void refusesSourcesAndMissingKeys() {
        assertThrows(
                IllegalArgumentException.class, () -> OperatorTester.of(() -> new GeneratorSource<>(1, index -> index)));
        assertThrows(IllegalArgumentException.class, () -> summing(Summing::new).row(1, 5, "other").verify());
    }
}
