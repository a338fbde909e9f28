package io.penstock.dag.call;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.penstock.dag.call.PendingCall.Outcome;
import io.penstock.grid.Grid;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the calls of a served pipeline have come to, and the meters that show it while the job runs. */
final class CallCounts implements AutoCloseable {

    /** One latency in so many is taken, since a timer costs more than the rest of a call's bookkeeping. */
    private static final int LATENCY_SAMPLE = 8;

    final LongAdder made = new LongAdder();
    final LongAdder late = new LongAdder();
    final AtomicInteger inFlight = new AtomicInteger();

    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private final List<Meter> meters = new ArrayList<>();
    private MeterRegistry registry;
    private volatile Timer latency;
    /** Not exact when two workers reply at once, which a sample need not be. */
    private int untilSample;

    CallCounts() {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    void ended(Outcome outcome, long latencyNs) {
        outcomes.get(outcome).increment();
        Timer timer = latency;
        if (outcome == Outcome.ANSWERED && timer != null && --untilSample < 0) {
            untilSample = LATENCY_SAMPLE - 1;
            timer.record(latencyNs, TimeUnit.NANOSECONDS);
        }
    }

    long count(Outcome outcome) {
        return outcomes.get(outcome).sum();
    }

    /** Shows the counts. By the job of that name, of which there is one. */
    void register(Grid grid, String job) {
        registry = grid.meterRegistry();
        Tags tags = Tags.of("grid", grid.name(), "job", job);
        register("made", "calls asked", made, tags);
        outcomes.forEach((outcome, count) -> register(
                outcome.name().toLowerCase(Locale.ROOT).replace('_', '.'), "calls that ended so", count, tags));
        register("late", "replies that came when their call was over", late, tags);
        meters.add(Gauge.builder("penstock.call.in.flight", inFlight, AtomicInteger::get)
                .description("calls that are open")
                .tags(tags)
                .register(registry));
        latency = Timer.builder("penstock.call.latency")
                .description("from the call to its answer, of one answer in " + LATENCY_SAMPLE)
                .tags(tags)
                .register(registry);
        meters.add(latency);
    }

    private void register(String name, String description, LongAdder adder, Tags tags) {
        meters.add(FunctionCounter.builder("penstock.call." + name, adder, LongAdder::sum)
                .description(description)
                .tags(tags)
                .register(registry));
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
