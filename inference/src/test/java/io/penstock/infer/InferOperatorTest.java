package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.operator.Batch;
import io.penstock.grid.Grid;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator by itself, driven by hand. */
class InferOperatorTest {

    private final FakeEngine engine = new FakeEngine();
    private final Grid grid = Grid.embedded();
    private final Models models = Models.of(grid, engine, Models.BYTES_MAX);
    private final Notes notes = new Notes();
    private final InferOperator<Float, String> operator = new InferOperator<>(
            "m", (x, row) -> row.put(x), (x, out) -> x < 0 ? null : out.f32("score") + " by v" + out.modelVersion());

    @AfterEach
    void everythingIsClosed() {
        grid.close();
        assertEquals(0, engine.open.get());
        assertEquals(List.of(), List.copyOf(engine.misuses));
    }

    private static Batch batch(float... values) {
        Batch batch = new Batch();
        for (int row = 0; row < values.length; row++) {
            batch.add(row, values[row]);
        }
        return batch;
    }

    @Test
    void keepsTheOrderOfRowsAndOfThoseItGivesUp() throws Exception {
        models.deploy("m", FakeEngine.poisonable(1));
        operator.open(grid);
        operator.process(0, batch(Float.NaN, 1, FakeEngine.POISON, -1, Float.NaN, 2), notes);
        assertEquals(
                List.of("0: failed NaN", "1: 1.0 by v1", "2: failed 666.0", "4: failed NaN", "5: 2.0 by v1"),
                notes.lines());
        operator.close();
    }

    @Test
    void aBatchOfBadRowsOnlyIsNotRun() throws Exception {
        models.deploy("m", FakeEngine.model(1, 1));
        operator.open(grid);
        operator.process(0, batch(Float.NaN, Float.NaN), notes);
        operator.process(0, batch(3), notes);
        assertEquals(List.of("0: failed NaN", "1: failed NaN", "0: 3.0 by v1"), notes.lines());
        assertEquals(1, grid.meterRegistry().get("penstock.model.batches").functionCounter().count());
        operator.close();
    }

    @Test
    void takesTheNewVersionWithTheNextBatchAndDoesNotHoldTheOldOne() throws Exception {
        models.deploy("m", FakeEngine.model(1, 1));
        operator.open(grid);
        operator.process(0, batch(3), notes);
        models.deploy("m", FakeEngine.model(1, 10));
        assertEquals(1, engine.open.get(), "an idle stage keeps no old version open");
        operator.process(0, batch(3), notes);
        assertEquals(List.of("0: 3.0 by v1", "0: 30.0 by v2"), notes.lines());
        operator.close();
    }

    @Test
    void aFullBatchHasRoom() throws Exception {
        models.deploy("m", FakeEngine.model(1, 1));
        operator.open(grid);
        operator.process(0, batch(new float[Batch.CAPACITY]), notes);
        assertEquals(Batch.CAPACITY, notes.lines().size());
        operator.close();
    }

    @Test
    void closesWhatItOpenedAndNothingElse() throws Exception {
        operator.close();
        Refused.with(ModelException.Code.UNKNOWN_MODEL, () -> operator.open(grid), "'m'");
        operator.close();
        models.deploy("m", FakeEngine.model(1, 1));
        operator.open(grid);
        operator.close();
        models.remove("m");
        assertEquals(0, engine.open.get());
    }
}
