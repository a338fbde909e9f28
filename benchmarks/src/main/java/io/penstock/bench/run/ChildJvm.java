package io.penstock.bench.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures in a new JVM with this one's java and class path. Its error output is this one's; it ends with this one. */
public final class ChildJvm implements Launcher {

    /**
     * The heap is touched before anything is measured: on first use, a page costs several times as much as what is
     * written into it, so a system that allocates much would be measured by how far its warm-up came.
     */
    public static final List<String> HEAP = List.of("-XX:+UseG1GC", "-Xms4g", "-Xmx4g", "-XX:+AlwaysPreTouch");

    private final List<String> options;

    /** @param options of the new JVMs, such as {@link #HEAP} */
    public ChildJvm(List<String> options) {
        this.options = List.copyOf(options);
    }

    @Override
    public Measurement measure(Order order) throws IOException, InterruptedException {
        return measure(List.of(order)).get(0);
    }

    /** Measures one after the other in the same new JVM, which has the options that the first one's system needs. */
    public List<Measurement> measure(List<Order> orders) throws IOException, InterruptedException {
        Order order = orders.get(0);
        List<String> all = new ArrayList<>(options);
        all.addAll(order.system().kind().jvmOptions(order.variant()));
        List<String> arguments = new ArrayList<>();
        for (Order each : orders) {
            arguments.add(each.toArgument());
        }
        List<Measurement> measurements = new ArrayList<>();
        for (String line : ChildProcess.linesOf(order.toString(), all, MeasuredRun.class, arguments)) {
            measurements.add(JsonMapper.builder().build().readValue(line, Measurement.class));
        }
        return measurements;
    }
}
