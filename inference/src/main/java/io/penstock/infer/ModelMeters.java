package io.penstock.infer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.penstock.grid.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of a version of a model in this JVM, from its loading to its unloading. Thread-safe. */
final class ModelMeters {

    private static final Logger LOG = LoggerFactory.getLogger(ModelMeters.class);
    private static final String ROWS = "penstock.model.rows";

    private final MeterRegistry registry;
    private final List<Meter> registered = new ArrayList<>();
    private final LongAdder rows = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder errors = new LongAdder();
    /** Null if another grid of the same name has the metrics. */
    private Timer runs;

    private ModelMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Registers the metrics. If another grid of the same name has those of such a model in this registry, they stay as
     * they are, this one has none, and a warning says so.
     */
    static ModelMeters register(Grid grid, ModelInfo info, long loadNs) {
        MeterRegistry registry = grid.meterRegistry();
        Tags tags = Tags.of("grid", grid.name(), "model", info.name(), "version", Integer.toString(info.version()));
        ModelMeters meters = new ModelMeters(registry);
        if (registry.find(ROWS).tags(tags).meter() != null) {
            LOG.warn("{} has no metrics: the meter registry has those of another grid named '{}'; give each grid a name"
                    + " of its own with GridConfig.name(...)", info.modelVersion(), grid.name());
            return meters;
        }
        meters.add(FunctionCounter.builder(ROWS, meters.rows, LongAdder::sum)
                .tags(tags).baseUnit("rows").description("Rows scored").register(registry));
        meters.add(FunctionCounter.builder("penstock.model.batches", meters.batches, LongAdder::sum)
                .tags(tags).baseUnit("batches").description("Batches run, whatever came of them").register(registry));
        meters.add(FunctionCounter.builder("penstock.model.errors", meters.errors, LongAdder::sum)
                .tags(tags).baseUnit("rows").description("Rows refused before the run, or that it failed on")
                .register(registry));
        meters.runs = Timer.builder("penstock.model.run")
                .tags(tags).description("Time to run a batch").register(registry);
        meters.add(meters.runs);
        meters.add(TimeGauge.builder("penstock.model.load", () -> loadNs, TimeUnit.NANOSECONDS)
                .tags(tags).description("Time to load the model and warm it up").register(registry));
        meters.add(Gauge.builder("penstock.model.bytes", info, ModelInfo::size)
                .tags(tags).baseUnit("bytes").description("Size of the model's file").register(registry));
        return meters;
    }

    private void add(Meter meter) {
        registered.add(meter);
    }

    /** After a batch was run. */
    void ran(int scoredCount, long runNs) {
        rows.add(scoredCount);
        batches.increment();
        if (runs != null) {
            runs.record(runNs, TimeUnit.NANOSECONDS);
        }
    }

    void failed(int rowCount) {
        errors.add(rowCount);
    }

    void remove() {
        registered.forEach(registry::remove);
    }
}
