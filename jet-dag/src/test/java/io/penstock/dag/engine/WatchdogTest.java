package io.penstock.dag.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.host.StageContext;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.plan.StageNode;
import io.penstock.dag.step.PassThrough;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looks when the test says so, at a worker that is where the test says. */
class WatchdogTest {

    private static final Duration LOOK = Duration.ofMillis(5);

    private final HandClock clock = new HandClock();
    private final List<String> warnings = new ArrayList<>();
    private final Worker worker = new Worker("worker-7", false, clock, () -> {});
    private final Watchdog watchdog = new Watchdog("watchdog", List.of(worker), clock, warnings::add);
    private final StageContext slow = context("slow");

    @Test
    void namesTheStageWhileItsCallLasts() {
        worker.probe().enter(slow);
        look(3);
        assertEquals(1, Watchdog.held(slow).get());
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).startsWith(
                "job 'payments': stage 'slow', instance 3, has held thread worker-7 for 10 ms"), warnings.get(0));
    }

    @Test
    void keepsStillWhileCallsComeAndGo() {
        for (int i = 0; i < 100; i++) {
            worker.probe().enter(slow);
            look(1);
        }
        assertEquals(0, Watchdog.held(slow).get());
        assertEquals(List.of(), warnings);
    }

    @Test
    void keepsStillWhileTheWorkerWaits() {
        worker.probe().enter(slow);
        worker.probe().exit();
        look(100);
        assertEquals(0, Watchdog.held(slow).get());
    }

    @Test
    void saysAgainHowLongItLastsWhenThatIsTenTimesAsLong() {
        worker.probe().enter(slow);
        look(1 + 1_000 / 5);
        assertEquals(1, Watchdog.held(slow).get());
        assertEquals(3, warnings.size(), () -> "after 10, 100 and 1000 ms: " + warnings);
        assertTrue(warnings.get(2).contains(" for 1000 ms"), warnings.get(2));
    }

    @Test
    void countsEachCallButNamesAStageSeldom() {
        for (int call = 0; call < 10; call++) {
            worker.probe().enter(slow);
            look(3);
        }
        worker.probe().enter(context("other"));
        look(3);
        assertEquals(10, Watchdog.held(slow).get());
        assertEquals(2, warnings.size(), warnings::toString);
        assertTrue(warnings.get(1).contains("stage 'other'"), warnings.get(1));

        clock.advance(Duration.ofNanos(Watchdog.WARN_INTERVAL_NS));
        worker.probe().enter(slow);
        look(3);
        assertEquals(3, warnings.size(), warnings::toString);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watchdog.check();
            clock.advance(LOOK);
        }
    }

    private static StageContext context(String stage) {
        StageNode node = new StageNode(stage, "", OperatorSpec.of("map", PassThrough::new), List.of(), 0);
        return new StageContext(null, "payments", node, 3, 4);
    }
}
