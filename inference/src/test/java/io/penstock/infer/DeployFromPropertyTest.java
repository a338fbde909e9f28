package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.operator.Batch;
import io.penstock.grid.Grid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Any deployments between any batches of stages at any watermarks: each row that is not late is scored by the one
 * deployed last among those whose time is not after the row's; and a deployment is refused just when such rows could
 * get more versions than are kept.
 */
class DeployFromPropertyTest {

    private static final int RUNS = 300;
    private static final int STEPS = 60;
    private static final int TIME_MAX = 200;

    private record Deployed(int version, long fromMs) {}

    /** A stage instance, and how far its time has come. */
    private static final class Driven {

        private final InferOperator<Integer, String> operator = new InferOperator<>(
                "m", (id, row) -> row.put(1), (id, out) -> id + " v" + out.modelVersion() + " " + out.f32("score"));
        private final Notes notes = new Notes();
        private long watermarkMs;
    }

    private final FakeEngine engine = new FakeEngine();
    private final AtomicLong nowMs = new AtomicLong();
    /** Since the last one without a time, which is the first. */
    private final List<Deployed> deployed = new ArrayList<>();
    private int versionCount;

    @Test
    void eachRowIsScoredByTheLastDeployedForItsTime() throws Exception {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            try (Grid grid = Grid.embedded()) {
                run(grid, random);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("run " + run + "; repeat with -Dpenstock.seed=" + seed, e);
            }
            assertEquals(0, engine.open.get());
            assertEquals(List.of(), List.copyOf(engine.misuses));
        }
    }

    private void run(Grid grid, Random random) throws Exception {
        Models models = Models.of(grid, engine, Models.BYTES_MAX, nowMs::get);
        versionCount = 0;
        deploy(models, Batch.NO_TIME, Batch.NO_TIME);
        List<Driven> stages = List.of(new Driven(), new Driven());
        for (Driven stage : stages) {
            stage.operator.open(grid);
            stage.watermarkMs = Batch.NO_TIME;
        }
        for (int step = 0; step < STEPS; step++) {
            Driven stage = stages.get(random.nextInt(stages.size()));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    long passedMs = stages.stream().mapToLong(each -> each.watermarkMs).min().orElseThrow();
                    deploy(models, random.nextInt(12) == 0 ? Batch.NO_TIME : random.nextInt(TIME_MAX), passedMs);
                }
                case 3 -> {
                    stage.watermarkMs = Math.max(stage.watermarkMs, random.nextInt(Math.min(TIME_MAX, 4 * step + 1)));
                    stage.operator.onWatermark(stage.watermarkMs, stage.notes);
                }
                default -> process(stage, random);
            }
        }
        for (Driven stage : stages) {
            stage.operator.close();
        }
    }

    private void deploy(Models models, long fromMs, long passedMs) {
        int version = versionCount + 1;
        if (fromMs == Batch.NO_TIME) {
            deployed.clear();
        }
        deployed.add(new Deployed(version, fromMs));
        Set<Integer> needed = new HashSet<>();
        for (long timeMs = Math.max(passedMs, -1); timeMs <= TIME_MAX; timeMs++) {
            needed.add(versionFor(timeMs));
        }
        byte[] model = FakeEngine.model(1, version);
        if (needed.size() > Models.VERSIONS_MAX) {
            Refused.with(ModelException.Code.TOO_MANY_VERSIONS, () -> models.deploy("m", model, o -> o.from(fromMs)));
            deployed.remove(deployed.size() - 1);
            return;
        }
        ModelVersion made = fromMs == Batch.NO_TIME
                ? models.deploy("m", model)
                : models.deploy("m", model, o -> o.from(fromMs));
        assertEquals(version, made.version());
        versionCount = version;
    }

    /** The reference. */
    private int versionFor(long timeMs) {
        int version = 0;
        for (Deployed each : deployed) {
            if (each.fromMs <= timeMs) {
                version = each.version;
            }
        }
        return version;
    }

    private void process(Driven stage, Random random) throws Exception {
        long earliestMs = Math.max(stage.watermarkMs, -1);
        nowMs.set(earliestMs + random.nextInt(TIME_MAX));
        Batch batch = new Batch();
        List<String> expected = new ArrayList<>();
        int size = 1 + random.nextInt(random.nextInt(10) == 0 ? Batch.CAPACITY : 10);
        for (int id = 0; id < size; id++) {
            long timeMs = random.nextInt(10) == 0 ? Batch.NO_TIME : earliestMs + random.nextInt(TIME_MAX);
            batch.add(timeMs, id);
            int version = versionFor(timeMs == Batch.NO_TIME ? nowMs.get() : timeMs);
            expected.add(timeMs + ": " + id + " v" + version + " " + (float) version);
        }
        stage.notes.lines().clear();
        stage.operator.process(0, batch, stage.notes);
        assertEquals(expected, stage.notes.lines());
    }
}
