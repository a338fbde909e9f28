package io.penstock.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the poms must hold and must not. */
class PomRulesTest {

    private static final String BOM = "bom/pom.xml";
    private static final Set<String> NOT_PUBLISHED = Set.of("bom", "benchmarks", "embedded-demo");
    private static final Pattern PARENT = Pattern.compile("<parent>.*?</parent>", Pattern.DOTALL);
    private static final Pattern MODULE_NAME =
            Pattern.compile("<automatic\\.module\\.name>(io\\.penstock\\.\\w+)</automatic\\.module\\.name>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(penstock-[\\w-]+)</artifactId>");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    private static final Rule NO_REPOSITORIES = Rule.noText(
            file -> file.name().equals("pom.xml"),
            Pattern.compile("<(?:pluginRepositories|repositories)>"),
            "where artifacts come from is left to the settings of whoever builds");

    /** Every version stands in the root pom, so that all modules use the same. */
    private static final Rule VERSIONS_IN_THE_ROOT = Rule.each(file -> {
        List<String> found = new ArrayList<>();
        if (file.isModulePom() && !file.path().equals(BOM)) {
            Matcher version = Pattern.compile("<version>").matcher(withoutParent(file));
            while (version.find()) {
                found.add(file.at(version.start(), "versions stand in the root pom; move this one there"));
            }
        }
        return found;
    });

    private static final Rule MODULE_NAMES = Rule.each(file -> {
        if (!file.isModulePom() || file.path().equals(BOM) || MODULE_NAME.matcher(file.text()).find()) {
            return List.of();
        }
        return List.of(file.at(0, "has no property automatic.module.name; set it to the module's root package"));
    });

    /** The BOM, which has no parent, must follow the root pom by hand. */
    private static final Rule COMPLETE_BOM = files -> {
        List<String> found = new ArrayList<>();
        SourceFile bom = get(files, BOM);
        String version = first(VERSION, get(files, "pom.xml").text());
        if (!first(VERSION, bom.text()).equals(version)) {
            found.add(bom.at(0, "its version must be " + version + ", as in the root pom"));
        }
        Set<String> listed = new TreeSet<>(all(ARTIFACT, bom.text()));
        listed.remove("penstock-bom");
        Set<String> published = new TreeSet<>();
        for (SourceFile file : files) {
            if (file.isModulePom() && !NOT_PUBLISHED.contains(file.module())) {
                published.add(first(ARTIFACT, withoutParent(file)));
            }
        }
        if (!listed.equals(published)) {
            found.add(bom.at(0, "must list " + published + ", but lists " + listed));
        }
        return found;
    };

    /** The pom with the parent's part left out; every other character keeps its place. */
    private static String withoutParent(SourceFile pom) {
        return PARENT.matcher(pom.text()).replaceAll(parent -> parent.group().replaceAll("[^\\n]", " "));
    }

    private static SourceFile get(List<SourceFile> files, String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + path));
    }

    private static String first(Pattern pattern, String text) {
        return all(pattern, text).get(0);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    @Test
    void pomsNameNoRepositories() {
        NO_REPOSITORIES.assertObeyed();
    }

    @Test
    void findsRepositories() {
        NO_REPOSITORIES.assertFires(2, "pom.xml", "<project>\n<repositories></repositories>");
        NO_REPOSITORIES.assertFires(1, "x/pom.xml", "<pluginRepositories></pluginRepositories>");
    }

    @Test
    void versionsStandInTheRootPom() {
        VERSIONS_IN_THE_ROOT.assertObeyed();
    }

    @Test
    void findsVersionsInModules() {
        String parent = "<parent>\n<version>1</version></parent>\n";
        VERSIONS_IN_THE_ROOT.assertFires(3, "x/pom.xml", parent + "<dependency><version>2</version></dependency>");
        VERSIONS_IN_THE_ROOT.assertKeepsStill("x/pom.xml", parent);
        VERSIONS_IN_THE_ROOT.assertKeepsStill("pom.xml", "<version>1</version>");
    }

    @Test
    void everyJarHasAModuleName() {
        MODULE_NAMES.assertObeyed();
    }

    @Test
    void findsJarsWithoutModuleName() {
        MODULE_NAMES.assertFires(1, "x/pom.xml", "<project></project>");
        MODULE_NAMES.assertKeepsStill(
                "x/pom.xml", "<automatic.module.name>io.penstock.x</automatic.module.name>");
    }

    /** The property of the modules gets into the manifests only if the root pom says so. */
    @Test
    void theRootPomPutsTheModuleNameIntoEachManifest() {
        Rule.each(file -> !file.path().equals("pom.xml")
                        || file.text().contains(
                                "<Automatic-Module-Name>${automatic.module.name}</Automatic-Module-Name>")
                ? List.of()
                : List.of(file.at(0, "maven-jar-plugin writes no Automatic-Module-Name"))).assertObeyed();
    }

    @Test
    void theBomListsWhatIsPublished() {
        COMPLETE_BOM.assertObeyed();
    }

    @Test
    void findsWhatTheBomLacks() {
        SourceFile root = new SourceFile("pom.xml", "<version>2</version>");
        SourceFile module = new SourceFile("x/pom.xml",
                "<parent><artifactId>penstock-parent</artifactId></parent><artifactId>penstock-x</artifactId>");
        String entry = "<artifactId>penstock-x</artifactId>";
        assertFindings(0, root, module, new SourceFile(BOM, "<version>2</version>" + entry));
        assertFindings(1, root, module, new SourceFile(BOM, "<version>1</version>" + entry));
        assertFindings(1, root, module, new SourceFile(BOM, "<version>2</version>"));
    }

    private static void assertFindings(int count, SourceFile... files) {
        assertEquals(count, COMPLETE_BOM.findings(List.of(files)).size());
    }
}
