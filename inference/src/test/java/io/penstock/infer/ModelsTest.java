package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.operator.Batch;
import io.penstock.grid.Grid;
import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.infer.ModelException.Code;
import io.penstock.infer.ModelInfo.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What models may be deployed, and what becomes of them; with an engine in plain Java. */
class ModelsTest {

    private static final long BYTES_MAX = 100;

    private final FakeEngine engine = new FakeEngine();
    private final Grid grid = Grid.embedded();
    private final Models models = Models.of(grid, engine, BYTES_MAX);

    @TempDir
    private Path folder;

    @AfterEach
    void everythingIsClosed() {
        grid.close();
        assertEquals(0, engine.open.get(), "models left open");
        assertEquals(List.of(), List.copyOf(engine.misuses));
    }

    private float score(String model, float... row) {
        return models.score(model, row).get("score")[0];
    }

    @Test
    void countsVersionsFromOneForEachName() {
        assertEquals(new ModelVersion("a", 1), models.deploy("a", FakeEngine.model(2, 1)));
        assertEquals(new ModelVersion("b", 1), models.deploy("b", FakeEngine.model(3, 1)));
        assertEquals(new ModelVersion("a", 2), models.deploy("a", FakeEngine.model(2, 10)));
        assertEquals(30, score("a", 1, 2));
        assertEquals(List.of(new ModelVersion("a", 2), new ModelVersion("b", 1)),
                models.list().stream().map(ModelInfo::modelVersion).toList());
        assertEquals(2, engine.open.get(), "the replaced version is closed");
    }

    @Test
    void describesWhatIsDeployed() {
        byte[] bytes = FakeEngine.model(2, 1);
        models.deploy("a", bytes);
        ModelInfo info = models.describe("a").orElseThrow();
        assertEquals(new ModelInfo("a", 1, Batch.NO_TIME, bytes.length, ModelChecks.sha256(bytes),
                List.of(new Tensor("x", "float32", List.of(-1L, 2L))),
                List.of(new Tensor("score", "float32", List.of(-1L, 1L)))), info);
        assertEquals("""
                models of grid 'grid'
                  model 'a' v1, 10 bytes, sha256 %s: ['x' float32[?, 2]] -> ['score' float32[?, 1]], v1 loaded here, \
                used by 0 stage instances
                """.formatted(info.sha256()), models.dump());
        assertEquals(Optional.empty(), models.describe("b"));
    }

    @Test
    void deploysFromFileAndClassPath() throws IOException {
        Path file = Files.write(folder.resolve("a.onnx"), FakeEngine.model(1, 5));
        models.deploy("a", file);
        assertEquals(10, score("a", 2));
        Refused.with(Code.CANNOT_READ, () -> models.deploy("a", folder.resolve("missing")), "'a'", "missing");
        Refused.with(Code.CANNOT_READ, () -> models.deployResource("a", ModelsTest.class, "no.onnx"), "no.onnx");
        Refused.with(Code.TOO_LARGE, () -> models.deployResource("a", ModelsTest.class, "mlp-30.onnx"), "100");
        assertEquals(1, models.describe("a").orElseThrow().version());
    }

    @Test
    void laterChangesOfTheCallersBytesDoNotMatter() {
        byte[] bytes = FakeEngine.model(1, 5);
        models.deploy("a", bytes);
        bytes[0]++;
        ByAnother.Deployed found = ByAnother.found(grid, "a").get(0);
        ModelChecks.checkUndamaged(found.info(), found.bytes());
    }

    @Test
    void refusesABadName() {
        byte[] bytes = FakeEngine.model(1, 1);
        for (String name : new String[] {null, "", "a b", "a/b", "x".repeat(201)}) {
            Refused.with(Code.BAD_NAME, () -> models.deploy(name, bytes), String.valueOf(name), "200 letters");
        }
        assertEquals(0, engine.loads.get());
    }

    @Test
    void refusesTooLargeAFileWithoutReadingIt() throws IOException {
        Path file = folder.resolve("huge.onnx");
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(1L << 40);
        }
        Refused.with(Code.TOO_LARGE, () -> models.deploy("a", file), "'a'", Long.toString(1L << 40), "100");
        Refused.with(Code.TOO_LARGE, () -> models.deploy("a", new byte[101]), "'a'", "101", "100");
    }

    @Test
    void aRefusedModelLeavesItsPredecessor() {
        models.deploy("a", FakeEngine.model(2, 1));
        Refused.with(Code.BAD_MODEL, () -> models.deploy("a", new byte[50]), "'a'", "50 bytes", "not a fake model");
        Refused.with(Code.BAD_MODEL, () -> models.deploy("a", new byte[0]), "'a'");
        Refused.with(Code.WARM_UP_FAILED, () -> models.deploy("a", FakeEngine.unable(2)), "'a'", "flaw: unable");
        Refused.with(Code.SIGNATURE_CHANGED, () -> models.deploy("a", FakeEngine.model(3, 1)),
                "'a' v1", "float32[?, 2]", "float32[?, 3]", "another name");
        Refused.with(Code.UNSUPPORTED_SIGNATURE, () -> models.deploy("a", FakeEngine.model(70_000, 1)),
                "'a'", "float32[?, 70000]");
        assertEquals(3, score("a", 1, 2));
        assertEquals(1, models.describe("a").orElseThrow().version());
        assertEquals(1, engine.open.get(), "what was refused is closed");
    }

    @Test
    void refusesAModelThatAnotherMemberDeployedMeanwhile() {
        models.deploy("a", FakeEngine.model(2, 1));
        ModelInfo stored = models.describe("a").orElseThrow();
        byte[] other = FakeEngine.model(2, 7);
        ModelInfo next = new ModelInfo("a", 2, Batch.NO_TIME, other.length, ModelChecks.sha256(other),
                stored.inputs(), stored.outputs());
        ByAnother.put(grid, next, other);
        assertEquals(3, models.deploy("a", FakeEngine.model(2, 1)).version());
        assertEquals(3, score("a", 1, 2));
    }

    @Test
    void loadsOnceWhatAnotherMemberDeployed() {
        putAsAnotherMember(FakeEngine.model(2, 7), 4, false);
        assertTrue(models.dump().contains("v4, 10 bytes"), models.dump());
        assertTrue(models.dump().contains("not loaded here"), models.dump());
        assertEquals(21, score("a", 1, 2));
        assertEquals(21, score("a", 1, 2));
        assertEquals(1, engine.loads.get());
    }

    @Test
    void refusesBytesThatWereDamagedInTheGrid() {
        putAsAnotherMember(FakeEngine.model(2, 7), 1, true);
        Refused.with(Code.DAMAGED, () -> score("a", 1, 2), "'a' v1", "SHA-256", "deploy it again");
        assertEquals(0, engine.loads.get());
        assertEquals(2, models.deploy("a", FakeEngine.model(2, 7)).version());
        assertEquals(21, score("a", 1, 2));
    }

    private void putAsAnotherMember(byte[] bytes, int version, boolean damaged) {
        ModelInfo info = new ModelInfo("a", version, Batch.NO_TIME, bytes.length, ModelChecks.sha256(bytes),
                List.of(new Tensor("x", "float32", List.of(-1L, 2L))),
                List.of(new Tensor("score", "float32", List.of(-1L, 1L))));
        byte[] stored = bytes.clone();
        if (damaged) {
            stored[7] ^= 1;
        }
        ByAnother.put(grid, info, stored);
    }

    @Test
    void aRemovedNameGoesOnCountingAndMayHaveAnotherSignature() {
        models.deploy("a", FakeEngine.model(2, 1));
        assertTrue(models.remove("a"));
        assertFalse(models.remove("a"));
        assertFalse(models.remove("b"));
        assertEquals(0, engine.open.get());
        assertEquals(List.of(), models.list());
        assertEquals(Optional.empty(), models.describe("a"));
        Refused.with(Code.UNKNOWN_MODEL, () -> score("a", 1, 2), "'a'", "none is deployed");
        assertEquals(2, models.deploy("a", FakeEngine.model(3, 1)).version());
        assertEquals(6, score("a", 1, 2, 3));
    }

    @Test
    void aModelOfARunningStageIsNotRemoved() {
        models.deploy("a", FakeEngine.model(2, 1));
        Attachment stage = models.attach("a");
        Refused.with(Code.IN_USE, () -> models.remove("a"), "'a'", "1 stage");
        stage.detach();
        assertTrue(models.remove("a"));
    }

    @Test
    void refusesARowThatDoesNotFit() {
        models.deploy("a", FakeEngine.model(2, 1));
        Refused.with(Code.BAD_ROW, () -> score("a", 1), "'a' v1", "float32[?, 2]", "fills 1 columns, not 2");
        Refused.with(Code.BAD_ROW, () -> score("a", 1, 2, 3), "fills 3 columns, not 2");
        Refused.with(Code.BAD_ROW, () -> score("a", 1, Float.NaN), "column 1", "NaN");
        Refused.with(Code.BAD_ROW, () -> score("a", Float.NEGATIVE_INFINITY, 1), "column 0", "infinite");
        Refused.with(Code.UNKNOWN_MODEL, () -> score("b", 1), "'b'", "deployed are [a]");
    }

    @Test
    void aRowOnWhichTheModelFailsIsTold() {
        models.deploy("a", FakeEngine.poisonable(2));
        Refused.with(Code.RUN_FAILED, () -> score("a", 1, FakeEngine.POISON), "'a' v1", "flaw");
        assertArrayEquals(new float[] {3}, models.score("a", new float[] {1, 2}).get("score"));
    }

    @Test
    void refusesEverythingAfterTheGridWasClosed() {
        models.deploy("a", FakeEngine.model(2, 1));
        grid.close();
        Refused.with(Code.CLOSED, () -> models.deploy("b", FakeEngine.model(2, 1)), "'grid'");
        Refused.with(Code.CLOSED, () -> score("a", 1, 2), "'grid'");
        Refused.with(Code.CLOSED, () -> models.remove("a"), "'grid'");
        Refused.with(Code.CLOSED, () -> models.attach("a"), "'grid'");
    }

    @Test
    void aModelInUseOutlivesItsGridUntilItIsReleased() {
        models.deploy("a", FakeEngine.model(2, 1));
        Attachment stage = models.attach("a");
        Schedule schedule = stage.acquire();
        grid.close();
        assertEquals(1, engine.open.get());
        schedule.release();
        assertEquals(1, engine.open.get(), "the stage is still attached");
        Schedule again = stage.acquire();
        stage.detach();
        assertEquals(1, engine.open.get(), "a batch still runs");
        again.release();
        assertEquals(0, engine.open.get());
    }

    @Test
    void neverClosesAModelThatSomebodyRuns() throws Exception {
        models.deploy("a", FakeEngine.model(2, 1));
        int scorers = 4;
        CountDownLatch started = new CountDownLatch(scorers);
        GridMap<String, StoredModel> map = grid.map(ModelStore.MODELS);
        try (Threads threads = new Threads()) {
            for (int i = 0; i < scorers; i++) {
                threads.start(() -> {
                    started.countDown();
                    int last = 0;
                    while (!grid.isClosed()) {
                        try {
                            int factor = (int) score("a", 1, 0);
                            assertTrue(factor >= last, () -> "went back from " + factor);
                            last = factor;
                        } catch (ModelException e) {
                            assertEquals(Code.CLOSED, e.code());
                        } catch (GridException e) {
                            assertEquals(GridException.Code.CLOSED, e.code());
                        }
                    }
                });
            }
            started.await();
            for (int version = 2; version <= 300; version++) {
                assertEquals(version, models.deploy("a", FakeEngine.model(2, version)).version());
            }
            assertEquals(300, map.get("a").latest().version());
            grid.close();
        }
    }

    @Test
    void versionsOfThreadsThatDeployTogetherAreAllDifferent() throws Exception {
        int each = 50;
        try (Threads threads = new Threads()) {
            for (int i = 0; i < 3; i++) {
                threads.start(() -> {
                    int last = 0;
                    for (int j = 0; j < each; j++) {
                        int version = models.deploy("a", FakeEngine.model(2, 1)).version();
                        assertTrue(version > last);
                        last = version;
                    }
                });
            }
        }
        assertEquals(3 * each, models.describe("a").orElseThrow().version());
        assertEquals(1, engine.open.get());
    }
}
