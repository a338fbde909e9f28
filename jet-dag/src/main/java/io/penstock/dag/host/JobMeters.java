package io.penstock.dag.host;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.StageMetrics;
import io.penstock.dag.operator.StageCounter;
import io.penstock.grid.Grid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** The meters of a running job, which read its stages' counters, and are gone when it has ended. */
public final class JobMeters implements AutoCloseable {

    private static final Map<String, String> NAMES = Map.of("in", "events.in", "out", "events.out");

    private record StageInstance(String stage, int worker) {}

    private final MeterRegistry registry;
    /** Also what the meters read: they do not keep it themselves. */
    private final Map<StageInstance, List<StageContext>> stages;
    private final List<Meter> meters = new ArrayList<>();

    /**
     * A queue that a stage reads from.
     *
     * @param fill how full it is, from 0 to 1
     */
    public record Queue(StageContext reader, DoubleSupplier fill) {}

    /** @param stages those that run in this JVM */
    public JobMeters(Grid grid, String job, List<StageContext> stages, List<Queue> queues) {
        this.registry = grid.meterRegistry();
        this.stages = byInstance(stages);
        this.stages.forEach((instance, contexts) -> register(Tags.of(
                "grid", grid.name(), "job", job, "stage", instance.stage,
                "worker", Integer.toString(instance.worker)), contexts));
        for (Queue queue : queues) {
            meters.add(Gauge.builder("penstock.stage.queue.fill", queue.fill(), DoubleSupplier::getAsDouble)
                    .strongReference(true)
                    .description("how full the fullest queue is that the stage reads from, from 0 to 1")
                    .tags("grid", grid.name(), "job", job, "stage", queue.reader().stage(),
                            "worker", Integer.toString(queue.reader().instance()))
                    .register(registry));
        }
    }

    /** A user's stage on a worker: of a stage that runs in two steps, both. */
    private static Map<StageInstance, List<StageContext>> byInstance(List<StageContext> stages) {
        Map<StageInstance, List<StageContext>> byInstance = new LinkedHashMap<>();
        for (StageContext context : stages) {
            byInstance.computeIfAbsent(
                    new StageInstance(context.stage(), context.instance()), ignored -> new ArrayList<>())
                    .add(context);
        }
        return byInstance;
    }

    private void register(Tags tags, List<StageContext> contexts) {
        names(contexts).forEach(name -> meters.add(FunctionCounter.builder(
                        "penstock.stage." + NAMES.getOrDefault(name, name), contexts, of -> count(of, name))
                .tags(tags)
                .register(registry)));
        meters.add(TimeGauge.builder(
                        "penstock.stage.watermark.lag", last(contexts), TimeUnit.MILLISECONDS,
                        JobMeters::watermarkLagMs)
                .description("wall clock minus watermark; NaN before the first watermark and after the last")
                .tags(tags)
                .register(registry));
    }

    private static Set<String> names(List<StageContext> contexts) {
        Set<String> names = new TreeSet<>();
        contexts.forEach(context -> names.addAll(context.counters().keySet()));
        return names;
    }

    private static long count(List<StageContext> contexts, String name) {
        long count = 0;
        for (StageContext context : contexts) {
            StageCounter counter = context.counters().get(name);
            count += counter == null ? 0 : counter.get();
        }
        return count;
    }

    private static StageContext last(List<StageContext> contexts) {
        return contexts.get(contexts.size() - 1);
    }

    private static double watermarkLagMs(StageContext context) {
        long watermarkMs = context.watermarkMs();
        boolean isKnown = watermarkMs != Long.MIN_VALUE && watermarkMs != Long.MAX_VALUE;
        return isKnown ? (double) System.currentTimeMillis() - watermarkMs : Double.NaN;
    }

    /** What the stages that run in this JVM have done so far. */
    public JobMetrics metrics() {
        List<StageMetrics> done = new ArrayList<>();
        stages.forEach((instance, contexts) -> {
            Map<String, Long> counts = new TreeMap<>();
            names(contexts).forEach(name -> counts.put(name, count(contexts, name)));
            done.add(new StageMetrics(instance.stage, instance.worker, counts, last(contexts).watermarkMs()));
        });
        return new JobMetrics(done);
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
