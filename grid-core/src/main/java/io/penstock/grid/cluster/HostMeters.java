package io.penstock.grid.cluster;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.penstock.grid.GridException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of a grid's part in its cluster, from its start to its end. */
final class HostMeters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostMeters.class);
    private static final String MEMBERS = "penstock.cluster.members";
    private static final Set<Code> COUNTED =
            Set.of(Code.UNAVAILABLE, Code.OUTCOME_UNKNOWN, Code.OVERLOADED, Code.BAD_CONFIG);

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> registered = new ArrayList<>();

    /** Registers them, unless another grid of that name has registered its own. */
    HostMeters(MeterRegistry registry, String gridName, Membership membership, CallGate gate) {
        this.registry = registry;
        tags = Tags.of("grid", gridName);
        if (registry.find(MEMBERS).tags(tags).meter() != null) {
            LOG.warn("grid '{}' has no metrics of its cluster: the meter registry has those of another grid of that"
                    + " name; give each grid a name of its own with GridConfig.name(...)", gridName);
            return;
        }
        gauge(MEMBERS, "members", "Members that hold maps", membership, Membership::memberCount);
        gauge("penstock.cluster.connected", null, "1 while there is a cluster, 0 while a client looks for it", gate,
                g -> g.state() == CallGate.State.OPEN || g.state() == CallGate.State.BACK ? 1 : 0);
        gauge("penstock.cluster.calls", "calls", "Calls under way", gate, CallGate::underWay);
        for (Code code : COUNTED) {
            registered.add(FunctionCounter.builder("penstock.cluster.failures", gate, g -> g.failures(code))
                    .tags(tags).tag("code", code.name()).description("Calls that failed").register(registry));
        }
    }

    private <T> void gauge(String name, String unit, String description, T source, ToDoubleFunction<T> value) {
        registered.add(Gauge.builder(name, source, value)
                .tags(tags).baseUnit(unit).description(description).register(registry));
    }

    @Override
    public void close() {
        registered.forEach(registry::remove);
    }
}
