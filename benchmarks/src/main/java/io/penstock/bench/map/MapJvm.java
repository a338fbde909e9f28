package io.penstock.bench.map;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.bench.run.ChildJvm;
import io.penstock.bench.run.ChildProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where an order is measured: in a new JVM, as decision 0040 says, or in a test. */
@FunctionalInterface
interface MapJvm {

    MapFigures measure(MapOrder order) throws Exception;

    /** Measures in a new JVM with this one's java and class path. Its error output is this one's. */
    static MapFigures inNewJvm(MapOrder order) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(ChildJvm.HEAP);
        options.addAll(order.system().jvmOptions(order.host()));
        List<String> lines =
                ChildProcess.linesOf(order.toString(), options, MapRun.class, List.of(order.toArgument()));
        return JsonMapper.builder().build().readValue(lines.get(0), MapFigures.class);
    }
}
