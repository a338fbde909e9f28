package io.penstock.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where things are. */
class LayoutRulesTest {

    private static final Pattern ROOT_PACKAGE = Pattern.compile("<automatic\\.module\\.name>([^<]+)<");
    private static final Pattern INTERNAL = Pattern.compile("^/\\*\\*\\s*(?:\\*\\s*)?Internal\\.");

    private static final Rule READMES = files -> modules(files)
            .filter(pom -> files.stream().noneMatch(file -> file.path().equals(pom.module() + "/README.md")))
            .map(pom -> pom.at(0, "the module has no README.md; tell a newcomer what it is for and how to use it"))
            .toList();

    /** A module's API is its root package, and {@code testing} for the tests of users; the others say "Internal.". */
    private static final Rule INTERNAL_PACKAGES = files -> {
        Map<String, String> rootPackages = modules(files)
                .collect(Collectors.toMap(SourceFile::module, LayoutRulesTest::rootPackage));
        Map<String, SourceFile> inPackages = new TreeMap<>(); // any file; package-info.java where there is one
        for (SourceFile file : files) {
            if (file.isMainJava()) {
                inPackages.merge(file.module() + ":" + file.packageName(), file,
                        (one, other) -> one.name().equals("package-info.java") ? one : other);
            }
        }
        List<String> found = new ArrayList<>();
        for (SourceFile file : inPackages.values()) {
            String root = rootPackages.getOrDefault(file.module(), "");
            if (!file.packageName().equals(root) && !file.packageName().equals(root + ".testing")) {
                check(file, root, found);
            }
        }
        return found;
    };

    private static void check(SourceFile file, String root, List<String> found) {
        if (!file.packageName().startsWith(root + ".")) {
            found.add(file.at(0, "package " + file.packageName() + " is not inside its module's package " + root));
        } else if (!file.name().equals("package-info.java")) {
            found.add(file.at(0, "package " + file.packageName() + " has no package-info.java; add one that begins with"
                    + " \"Internal.\" and names the mechanism"));
        } else if (!INTERNAL.matcher(file.text()).find()) {
            found.add(file.at(0, "the Javadoc must begin with \"Internal.\"; only " + root + " and " + root
                    + ".testing are API"));
        }
    }

    private static Stream<SourceFile> modules(List<SourceFile> files) {
        return files.stream().filter(file -> file.isModulePom() && file.path().split("/").length == 2);
    }

    private static String rootPackage(SourceFile pom) {
        Matcher matcher = ROOT_PACKAGE.matcher(pom.text());
        return matcher.find() ? matcher.group(1) : "";
    }

    @Test
    void readsAllModules() {
        assertTrue(modules(Repository.sources()).count() >= 9);
        assertTrue(Repository.sources().size() > 100);
    }

    @Test
    void everyModuleHasAReadme() {
        READMES.assertObeyed();
    }

    @Test
    void findsModulesWithoutReadme() {
        SourceFile pom = new SourceFile("x/pom.xml", "<project/>");
        assertEquals(1, READMES.findings(List.of(pom, new SourceFile("README.md", ""))).size());
        assertEquals(0, READMES.findings(List.of(pom, new SourceFile("x/README.md", ""))).size());
    }

    @Test
    void packagesBesideTheApiSayThatTheyAreInternal() {
        INTERNAL_PACKAGES.assertObeyed();
    }

    @Test
    void findsPackagesThatDoNotSayThatTheyAreInternal() {
        assertEquals(1, findingsBeside("engine/Worker.java", "class Worker {}"));
        assertEquals(1, findingsBeside("engine/package-info.java", "/** The engine. */\npackage x;"));
        assertEquals(0, findingsBeside("engine/package-info.java", "/** Internal. The engine. */\npackage x;"));
        assertEquals(0, findingsBeside("engine/package-info.java", "/**\n * Internal. The engine.\n */\npackage x;"));
        assertEquals(0, findingsBeside("Pipeline.java", "class Pipeline {}"));
        assertEquals(0, findingsBeside("testing/OperatorTester.java", "class OperatorTester {}"));
        assertEquals(1, findingsBeside("../grid/Grid.java", "class Grid {}"));
    }

    private static int findingsBeside(String path, String text) {
        String inModule = Path.of("jet-dag/src/main/java/io/penstock/dag").resolve(path).normalize()
                .toString().replace('\\', '/');
        return INTERNAL_PACKAGES.findings(List.of(
                new SourceFile("jet-dag/pom.xml", "<automatic.module.name>io.penstock.dag</automatic.module.name>"),
                new SourceFile(inModule, text))).size();
    }

    @Test
    void scriptsCanBeRun() {
        for (String script : List.of("check", ".ci/run")) {
            assertTrue(Files.isExecutable(Repository.root().resolve(script)), script + " needs chmod +x");
        }
    }
}
