package io.penstock.dag.engine;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.StageMetrics;
import io.penstock.dag.host.StageContext;
import io.penstock.grid.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The meters of a running job, which read its stages' counters, and are gone when it has ended. */
final class JobMeters implements AutoCloseable {

    private static final Map<String, String> NAMES = Map.of("in", "events.in", "out", "events.out");

    private final MeterRegistry registry;
    private final List<Tasklet> tasklets;
    private final List<Meter> meters = new ArrayList<>();

    JobMeters(Grid grid, String job, List<Tasklet> tasklets) {
        this.registry = grid.meterRegistry();
        this.tasklets = tasklets;
        for (Tasklet tasklet : tasklets) {
            for (StageContext context : tasklet.tree.contexts()) {
                register(Tags.of(
                        "grid", grid.name(), "job", job, "stage", context.stage(),
                        "worker", Integer.toString(context.instance())), context);
            }
            if (tasklet instanceof OperatorTasklet reader) {
                meters.add(Gauge.builder("penstock.stage.queue.fill", reader, OperatorTasklet::queueFill)
                        .description("how full the fullest queue is that the stage reads from, from 0 to 1")
                        .tags("grid", grid.name(), "job", job, "stage", reader.tree.contexts().get(0).stage(),
                                "worker", Integer.toString(reader.instance))
                        .register(registry));
            }
        }
    }

    private void register(Tags tags, StageContext context) {
        context.counters().forEach((name, counter) -> meters.add(FunctionCounter.builder(
                        "penstock.stage." + NAMES.getOrDefault(name, name), counter, value -> value.get())
                .tags(tags)
                .register(registry)));
        meters.add(TimeGauge.builder(
                        "penstock.stage.watermark.lag", context, TimeUnit.MILLISECONDS, JobMeters::watermarkLagMs)
                .description("wall clock minus watermark; NaN before the first watermark and after the last")
                .tags(tags)
                .register(registry));
    }

    private static double watermarkLagMs(StageContext context) {
        long watermarkMs = context.watermarkMs();
        boolean isKnown = watermarkMs != Long.MIN_VALUE && watermarkMs != Long.MAX_VALUE;
        return isKnown ? (double) System.currentTimeMillis() - watermarkMs : Double.NaN;
    }

    JobMetrics metrics() {
        List<StageMetrics> stages = new ArrayList<>();
        for (Tasklet tasklet : tasklets) {
            for (StageContext context : tasklet.tree.contexts()) {
                Map<String, Long> counts = new TreeMap<>();
                context.counters().forEach((name, counter) -> counts.put(name, counter.get()));
                stages.add(new StageMetrics(context.stage(), context.instance(), counts, context.watermarkMs()));
            }
        }
        return new JobMetrics(stages);
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
