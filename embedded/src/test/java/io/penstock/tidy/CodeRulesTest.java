package io.penstock.tidy;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What no Java code may do. */
class CodeRulesTest {

    private static final Set<String> PROGRAMS = Set.of("embedded-demo", "benchmarks", "client-server");
    private static final Set<String> HAZELCAST_PACKAGES = Set.of("io.penstock.grid.cluster", "io.penstock.dag.cluster");
    private static final Set<String> ONNX_PACKAGES = Set.of("io.penstock.infer.engine");
    private static final Pattern MAIN = Pattern.compile("static void main\\(");

    private static final Rule NO_PRINTING = Rule.noCode(
            file -> file.isMainJava() && !PROGRAMS.contains(file.module()),
            Pattern.compile("\\bSystem\\.(?:out|err)\\b|\\.printStackTrace\\(\\)"),
            "a library does not print; use the SLF4J API");

    private static final Rule HAZELCAST_BEHIND_ITS_HOSTS = Rule.noCode(
            file -> !HAZELCAST_PACKAGES.contains(file.packageName()) && !file.module().equals("benchmarks"),
            Pattern.compile("\\bcom\\.hazelcast\\b"),
            "only " + HAZELCAST_PACKAGES.stream().sorted().toList() + " may use Hazelcast; the rest runs without it");

    private static final Rule ONNX_RUNTIME_BEHIND_ITS_HOST = Rule.noCode(
            file -> !ONNX_PACKAGES.contains(file.packageName()) && !file.module().equals("benchmarks"),
            Pattern.compile("\\bai\\.onnxruntime\\b"),
            "only " + ONNX_PACKAGES + " may use ONNX Runtime; the rest uses that package");

    private static final Rule NO_DEFAULT_EXECUTOR = Rule.noCode(
            file -> true,
            Pattern.compile("\\bcommonPool\\b|\\bparallelStream\\s*\\(|\\.parallel\\s*\\(\\s*\\)"
                    + "|\\bnewCachedThreadPool\\b|\\bnewWorkStealingPool\\b"),
            "runs on threads that nobody owns, or on any number of them; use a bounded executor of your own");

    private static final Rule NO_ASYNC_WITHOUT_EXECUTOR = Rule.each(AsyncCalls::withoutExecutor);

    private static final Rule NO_SLEEP_IN_TESTS = Rule.noCode(
            SourceFile::isTestJava,
            Pattern.compile("\\bThread\\.sleep\\b|\\b(?:TimeUnit\\.)?[A-Z]+\\.sleep\\("),
            "a test waits for what it waits for: a latch, a future, or virtual time");

    private static final Rule NO_DISABLED_TEST = Rule.noCode(
            SourceFile::isTestJava,
            Pattern.compile("@Disabled\\w*"),
            "a test that does not run proves nothing; mend or delete it");

    private static final Rule NO_EXIT = Rule.noCode(
            file -> !MAIN.matcher(file.code()).find(),
            Pattern.compile("\\bSystem\\.exit\\b|\\.halt\\("),
            "only the class with main may end the process; throw instead");

    private static final Rule NO_EMPTY_NAMES = Rule.noCode(
            file -> true,
            Pattern.compile("\\b(?:class|interface|record|enum)\\s+\\w*"
                    + "(?:Manager|Helper|Util|Utils|Base|Impl|Misc|Common)\\b"),
            "names nothing; say what the type is");

    private static final Rule SMALL_FILES = Rule.each(file -> {
        int linesMax = file.isTestJava() ? 600 : 400;
        return !file.isJava() || file.lineCount() <= linesMax
                ? List.of()
                : List.of(file.at(0, file.lineCount() + " lines, of at most " + linesMax
                        + "; name the concept that is missing and move it to a file of its own"));
    });

    @Test
    void librariesDoNotPrint() {
        NO_PRINTING.assertObeyed();
    }

    @Test
    void findsPrinting() {
        NO_PRINTING.assertFires(2, "grid-core/src/main/java/X.java", "class X {\n f() { System.err.println(); } }");
        NO_PRINTING.assertFires(1, "jet-dag/src/main/java/X.java", "catch (Exception e) { e.printStackTrace(); }");
        NO_PRINTING.assertKeepsStill("grid-core/src/main/java/X.java", "// System.out is not for us\n");
        NO_PRINTING.assertKeepsStill("embedded-demo/src/main/java/X.java", "System.out.println();");
    }

    @Test
    void hazelcastStaysBehindItsHosts() {
        HAZELCAST_BEHIND_ITS_HOSTS.assertObeyed();
    }

    @Test
    void findsHazelcastElsewhere() {
        String code = "import com.hazelcast.map.IMap;";
        HAZELCAST_BEHIND_ITS_HOSTS.assertFires(1, "jet-dag/src/main/java/io/penstock/dag/engine/X.java", code);
        HAZELCAST_BEHIND_ITS_HOSTS.assertKeepsStill("jet-dag/src/main/java/io/penstock/dag/cluster/X.java", code);
        HAZELCAST_BEHIND_ITS_HOSTS.assertKeepsStill("jet-dag/src/test/java/io/penstock/dag/cluster/XIT.java", code);
        HAZELCAST_BEHIND_ITS_HOSTS.assertKeepsStill("benchmarks/src/main/java/io/penstock/bench/X.java", code);
    }

    @Test
    void onnxRuntimeStaysBehindItsHost() {
        ONNX_RUNTIME_BEHIND_ITS_HOST.assertObeyed();
    }

    @Test
    void findsOnnxRuntimeElsewhere() {
        String code = "ai.onnxruntime.OrtSession session;";
        ONNX_RUNTIME_BEHIND_ITS_HOST.assertFires(1, "inference/src/main/java/io/penstock/infer/Models.java", code);
        ONNX_RUNTIME_BEHIND_ITS_HOST.assertKeepsStill("inference/src/main/java/io/penstock/infer/engine/X.java", code);
    }

    @Test
    void nothingRunsOnADefaultExecutor() {
        NO_DEFAULT_EXECUTOR.assertObeyed();
        NO_ASYNC_WITHOUT_EXECUTOR.assertObeyed();
    }

    @Test
    void findsDefaultExecutors() {
        String path = "grid-core/src/test/java/XTest.java";
        NO_DEFAULT_EXECUTOR.assertFires(1, path, "ForkJoinPool.commonPool().submit(x);");
        NO_DEFAULT_EXECUTOR.assertFires(1, path, "list.parallelStream().map(x);");
        NO_DEFAULT_EXECUTOR.assertFires(1, path, "stream.parallel().map(x);");
        NO_DEFAULT_EXECUTOR.assertFires(1, path, "Executors.newCachedThreadPool();");
        NO_DEFAULT_EXECUTOR.assertKeepsStill(path, "operator.parallelism(); stage.parallel(2);");
    }

    @Test
    void findsAsyncCallsWithoutExecutor() {
        String path = "grid-core/src/main/java/X.java";
        NO_ASYNC_WITHOUT_EXECUTOR.assertFires(1, path, "CompletableFuture.supplyAsync(() -> f(1, 2));");
        NO_ASYNC_WITHOUT_EXECUTOR.assertFires(2, path, "\nrunAsync(\n() -> { g(a, b); h(\"),\"); })");
        NO_ASYNC_WITHOUT_EXECUTOR.assertFires(1, path, "future.thenApplyAsync(x -> x);");
        NO_ASYNC_WITHOUT_EXECUTOR.assertFires(1, path, "future.thenCombineAsync(other, (x, y) -> x);");
        NO_ASYNC_WITHOUT_EXECUTOR.assertKeepsStill(path, "CompletableFuture.supplyAsync(() -> f(1, 2), executor);");
        NO_ASYNC_WITHOUT_EXECUTOR.assertKeepsStill(path, "future.thenCombineAsync(other, (x, y) -> x, executor);");
        NO_ASYNC_WITHOUT_EXECUTOR.assertKeepsStill(path, "map.getAsync(key);");
    }

    @Test
    void testsDoNotSleep() {
        NO_SLEEP_IN_TESTS.assertObeyed();
    }

    @Test
    void findsSleepingTests() {
        NO_SLEEP_IN_TESTS.assertFires(1, "x/src/test/java/XTest.java", "Thread.sleep(100);");
        NO_SLEEP_IN_TESTS.assertFires(1, "x/src/test/java/XTest.java", "TimeUnit.SECONDS.sleep(1);");
        NO_SLEEP_IN_TESTS.assertKeepsStill("x/src/test/java/XTest.java", "/** No Thread.sleep here. */");
    }

    @Test
    void noTestIsDisabled() {
        NO_DISABLED_TEST.assertObeyed();
    }

    @Test
    void findsDisabledTests() {
        NO_DISABLED_TEST.assertFires(2, "x/src/test/java/XTest.java", "@Test\n@Disabled(\"flaky\")\nvoid x() {}");
        NO_DISABLED_TEST.assertFires(1, "x/src/test/java/XTest.java", "@DisabledOnOs(OS.MAC) class XTest {}");
    }

    @Test
    void onlyAMainClassEndsTheProcess() {
        NO_EXIT.assertObeyed();
    }

    @Test
    void findsWhatEndsTheProcess() {
        NO_EXIT.assertFires(1, "x/src/main/java/X.java", "void close() { System.exit(1); }");
        NO_EXIT.assertFires(1, "x/src/main/java/X.java", "Runtime.getRuntime().halt(1);");
        NO_EXIT.assertKeepsStill("x/src/main/java/X.java", "public static void main(String[] a) { System.exit(1); }");
    }

    @Test
    void typesHaveNamesThatSaySomething() {
        NO_EMPTY_NAMES.assertObeyed();
    }

    @Test
    void findsNamesThatSayNothing() {
        NO_EMPTY_NAMES.assertFires(1, "x/src/main/java/X.java", "final class MapManager {}");
        NO_EMPTY_NAMES.assertFires(1, "x/src/main/java/X.java", "interface StringUtils {}");
        NO_EMPTY_NAMES.assertKeepsStill("x/src/main/java/X.java", "record Baseline(int commonCount) {}");
    }

    @Test
    void filesAreSmall() {
        SMALL_FILES.assertObeyed();
    }

    @Test
    void findsLargeFiles() {
        SMALL_FILES.assertFires(1, "x/src/main/java/X.java", "\n".repeat(401));
        SMALL_FILES.assertFires(1, "x/src/test/java/XTest.java", "\n".repeat(601));
        SMALL_FILES.assertKeepsStill("x/src/main/java/X.java", "\n".repeat(400));
        SMALL_FILES.assertKeepsStill("x/src/test/java/XTest.java", "\n".repeat(600));
    }
}
