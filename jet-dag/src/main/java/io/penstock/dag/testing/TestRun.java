package io.penstock.dag.testing;

import io.penstock.dag.compile.LoopCompiler;
import io.penstock.dag.host.OperatorTree;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.StateEntry;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.StageInput;
import io.penstock.dag.plan.Vertex;
import io.penstock.grid.Grid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Calls an operator in one mode. */
final class TestRun implements AutoCloseable {

    /** A step of the input: a row, or a watermark. */
    sealed interface Step {}

    record Row(int input, long timeMs, Object event) implements Step {}

    record Watermark(long watermarkMs) implements Step {}

    /** What is the same in all modes. */
    record Subject(
            Grid grid,
            Plan plan,
            LoopCompiler compiler,
            int outputCount,
            boolean withWatermarks,
            UnaryOperator<Object> view) {}

    private record Saved(boolean keyed, byte[] entry) {}

    /** So often an unfinished call is made again; a refusing output refuses two of three. */
    private static final int CALLS_MAX = 10_000_000;

    private final Subject subject;
    private final Vertex vertex;
    private final Mode mode;
    private final Random random;
    private final Recording recording;
    private final List<OperatorTree> trees = new ArrayList<>();
    private final List<Recorder> recorders = new ArrayList<>();
    private int starts;
    private int instanceCount;

    TestRun(Subject subject, Mode mode, long seed) {
        this.subject = subject;
        this.mode = mode;
        vertex = subject.plan().vertices().get(0);
        random = new Random(seed);
        recording = new Recording(subject.outputCount());
    }

    Recording run(List<Step> steps) throws Exception {
        start(null);
        for (int next = 0; next < steps.size(); ) {
            if (steps.get(next) instanceof Watermark watermark) {
                watermark(watermark.watermarkMs());
                next++;
            } else {
                int end = endOfBatch(steps, next);
                batch(steps.subList(next, end));
                next = end;
            }
            if (mode.takesSnapshot(random, steps.size())) {
                List<Saved> snapshot = snapshot();
                if (mode.restart() == Mode.Restart.AFTER_ANY_BATCH) {
                    close();
                    start(snapshot);
                }
            }
        }
        watermark(Long.MAX_VALUE);
        trees.forEach(tree -> drive(tree::acceptEnd));
        for (Recorder recorder : recorders) {
            if (!recorder.isEnded()) {
                throw new AssertionError("the end did not come through");
            }
        }
        return recording;
    }

    private void start(List<Saved> snapshot) throws Exception {
        instanceCount = mode.instances().get(starts++ % mode.instances().size());
        Vertex started = new Vertex(instanceCount, vertex.stages());
        Plan plan = new Plan(List.of(started, subject.plan().vertices().get(1)));
        for (int instance = 0; instance < instanceCount; instance++) {
            OperatorTree tree = new OperatorTree(subject.grid(), "test", plan, started, instance, exchange -> {
                Recorder recorder = new Recorder(
                        recording, exchange.ordinal(), subject.withWatermarks(), subject.view(),
                        mode.outputRefuses() ? random : null);
                recorders.add(recorder);
                return recorder;
            }, mode.isCompiled() ? subject.compiler() : null);
            trees.add(tree);
            tree.open();
            if (snapshot != null) {
                restore(tree, instance, snapshot);
            }
        }
    }

    private void restore(OperatorTree tree, int instance, List<Saved> snapshot) throws Exception {
        List<Saved> shuffled = new ArrayList<>(snapshot);
        Collections.shuffle(shuffled, random);
        for (Saved saved : shuffled) {
            StateEntry entry;
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(saved.entry))) {
                entry = (StateEntry) in.readObject();
            }
            if (!saved.keyed || ownerOf(entry.key()) == instance) {
                tree.restore(vertex.name(), entry);
            }
        }
        tree.restored();
    }

    private List<Saved> snapshot() throws Exception {
        List<Saved> entries = new ArrayList<>();
        for (OperatorTree tree : trees) {
            for (Iterator<OperatorTree.StageEntry> states = tree.snapshot(); states.hasNext(); ) {
                OperatorTree.StageEntry state = states.next();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                    out.writeObject(state.entry());
                }
                entries.add(new Saved(state.keyed(), bytes.toByteArray()));
            }
        }
        return entries;
    }

    private int endOfBatch(List<Step> steps, int begin) {
        int input = ((Row) steps.get(begin)).input();
        int end = begin + 1;
        for (int left = mode.nextBatchRows(random) - 1; left > 0 && end < steps.size(); left--, end++) {
            if (!(steps.get(end) instanceof Row row) || row.input() != input) {
                break;
            }
        }
        return end;
    }

    private void batch(List<Step> rows) {
        List<Batch> batches = new ArrayList<>();
        trees.forEach(tree -> batches.add(new Batch()));
        int input = ((Row) rows.get(0)).input();
        for (Step step : rows) {
            Row row = (Row) step;
            batches.get(instanceCount == 1 ? 0 : ownerOf(keyOf(row))).add(row.timeMs(), row.event());
        }
        for (int i = 0; i < trees.size(); i++) {
            Batch batch = batches.get(i);
            if (!batch.isEmpty()) {
                OperatorTree tree = trees.get(i);
                drive(() -> tree.accept(input, batch));
                batch.clear(); // an operator that has kept it will see nulls
            }
        }
    }

    private void watermark(long watermarkMs) {
        trees.forEach(tree -> drive(() -> tree.acceptWatermark(watermarkMs)));
    }

    private static void drive(BooleanSupplier call) {
        int calls = 1;
        while (!call.getAsBoolean()) {
            if (++calls > CALLS_MAX) {
                throw new AssertionError("a call was not finished after " + CALLS_MAX + " attempts");
            }
        }
    }

    /** The key of a row; null if it has none, which the operator will find too. */
    private Object keyOf(Row row) {
        StageInput input = vertex.root().inputs().get(row.input());
        try {
            return input.keyFn().applyEx(row.event());
        } catch (Exception e) {
            return null;
        }
    }

    private int ownerOf(Object key) {
        return key == null ? 0 : Math.floorMod(key.hashCode() * 0x9E3779B9 >> 16, instanceCount);
    }

    @Override
    public void close() {
        trees.forEach(OperatorTree::close);
        trees.clear();
        recorders.clear();
    }
}
