package io.penstock.bench.ask;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.bench.run.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where an order is measured: in a new JVM, as decision 0040 says, or in a test. */
@FunctionalInterface
interface AskJvm {

    AskFigures measure(AskOrder order) throws Exception;

    /** Measures in a new JVM with this one's java and class path. Its error output is this one's. */
    static AskFigures inNewJvm(AskOrder order) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ChildJvm.HEAP);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AskRun.class.getName()));
        command.addAll(order.toArguments());
        Process child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            child.getOutputStream().close();
            String line = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (child.waitFor() != 0) {
                throw new IllegalStateException(order.system() + ": its JVM ended with exit code " + child.exitValue()
                        + "; the reason stands above");
            }
            return JsonMapper.builder().build().readValue(line, AskFigures.class);
        } finally {
            child.destroyForcibly();
        }
    }
}
