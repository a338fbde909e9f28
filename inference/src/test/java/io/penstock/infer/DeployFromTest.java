package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.operator.Batch;
import io.penstock.grid.Grid;
import io.penstock.infer.ModelException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions with effect from an event time; version n multiplies by n. */
class DeployFromTest {

    private final AtomicLong nowMs = new AtomicLong();
    private final FakeEngine engine = new FakeEngine();
    private final Grid grid = Grid.embedded();
    private final Models models = Models.of(grid, engine, Models.BYTES_MAX, nowMs::get);
    private final Notes notes = new Notes();
    private final InferOperator<Float, String> operator = operator();

    @AfterEach
    void everythingIsClosed() {
        operator.close();
        grid.close();
        assertEquals(0, engine.open.get(), "models left open");
        assertEquals(List.of(), List.copyOf(engine.misuses));
    }

    private static InferOperator<Float, String> operator() {
        return new InferOperator<>(
                "m", (x, row) -> row.put(x), (x, out) -> out.f32("score") + " by v" + out.modelVersion());
    }

    private void deploy(int factor) {
        models.deploy("m", FakeEngine.model(1, factor));
    }

    private void deployFrom(long fromMs, int factor) {
        models.deploy("m", FakeEngine.model(1, factor), o -> o.from(fromMs));
    }

    private static Batch ones(long... timesMs) {
        Batch batch = new Batch();
        for (long timeMs : timesMs) {
            batch.add(timeMs, 1f);
        }
        return batch;
    }

    private List<String> process(long... timesMs) throws Exception {
        notes.lines().clear();
        operator.process(0, ones(timesMs), notes);
        return List.copyOf(notes.lines());
    }

    private double batches(int version) {
        return grid.meterRegistry().get("penstock.model.batches").tag("version", Integer.toString(version))
                .functionCounter().count();
    }

    @Test
    void scoresEachRowOfABatchWithTheVersionForItsTimeAndKeepsTheOrder() throws Exception {
        deploy(1);
        operator.open(grid);
        deployFrom(10, 2);
        deployFrom(20, 3);
        assertEquals(
                List.of("20: 3.0 by v3", "9: 1.0 by v1", "10: 2.0 by v2", "-5: 1.0 by v1", "19: 2.0 by v2",
                        Long.MAX_VALUE + ": 3.0 by v3"),
                process(20, 9, 10, -5, 19, Long.MAX_VALUE));
        assertEquals(List.of(1.0, 1.0, 1.0), List.of(batches(1), batches(2), batches(3)), "one run for each version");
    }

    @Test
    void aBadRowCostsOneRowWhicheverVersionItIsFor() throws Exception {
        models.deploy("m", FakeEngine.poisonable(1));
        deployFrom(10, 2);
        operator.open(grid);
        Batch batch = new Batch();
        batch.add(10, Float.NaN);
        batch.add(9, FakeEngine.POISON);
        batch.add(11, 1f);
        batch.add(8, Float.NaN);
        batch.add(10, FakeEngine.POISON);
        batch.add(7, 3f);
        operator.process(0, batch, notes);
        assertEquals(
                List.of("10: failed NaN", "9: failed 666.0", "11: 2.0 by v2", "8: failed NaN", "10: 1332.0 by v2",
                        "7: 3.0 by v1"),
                notes.lines());
        assertTrue(notes.reasons().get(0).startsWith("model 'm' v2 wants finite"), notes.reasons().get(0));
        assertEquals("model 'm' v1 failed to score it", notes.reasons().get(1));
        assertTrue(notes.reasons().get(2).startsWith("model 'm' v1 wants finite"), notes.reasons().get(2));
    }

    @Test
    void aLaterOneReplacesThoseThatWereToBeginAtItsTimeOrLater() throws Exception {
        deploy(1);
        operator.open(grid);
        deployFrom(10, 2);
        deployFrom(20, 3);
        deployFrom(30, 4);
        deployFrom(20, 5);
        assertEquals(3, engine.open.get());
        assertEquals(List.of("9: 1.0 by v1", "10: 2.0 by v2", "20: 5.0 by v5", "30: 5.0 by v5"), process(9, 10, 20, 30));
        deployFrom(5, 6);
        assertEquals(List.of("4: 1.0 by v1", "5: 6.0 by v6", "20: 6.0 by v6"), process(4, 5, 20));
    }

    @Test
    void oneWithoutATimeTakesOverAllRowsAtOnce() throws Exception {
        deploy(1);
        operator.open(grid);
        deployFrom(10, 2);
        deployFrom(20, 3);
        deploy(4);
        assertEquals(1, engine.open.get());
        assertEquals(List.of("9: 4.0 by v4", "10: 4.0 by v4", "20: 4.0 by v4"), process(9, 10, 20));
    }

    @Test
    void whatHasNoTimeCountsAsOfNow() throws Exception {
        nowMs.set(9);
        deploy(1);
        operator.open(grid);
        deployFrom(10, 2);
        String none = Batch.NO_TIME + ": ";
        assertEquals(List.of(none + "1.0 by v1", "10: 2.0 by v2"), process(Batch.NO_TIME, 10));
        assertEquals(1, models.score("m", new float[] {1}).get("score")[0]);
        nowMs.set(10);
        assertEquals(List.of(none + "2.0 by v2", "9: 1.0 by v1"), process(Batch.NO_TIME, 9));
        assertEquals(2, models.score("m", new float[] {1}).get("score")[0]);
    }

    @Test
    void isRefusedWithoutAPredecessor() {
        Refused.with(Code.NO_PREDECESSOR, () -> deployFrom(10, 1), "'m' v1", "1970-01-01T00:00:00.010Z", "without from");
        deploy(1);
        models.remove("m");
        Refused.with(Code.NO_PREDECESSOR, () -> deployFrom(10, 1), "'m' v2");
        assertEquals(Optional.empty(), models.describe("m"));
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> deployFrom(Batch.NO_TIME, 1));
        assertTrue(refusal.getMessage().contains("without from"), refusal.getMessage());
        assertEquals(0, engine.open.get());
    }

    @Test
    void isRefusedWithAnotherSignature() {
        deploy(1);
        deployFrom(10, 2);
        Refused.with(Code.SIGNATURE_CHANGED, () -> models.deploy("m", FakeEngine.model(2, 3), o -> o.from(20)), "'m' v2");
        assertEquals(2, models.list().size());
    }

    @Test
    void theOldestGoesWhenItsEventsHavePassed() throws Exception {
        deploy(1);
        operator.open(grid);
        InferOperator<Float, String> slower = operator();
        slower.open(grid);
        for (int version = 2; version <= Models.VERSIONS_MAX; version++) {
            deployFrom(10 * version, version);
        }
        operator.onWatermark(20, notes);
        slower.onWatermark(19, notes);
        Refused.with(Code.TOO_MANY_VERSIONS, () -> deployFrom(100, 5),
                "'m' v5", "up to 4", "1970-01-01T00:00:00.020Z", "without from");
        assertEquals(Models.VERSIONS_MAX, engine.open.get(), "what was refused is closed");
        assertEquals(List.of("19: 1.0 by v1"), process(19));
        slower.onWatermark(20, notes);
        deployFrom(100, 5);
        assertEquals(Models.VERSIONS_MAX, engine.open.get());
        assertEquals(List.of("19: 2.0 by v2", "99: 4.0 by v4", "100: 5.0 by v5"), process(19, 99, 100));
        slower.close();
    }

    @Test
    void manyDeploymentsTakeNoMoreMemory() throws Exception {
        deploy(1);
        operator.open(grid);
        for (int version = 2; version <= 1_000; version++) {
            long fromMs = 10L * version;
            deployFrom(fromMs, version);
            operator.onWatermark(fromMs, notes);
            assertEquals(List.of(fromMs + ": " + version + ".0 by v" + version), process(fromMs));
            assertTrue(engine.open.get() <= Models.VERSIONS_MAX, () -> engine.open + " versions loaded");
        }
        assertEquals(Models.VERSIONS_MAX, grid.map(ModelStore.MODELS).get("m").versions().size());
        assertEquals(Models.VERSIONS_MAX, grid.meterRegistry().find("penstock.model.rows").meters().size());
    }

    @Test
    void withoutRunningJobsTheOldestAlwaysGoes() {
        deploy(1);
        for (int version = 2; version <= 50; version++) {
            deployFrom(version, version);
        }
        assertEquals(List.of(47, 48, 49, 50), models.list().stream().map(ModelInfo::version).toList());
        assertEquals(Models.VERSIONS_MAX, engine.open.get());
    }

    @Test
    void isShownWithItsTime(@TempDir Path folder) throws IOException {
        deploy(1);
        Path file = Files.write(folder.resolve("m.onnx"), FakeEngine.model(1, 2));
        Instant from = Instant.parse("2026-07-01T00:00:00Z");
        assertEquals(2, models.deploy("m", file, o -> o.from(from)).version());
        models.deploy("a", FakeEngine.model(1, 1));
        ModelInfo latest = models.describe("m").orElseThrow();
        assertEquals(List.of("m v2 " + from.toEpochMilli(), "a v1 " + Batch.NO_TIME, "m v1 " + Batch.NO_TIME),
                List.of(shown(latest), shown(models.list().get(0)), shown(models.list().get(1))));
        assertTrue(latest.isFromATime());
        String rest = "sha256 %s: ['x' float32[?, 1]] -> ['score' float32[?, 1]], ";
        assertEquals("models of grid 'grid'\n"
                + "  model 'a' v1, 10 bytes, " + rest.formatted(models.list().get(0).sha256())
                + "v1 loaded here, used by 0 stage instances\n"
                + "  model 'm' v1, 10 bytes, " + rest.formatted(models.list().get(1).sha256())
                + "v1, v2 loaded here, used by 0 stage instances\n"
                + "  model 'm' v2 from event time 2026-07-01T00:00:00Z, 10 bytes, " + rest.formatted(latest.sha256())
                + "v1, v2 loaded here, used by 0 stage instances\n", models.dump());
    }

    private static String shown(ModelInfo info) {
        return info.name() + " v" + info.version() + " " + info.fromMs();
    }

    @Test
    void anotherJvmSeesTheSameVersions() throws Exception {
        deploy(1);
        deployFrom(10, 2);
        deployFrom(20, 3);
        FakeEngine otherEngine = new FakeEngine();
        try (Grid other = Grid.embedded()) {
            ByAnother.put(other, ByAnother.found(grid, "m"));
            Models otherModels = Models.of(other, otherEngine, Models.BYTES_MAX);
            assertTrue(otherModels.dump().contains("v2 from event time 1970-01-01T00:00:00.010Z"), otherModels.dump());
            // Loads the predecessors that it needs, before any stage does.
            otherModels.deploy("m", FakeEngine.model(1, 4), o -> o.from(15));
            assertEquals(3, otherEngine.open.get());
            InferOperator<Float, String> there = operator();
            there.open(other);
            there.process(0, ones(9, 14, 15, 20), notes);
            assertEquals(List.of("9: 1.0 by v1", "14: 2.0 by v2", "15: 4.0 by v4", "20: 4.0 by v4"), notes.lines());
            there.close();
        }
        assertEquals(0, otherEngine.open.get());
    }

    @Test
    void aDamagedVersionIsNotScoredWith() {
        deploy(1);
        deployFrom(10, 2);
        List<ByAnother.Deployed> stored = ByAnother.found(grid, "m");
        byte[] damaged = stored.get(1).bytes();
        damaged[7] ^= 1;
        try (Grid other = Grid.embedded()) {
            ByAnother.put(other, List.of(stored.get(0), new ByAnother.Deployed(stored.get(1).info(), damaged)));
            FakeEngine otherEngine = new FakeEngine();
            Models otherModels = Models.of(other, otherEngine, Models.BYTES_MAX);
            Refused.with(Code.DAMAGED, () -> otherModels.attach("m"), "'m' v2");
            Refused.with(Code.DAMAGED,
                    () -> otherModels.deploy("m", FakeEngine.model(1, 3), o -> o.from(20)), "'m' v2");
            assertEquals(0, otherEngine.open.get());
            otherModels.deploy("m", FakeEngine.model(1, 3));
            assertEquals(3, otherModels.score("m", new float[] {1}).get("score")[0]);
        }
    }
}
