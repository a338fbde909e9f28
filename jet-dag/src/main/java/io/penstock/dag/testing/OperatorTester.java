package io.penstock.dag.testing;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.SupplierEx;
import io.penstock.dag.Tag;
import io.penstock.dag.compile.LoopCompiler;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.SourceOperator;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.StageInput;
import io.penstock.dag.plan.StageNode;
import io.penstock.dag.plan.Vertex;
import io.penstock.dag.step.NoopSink;
import io.penstock.grid.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Checks that an operator does what is expected, and does it however its host calls it: event by event and in batches
 * of other sizes; with an output that accepts all and one that refuses now and then; with snapshots between any two
 * batches, from which nothing or a fresh operator is restored; if its state is by key, as one instance, as two, and with
 * two, three and one in turn; and, if it has a row form, by calling it and in a compiled loop.
 *
 * <pre>{@code
 * OperatorTester.of(() -> new TumblingWindow<>(Trade::ticker, 1_000, counting(), null))
 *         .keyedBy(Trade::ticker)
 *         .row(10, new Trade("A")).row(20, new Trade("A"))
 *         .watermark(1_000)
 *         .row(999, new Trade("A"))                                    // late
 *         .expect(999, new KeyedWindowResult<>(0, 1_000, "A", 2L))
 *         .expectWatermark(1_000)
 *         .verify();
 * }</pre>
 *
 * <p>The input ends with the last watermark, {@link Long#MAX_VALUE}, and the end of all inputs, which need not be
 * said. Expected events are compared with {@code equals}. Between two watermarks, rows may come in any order unless
 * {@link #inExactOrder()} is said. State goes through Java serialization.
 *
 * <p>Not thread-safe, and starts no thread. Needs no test framework: what is wrong is thrown as an
 * {@link AssertionError} that names the mode, the seed and the first difference.
 */
public final class OperatorTester {

    private static final String STAGE = "tested";

    private final OperatorSpec spec;
    private final List<FunctionEx<Object, ?>> keyFns = new ArrayList<>();
    private final List<TestRun.Step> steps = new ArrayList<>();
    private final List<Expected> expected = new ArrayList<>();
    private Grid grid;
    private UnaryOperator<Object> view = UnaryOperator.identity();
    private boolean inExactOrder;
    private boolean withWatermarks = true;
    private long seed = 1;

    /** A row of an output, or, with the output -1, a watermark. */
    private record Expected(int output, Recording.Row row) {}

    private OperatorTester(OperatorSpec spec) {
        this.spec = spec;
    }

    /** A tester for an operator without side outputs, whose failures fail the job. */
    public static OperatorTester of(SupplierEx<? extends Operator> supplier) {
        return of(OperatorSpec.of(STAGE, supplier));
    }

    /** A tester for an operator with side outputs or with a failure policy. Not for sources. */
    public static OperatorTester of(OperatorSpec spec) {
        if (spec.supplier().get() instanceof SourceOperator) {
            throw new IllegalArgumentException("a source has no input to test it with; test it in a pipeline");
        }
        return new OperatorTester(spec);
    }

    /** Says that the operator keeps its state by key: the key of input 0, and, when said again, of input 1. */
    @SuppressWarnings("unchecked")
    public <T> OperatorTester keyedBy(FunctionEx<? super T, ?> keyFn) {
        keyFns.add((FunctionEx<Object, ?>) keyFn);
        return this;
    }

    /** The grid that the operator sees; by default an empty one. */
    public OperatorTester on(Grid grid) {
        this.grid = grid;
        return this;
    }

    /** Compares not the events themselves, such as failures with their exceptions, but what {@code view} makes of them. */
    public OperatorTester comparing(UnaryOperator<Object> view) {
        this.view = view;
        return this;
    }

    /** Wants each output's rows in the order in which they are expected, where there is one instance. */
    public OperatorTester inExactOrder() {
        inExactOrder = true;
        return this;
    }

    /** Only wants watermarks to grow: for operators whose own watermarks depend on how rows come in batches. */
    public OperatorTester ignoringWatermarks() {
        withWatermarks = false;
        return this;
    }

    /** Where what is random begins; the same seed does the same. */
    public OperatorTester seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** Adds a row to input 0. */
    public OperatorTester row(long timeMs, Object event) {
        return row(0, timeMs, event);
    }

    /** Adds a row to an input. */
    public OperatorTester row(int input, long timeMs, Object event) {
        steps.add(new TestRun.Row(input, timeMs, event));
        return this;
    }

    /** Adds a watermark, which has come from all inputs. */
    public OperatorTester watermark(long watermarkMs) {
        steps.add(new TestRun.Watermark(watermarkMs));
        return this;
    }

    /** Expects a row of the main output. */
    public OperatorTester expect(long timeMs, Object event) {
        expected.add(new Expected(0, new Recording.Row(timeMs, event)));
        return this;
    }

    /** Expects a row of a side output. */
    public OperatorTester expect(Tag<?> tag, long timeMs, Object event) {
        int index = spec.sideOutputs().indexOf(tag);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "the operator has no side output '" + tag.name() + "', only " + spec.sideOutputs());
        }
        expected.add(new Expected(index + 1, new Recording.Row(timeMs, event)));
        return this;
    }

    /** Expects a watermark behind the rows that were expected so far. */
    public OperatorTester expectWatermark(long watermarkMs) {
        expected.add(new Expected(-1, new Recording.Row(watermarkMs, null)));
        return this;
    }

    /**
     * Runs the operator in all modes.
     *
     * @throws AssertionError at the first mode in which something differs from what is expected, or is thrown
     */
    public void verify() {
        if (grid != null) {
            verify(grid);
            return;
        }
        try (Grid own = Grid.embedded()) {
            verify(own);
        }
    }

    private void verify(Grid seen) {
        Recording wanted = wanted();
        TestRun.Subject subject = new TestRun.Subject(
                seen, plan(), new LoopCompiler(), 1 + spec.sideOutputs().size(), withWatermarks, view);
        for (Mode mode : Mode.all(!keyFns.isEmpty(), spec.rowForm() != null)) {
            String difference;
            try (TestRun run = new TestRun(subject, mode, seed)) {
                boolean ordered = inExactOrder && mode.instances().equals(List.of(1));
                difference = wanted.firstDifference(run.run(steps), ordered);
            } catch (Exception | AssertionError e) {
                throw new AssertionError(named(mode, e instanceof AssertionError ? e.getMessage() : e.toString()), e);
            }
            if (difference != null) {
                throw new AssertionError(named(mode, difference));
            }
        }
    }

    private String named(Mode mode, String what) {
        return spec.kind() + ", " + mode + ", seed " + seed + ": " + what;
    }

    private Recording wanted() {
        Recording recording = new Recording(1 + spec.sideOutputs().size());
        for (Expected item : expected) {
            if (item.output >= 0) {
                recording.row(item.output, recording.watermarkCount(), item.row);
            } else if (withWatermarks) {
                recording.watermark(recording.watermarkCount(), item.row.timeMs());
            }
        }
        return recording;
    }

    /** The operator as a vertex of its own, and one that reads all its outputs. */
    private Plan plan() {
        int inputCount = steps.stream()
                .mapToInt(step -> step instanceof TestRun.Row row ? row.input() + 1 : 1)
                .max()
                .orElse(1);
        if (!keyFns.isEmpty() && keyFns.size() < inputCount) {
            throw new IllegalArgumentException("keyedBy(...) was said " + keyFns.size() + " times, but the operator has "
                    + inputCount + " inputs; say it for each");
        }
        List<StageInput> inputs = new ArrayList<>();
        for (int i = 0; i < inputCount; i++) {
            inputs.add(new StageInput("input-" + i, 0, keyFns.isEmpty() ? null : keyFns.get(i)));
        }
        List<StageInput> outputs = new ArrayList<>();
        for (int output = 0; output <= spec.sideOutputs().size(); output++) {
            outputs.add(new StageInput(STAGE, output, null));
        }
        return new Plan(List.of(
                vertex(new StageNode(STAGE, "", spec, inputs, StageNode.PLANNED)),
                vertex(new StageNode(
                        "outputs", "", OperatorSpec.of("outputs", NoopSink::new), outputs, StageNode.PLANNED))));
    }

    private static Vertex vertex(StageNode stage) {
        return new Vertex(1, List.of(stage));
    }
}
