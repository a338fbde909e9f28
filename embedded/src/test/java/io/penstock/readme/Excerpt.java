package io.penstock.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the examples of a page true: each stands in a test between two marks, line by line. */
final class Excerpt {

    static final Path ROOT = Path.of("..");

    private Excerpt() {}

    /**
     * Compares an example of a test with that of a page, where {@code System.out} stands for the test's {@code out}.
     *
     * @param heading of the section whose first example it is; empty for the page's first
     */
    static void assertShown(Class<?> test, String page, String heading) throws IOException {
        String source = Files.readString(Path.of("src/test/java", test.getName().replace('.', '/') + ".java"));
        String mark = "// example " + page + (heading.isEmpty() ? "" : ", " + heading) + "\n";
        int from = source.indexOf(mark) + mark.length();
        String example = source.substring(from, source.indexOf("// end of example", from));
        String text = Files.readString(ROOT.resolve(page));
        int section = heading.isEmpty() ? 0 : text.indexOf("\n## " + heading + "\n");
        String shown = text.substring(text.indexOf("```java\n", section) + "```java\n".length());
        assertEquals(
                example.stripIndent().strip().replace("out.println", "System.out.println"),
                shown.substring(0, shown.indexOf("```")).strip());
    }
}
