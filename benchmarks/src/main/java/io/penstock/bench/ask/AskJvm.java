package io.penstock.bench.ask;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.bench.run.ChildJvm;
import io.penstock.bench.run.ChildProcess;
import java.io.IOException;
import java.util.List;

/** Where an order is measured: in a new JVM, as decision 0040 says, or in a test. */
@FunctionalInterface
interface AskJvm {

    AskFigures measure(AskOrder order) throws Exception;

    /** Measures in a new JVM with this one's java and class path. Its error output is this one's. */
    static AskFigures inNewJvm(AskOrder order) throws IOException, InterruptedException {
        List<String> lines = ChildProcess.linesOf(
                "ask " + order.system(), ChildJvm.HEAP, AskRun.class, order.toArguments());
        return JsonMapper.builder().build().readValue(lines.get(0), AskFigures.class);
    }
}
