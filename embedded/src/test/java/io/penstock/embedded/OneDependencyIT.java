package io.penstock.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service has that depends on penstock-embedded and on nothing else. */
@Timeout(120)
class OneDependencyIT {

    /** On the class path of tests, but not brought by the artifact. */
    private static final Pattern OF_TESTS =
            Pattern.compile("(?:junit|opentest4j|apiguardian|slf4j-simple|surefire).*\\.jar");

    @TempDir
    private Path folder;

    @Test
    void bringsTheseLibrariesAndNoOthers() {
        Set<String> names = new TreeSet<>();
        serviceClassPath()
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.endsWith(".jar") && !name.startsWith("penstock-"))
                .forEach(name -> names.add(name.replaceFirst("-\\d.*", "")));
        assertEquals(
                List.of("HdrHistogram", "agrona", "asm", "caffeine", "error_prone_annotations", "jctools-core", "jspecify",
                        "micrometer-commons", "micrometer-core", "micrometer-observation", "onnxruntime", "slf4j-api",
                        "snakeyaml-engine"),
                List.copyOf(names));
    }

    @Test
    void hasNoLibraryOfAnotherHost() {
        for (String type : List.of("com.hazelcast.core.Hazelcast", "org.jgroups.JChannel",
                "net.openhft.chronicle.map.ChronicleMap", "org.lmdbjava.Env")) {
            assertThrows(ClassNotFoundException.class, () -> Class.forName(type), type);
        }
    }

    /** In a JVM without flags and without a logging set-up, which ends only if no thread of ours is left. */
    @Test
    void runsAServiceThatHasOnlyThisDependency() throws Exception {
        File out = folder.resolve("out.txt").toFile();
        File errors = folder.resolve("errors.txt").toFile();
        Process service = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", serviceClassPath().collect(Collectors.joining(File.pathSeparator)),
                PaymentService.class.getName())
                .redirectOutput(out).redirectError(errors).start();
        try {
            assertTrue(service.waitFor(60, TimeUnit.SECONDS), "still runs");
            assertEquals(0, service.exitValue(), Files.readString(errors.toPath()));
            assertEquals("1000 decisions, {casino=250, shop=750}", Files.readString(out.toPath()).strip());
            List<String> complaints = Files.readAllLines(errors.toPath()).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("SLF4J") && !isOfNewerJdk(line))
                    .toList();
            assertEquals(List.of(), complaints);
        } finally {
            service.destroyForcibly();
        }
    }

    /** JDK 24 and newer warn of native and unsafe access, which the service may allow with flags. */
    private static boolean isOfNewerJdk(String line) {
        return Runtime.version().feature() >= 24 && line.startsWith("WARNING: ");
    }

    /** The class path of this test without what tests need, but with this module's test classes. */
    private static Stream<String> serviceClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> !OF_TESTS.matcher(Path.of(entry).getFileName().toString()).matches());
    }
}
