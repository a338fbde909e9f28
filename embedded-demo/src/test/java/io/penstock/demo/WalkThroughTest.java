package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code docs/demo.md} shows of the code is in the code. */
class WalkThroughTest {

    private static final Path PAGE = Path.of("../docs/demo.md");

    /** A link, or an excerpt; an excerpt is of the file of the last link before it. */
    private static final Pattern LINK_OR_EXCERPT =
            Pattern.compile("\\]\\(([^)#]+)\\)|^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    /** Parts of an excerpt, which is broken by lines of three dots, without the space around their lines. */
    private static List<String> parts(String excerpt) {
        return Arrays.stream(excerpt.split("(?m)^ *\\.\\.\\.$")).map(WalkThroughTest::stripped)
                .filter(part -> !part.isEmpty()).toList();
    }

    private static String stripped(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    @Test
    void excerptsStandInTheFilesThatAreNamedBeforeThem() throws IOException {
        String source = null;
        int found = 0;
        Matcher matcher = LINK_OR_EXCERPT.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                if (matcher.group(1).endsWith(".java")) {
                    source = stripped(Files.readString(PAGE.resolveSibling(matcher.group(1))));
                }
                continue;
            }
            int from = 0;
            for (String part : parts(matcher.group(2))) {
                int at = source.indexOf(part, from);
                assertTrue(at >= 0, "docs/demo.md shows what is not (or no longer, or not in this order) in the code:\n"
                        + part);
                from = at + part.length();
                found++;
            }
        }
        assertTrue(found >= 8, "excerpts: " + found);
    }

    @Test
    void theReadmeShowsTheHelp() throws IOException {
        String help = Files.readString(Path.of("src/main/resources/io/penstock/demo/help.txt"));
        assertTrue(Files.readString(Path.of("README.md")).contains("```\n" + help + "```\n"));
    }

    @Test
    void threeDotsBreakAnExcerpt() {
        assertEquals(List.of("a\nb", "c"), parts("  a\n\n b\n  ...\nc\n"));
    }

    @Test
    void linksLeadToFiles() throws IOException {
        List<String> broken = new ArrayList<>();
        Matcher matcher = LINK_OR_EXCERPT.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            String link = matcher.group(1);
            if (link != null && !link.contains("://") && !Files.exists(PAGE.resolveSibling(link))) {
                broken.add(link);
            }
        }
        assertEquals(List.of(), broken);
    }
}
