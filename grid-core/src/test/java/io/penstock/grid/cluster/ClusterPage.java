package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * docs/cluster.md beside a test class that runs its examples. In the test class an example stands between {@code //
 * example}, the heading below which the page has it, and {@code // end of example}; {@code System.out} of the page is
 * {@link #out()} there.
 */
public final class ClusterPage {

    private static final Path PAGE = Path.of("../docs/cluster.md");

    private final Class<?> test;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    public ClusterPage(Class<?> test) {
        this.test = test;
    }

    public PrintStream out() {
        return out;
    }

    /** Compares an example with that of the page. */
    public void assertShown(String heading) throws IOException {
        assertShown(heading, PAGE, heading);
    }

    /** Compares an example with that below a heading of another page. */
    public void assertShown(String example, Path page, String heading) throws IOException {
        String source = Files.readString(Path.of("src/test/java", test.getName().replace('.', '/') + ".java"));
        String mark = "// example " + example + "\n";
        int from = source.indexOf(mark) + mark.length();
        String wanted = source.substring(from, source.indexOf("// end of example", from));
        String text = Files.readString(page);
        Matcher section = Pattern.compile("^#+ " + Pattern.quote(heading) + "$", Pattern.MULTILINE).matcher(text);
        assertTrue(section.find(), "no heading " + heading);
        String shown = text.substring(text.indexOf("```java\n", section.end()) + "```java\n".length());
        assertEquals(
                wanted.stripIndent().strip().replace("out.println", "System.out.println"),
                shown.substring(0, shown.indexOf("```")).strip());
    }

    /** Compares all that was printed with these lines, which the page must show. */
    public void assertPrinted(String... lines) throws IOException {
        assertEquals(List.of(lines), printed.toString(StandardCharsets.UTF_8).lines().toList());
        assertTrue(
                Files.readString(PAGE).contains("\n```\n" + String.join("\n", lines) + "\n```\n"),
                "the page shows what is printed");
    }
}
