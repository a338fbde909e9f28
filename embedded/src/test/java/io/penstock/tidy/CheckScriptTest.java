package io.penstock.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script that builds everything, with a program in Maven's place that prints what a test tells it to. */
@Timeout(60)
class CheckScriptTest {

    private static final String JDK_17 = "Java version: 17.0.15, vendor: Debian";

    @TempDir
    private Path folder;

    private int exitCode;

    @BeforeEach
    void useAMavenThatPasses() throws IOException {
        replaceMaven(JDK_17, "[INFO] BUILD SUCCESS", 0);
    }

    @Test
    void tellsHowToUseIt() throws Exception {
        assertTrue(check("--help").startsWith("Usage: ./check [--soak]"));
        assertEquals(0, exitCode);
    }

    @Test
    void refusesAnUnknownOption() throws Exception {
        assertEquals("check: unknown option '--fast'; try ./check --help\n", check("--soak", "--fast"));
        assertEquals(2, exitCode);
    }

    @Test
    void refusesAnOldJdk() throws Exception {
        for (String version : new String[] {"1.8.0_402", "11.0.2", "16"}) {
            replaceMaven("Java version: " + version + ", vendor: X", "[INFO] BUILD SUCCESS", 0);
            assertEquals("check: Maven runs on JDK " + version + ", but Penstock needs 17 or newer; set JAVA_HOME to"
                    + " such a JDK\n", check());
            assertEquals(1, exitCode);
        }
    }

    @Test
    void takesANewerJdk() throws Exception {
        replaceMaven("Java version: 25, vendor: X", "[INFO] BUILD SUCCESS", 0);
        assertEquals("[INFO] BUILD SUCCESS\n", check());
        assertEquals(0, exitCode);
    }

    @Test
    void givesMavenTheOptionForLongerTests() throws Exception {
        check();
        assertTrue(mavensArguments().endsWith(" clean verify\n"), mavensArguments());
        assertTrue(!mavensArguments().contains("soak"), mavensArguments());
        check("--soak");
        assertTrue(mavensArguments().contains(" -Dpenstock.soak=true clean verify\n"), mavensArguments());
    }

    @Test
    void showsClosingLinesAndProblemsOnly() throws Exception {
        replaceMaven(JDK_17, """
                [INFO] Scanning for projects...
                [INFO] Building penstock-x 1 [1/2]
                [INFO] Building jar: x.jar
                [WARNING] odd
                [INFO] Running io.penstock.XTest
                [INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in io.penstock.XTest
                [INFO]
                [INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0
                [INFO] BUILD SUCCESS""", 0);
        assertEquals("""
                [INFO] Building penstock-x 1 [1/2]
                [WARNING] odd
                [INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0
                [INFO] BUILD SUCCESS
                """, check());
        assertEquals(0, exitCode);
    }

    @Test
    void showsFailuresInFullAndEndsAsMavenDoes() throws Exception {
        String failure = """
                [ERROR] Tests run: 1, Failures: 1 <<< FAILURE! -- in io.penstock.XTest
                org.opentest4j.AssertionFailedError: odd
                \tat io.penstock.XTest.x(XTest.java:1)""";
        replaceMaven(JDK_17, failure, 7);
        assertTrue(check().startsWith(failure + "\n"));
        assertEquals(7, exitCode);
    }

    private void replaceMaven(String version, String output, int exitCode) throws IOException {
        Path maven = folder.resolve("mvn");
        Files.writeString(folder.resolve("output"), output + "\n");
        Files.writeString(maven, """
                #!/usr/bin/env bash
                if [ "$1" = -version ]; then echo '%s'; exit 0; fi
                here="$(dirname "${BASH_SOURCE[0]}")"
                echo "$@" > "$here/arguments"
                cat "$here/output"
                exit %d
                """.formatted(version, exitCode));
        assertTrue(maven.toFile().setExecutable(true));
    }

    private String mavensArguments() throws IOException {
        return Files.readString(folder.resolve("arguments"));
    }

    /** Runs the script from another folder, and returns what it prints. */
    private String check(String... options) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Repository.root().resolve("check").toString());
        builder.command().addAll(List.of(options));
        builder.environment().merge("PATH", folder.toString(), (old, first) -> first + File.pathSeparator + old);
        Process process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        exitCode = process.waitFor();
        return output;
    }
}
