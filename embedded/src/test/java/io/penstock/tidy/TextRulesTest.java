package io.penstock.tidy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What no text file may hold. What is forbidden is spelled in pieces here, because this is a text file, too. */
class TextRulesTest {

    private static final List<String> REGISTRY_HOSTS = List.of(
            host("repo1", "maven", "org"), host("repo", "maven", "apache", "org"), host("oss", "sonatype", "org"),
            host("central", "sonatype", "com"), host("maven", "google", "com"), host("jitpack", "io"),
            host("plugins", "gradle", "org"), host("registry", "npmjs", "org"), host("registry", "yarnpkg", "com"),
            host("pypi", "org"), host("files", "pythonhosted", "org"), host("registry-1", "docker", "io"));

    private static final Rule NO_REGISTRY_HOSTS = Rule.noText(
            file -> true,
            Pattern.compile(REGISTRY_HOSTS.stream().map(Pattern::quote).collect(Collectors.joining("|"))),
            "names the host of a registry; leave it to the settings of whoever builds");

    private static final Rule NO_MACHINE_PATHS = Rule.noText(
            file -> true,
            Pattern.compile("(?<![\\w./:~}$-])/(?:root|home|Users|work|tmp|mnt|usr/lib/jvm|usr/local)/[\\w.-]*"
                    + "|\\b[A-Z]:\\\\\\\\?Users\\b"),
            "is a path of one machine; take it from an option, or from @TempDir");

    private static String host(String... parts) {
        return String.join(".", parts);
    }

    @Test
    void sourcesNameNoHostOfARegistry() {
        NO_REGISTRY_HOSTS.assertObeyed();
    }

    @Test
    void findsTheHostOfARegistry() {
        NO_REGISTRY_HOSTS.assertFires(2, "x/README.md", "\nfrom https://" + host("repo1", "maven", "org") + "/maven2");
        NO_REGISTRY_HOSTS.assertFires(1, ".ci/run", "curl " + host("pypi", "org"));
        NO_REGISTRY_HOSTS.assertKeepsStill("pom.xml", "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">");
    }

    @Test
    void sourcesNameNoPathOfAMachine() {
        NO_MACHINE_PATHS.assertObeyed();
    }

    @Test
    void findsThePathOfAMachine() {
        NO_MACHINE_PATHS.assertFires(1, "x/src/main/java/X.java", "Path.of(\"/" + "home/someone/models\")");
        NO_MACHINE_PATHS.assertFires(2, "check", "\ncd /" + "work/penstock");
        NO_MACHINE_PATHS.assertFires(1, "x/src/test/java/X.java", "new File(\"/" + "tmp/out.txt\")");
        NO_MACHINE_PATHS.assertFires(1, "x/README.md", "    JAVA_HOME=/" + "usr/lib/jvm/jdk-25 ./check");
        NO_MACHINE_PATHS.assertKeepsStill("x/README.md", "see https://example.org/work/home/ and src/main/tmp/x");
        NO_MACHINE_PATHS.assertKeepsStill("check", "#!/usr/bin/env bash");
    }
}
