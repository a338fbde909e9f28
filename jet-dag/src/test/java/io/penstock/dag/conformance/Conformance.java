package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Stage;
import io.penstock.dag.cluster.JetHost;
import io.penstock.dag.engine.EngineHost;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Runs pipelines on every host: same input, same output. */
abstract class Conformance {

    /** A host, and with how many instances it runs a keyed stage. */
    enum Host {
        ENGINE_1(1),
        ENGINE_2(2),
        ENGINE_4(4),
        JET_1(1),
        JET_2(2);

        final int parallelism;

        Host(int parallelism) {
            this.parallelism = parallelism;
        }

        boolean isJet() {
            return name().startsWith("JET");
        }
    }

    /** How often each row of a result has come. */
    static final MapRef<Row, Long> ROWS = MapRef.of("rows", Row.class, Long.class);

    static final String JOB = "conformance";

    private static final long WAIT_NS_MAX = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NS = TimeUnit.MICROSECONDS.toNanos(200);

    static Grid grid;
    static JetHost jet;

    @BeforeAll
    static void open() {
        grid = Grid.embedded();
        jet = new JetHost(grid);
    }

    @AfterAll
    static void close() {
        jet.close();
        grid.close();
    }

    @BeforeEach
    void clear() {
        rows().clear();
    }

    static GridMap<Row, Long> rows() {
        return grid.map(ROWS);
    }

    /** Ends a pipeline in {@link #ROWS}. */
    static void count(Stage<Row> stage) {
        stage.custom(OperatorSpec.of("count", () -> new CountingSink(ROWS, 0)));
    }

    static void run(Host host, Pipeline pipeline) throws InterruptedException {
        LogicalPlan plan = PipelinePlans.of(pipeline);
        if (host.isJet()) {
            jet.start(JOB, plan, host.parallelism, false).join();
            return;
        }
        try (EngineHost engine = new EngineHost(grid, host.parallelism)) {
            engine.start(JOB, plan, null).join();
        }
    }

    /** Waits for something that a running job is about to do. */
    static void await(String what, BooleanSupplier condition) {
        long beganNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - beganNs > WAIT_NS_MAX) {
                fail("after " + TimeUnit.NANOSECONDS.toSeconds(WAIT_NS_MAX) + " s still not: " + what);
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Keeps the thread busy: what runs in a job must not block. */
    static void spin(long durationNs) {
        long beganNs = System.nanoTime();
        while (System.nanoTime() - beganNs < durationNs) {
            Thread.onSpinWait();
        }
    }

    /** Each of these rows came, as often as it stands here, and no other. */
    static void assertRows(List<Row> expected) {
        Map<Row, Long> counts = new HashMap<>();
        expected.forEach(row -> counts.merge(row, 1L, Long::sum));
        Map<Row, Long> found = new HashMap<>(rows());
        if (!counts.equals(found)) {
            counts.forEach((row, count) -> assertEquals(count, found.get(row), () -> "how often " + row + " came"));
            found.keySet().removeAll(counts.keySet());
            fail(found.size() + " rows were not expected, such as " + found.keySet().iterator().next());
        }
    }
}
