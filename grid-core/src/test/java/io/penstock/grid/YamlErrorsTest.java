package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.GridException.Code;
import io.penstock.grid.yaml.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is told of files that are wrong. The table is {@code yaml-errors.txt}: a title after {@code ===}, a file, and
 * after {@code >>>} the exact message.
 */
class YamlErrorsTest {

    private static final MapRef<String, String> PLAIN = MapRef.of("plain", String.class, String.class);

    @TempDir
    private Path folder;

    @Test
    void tellsEachErrorOfTheTable() throws IOException {
        String table;
        try (InputStream in = YamlErrorsTest.class.getResourceAsStream("yaml-errors.txt")) {
            table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        StringBuilder actual = new StringBuilder();
        for (String row : table.split("(?m)^=== ")) {
            if (!row.isEmpty()) {
                String title = row.substring(0, row.indexOf('\n') + 1);
                String file = row.substring(title.length(), row.indexOf(">>>\n"));
                actual.append("=== ").append(title).append(file).append(">>>\n").append(refusal(file)).append("\n\n");
            }
        }
        assertEquals(table, actual.toString());
    }

    @Test
    void tellsOfTabsAndCharactersThatAreNotAllowed() {
        assertEquals(
                "penstock.yaml, line 2, column 1: not YAML: a tab where only blanks may be; indent with blanks",
                refusal("maps:\n\tplain: {}\n"));
        assertEquals(
                "penstock.yaml, line 2, column 10: the character U+0000 is not allowed in YAML; remove it",
                refusal("# \uD83D\uDE00\nname: sho\0p\n"));
    }

    @Test
    void tellsTheFirstTwentyErrorsAndTheNumberOfTheOthers() {
        String message = refusal("x: 1\n" + "y: 1\n".repeat(30));
        assertTrue(message.startsWith("penstock.yaml has 31 errors:\n  line 1, column 1: unknown key 'x'"), message);
        assertTrue(message.endsWith("in line 2; leave out one of them\n  and 11 more"), message);
        assertEquals(22, message.lines().count());
    }

    @Test
    void namesImpossibleCombinationsOfFileAndCodeWhenTheGridIsOpened() {
        YamlText text = new YamlText("penstock.yaml", "maps:\n  plain:\n    max-entries: 5\n");
        assertEquals(
                "penstock.yaml, line 2, column 3: map 'plain': eviction least-used goes by max-entries or by max-bytes,"
                        + " but both are set; leave out one",
                refused(() -> Grid.embedded(config -> config.yaml(text)
                        .map(PLAIN, map -> map.eviction(Eviction.LEAST_USED).maxBytes(5)))));
    }

    @Test
    void namesImpossibleCombinationsOfCodeWhenTheGridIsOpened() {
        assertEquals(
                "map 'plain': eviction LEAST_USED needs maxEntries or maxBytes, which say when to evict",
                refused(() -> Grid.embedded(config -> config.map(PLAIN, map -> map.eviction(Eviction.LEAST_USED)))));
    }

    @Test
    void tellsWhyAFileCannotBeRead() throws IOException {
        Path missing = folder.resolve("x").resolve("..").resolve("none.yaml");
        assertEquals(
                missing + ": there is no such file; looked for " + folder.resolve("none.yaml"),
                refused(() -> new GridConfig().yaml(missing)));
        assertEquals(folder + ": is a folder; name the file in it", refused(() -> new GridConfig().yaml(folder)));
        assertEquals(
                "none.yaml on the class path: there is no such resource beside io.penstock.grid.YamlErrorsTest; a name"
                        + " that begins with '/' is looked up from the root of the class path",
                refused(() -> new GridConfig().yamlResource(YamlErrorsTest.class, "none.yaml")));

        Path large = Files.writeString(folder.resolve("large.yaml"), "#".repeat((1 << 20) + 1));
        assertEquals(large + ": is larger than 1048576 bytes; is it the right file?",
                refused(() -> new GridConfig().yaml(large)));
        Path latin = Files.writeString(
                folder.resolve("latin.yaml"), "name: a\n# \u00e4\n", StandardCharsets.ISO_8859_1);
        assertEquals(latin + ", line 2, column 3: not a text in UTF-8; save the file as UTF-8",
                refused(() -> new GridConfig().yaml(latin)));
        Path cut = Files.write(folder.resolve("cut.yaml"), new byte[] {'#', (byte) 0xF0, (byte) 0x9F});
        assertEquals(cut + ", line 1, column 2: not a text in UTF-8; save the file as UTF-8",
                refused(() -> new GridConfig().yaml(cut)));
    }

    /** Each of nearly the largest size. */
    @Test
    void isDoneSoonWithTextsThatAreMadeToTakeLong() {
        int bytes = 1_000_000;
        List<String> texts = List.of(
                "[".repeat(bytes), "{".repeat(bytes), "- ".repeat(bytes / 2), "? ".repeat(bytes / 2), "a".repeat(bytes),
                "a:\n".repeat(bytes / 3), "a: ".repeat(bytes / 3), "\"".repeat(bytes),
                "name: " + "a\n ".repeat(bytes / 3),
                "maps: {" + "a: {x: y},".repeat(bytes / 10) + "}", "maps: [" + "1,".repeat(bytes / 2) + "]",
                "name: |\n" + " a\n".repeat(bytes / 3), " ".repeat(bytes) + "\t", "\n".repeat(bytes) + "[",
                "? " + "a".repeat(bytes) + "\n: 1\n", "%A\n".repeat(bytes / 3), "maps: {" + ",".repeat(bytes) + "}",
                "maps: {a: {indexes: [" + "x.y,".repeat(bytes / 4) + "]}}\nx: 1", "# \uD83D\uDE00".repeat(bytes / 4));
        for (String text : texts) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refusal(text), () -> text.substring(0, 20));
        }
    }

    /** A plain text of one document would be 10^9 entries if the aliases were followed. */
    @Test
    void followsNoAliases() {
        StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 10; i++) {
            text.append("a").append(i).append(": &a").append(i).append(" [")
                    .append(("*a" + (i - 1) + ",").repeat(10)).append("]\n");
        }
        assertEquals(
                "penstock.yaml, line 1, column 5: anchors (&name) and aliases (*name) are not read; write the settings"
                        + " out",
                refusal(text.toString()));
    }

    private static String refusal(String text) {
        return refused(() -> Grid.embedded(config -> config.yaml(new YamlText("penstock.yaml", text))));
    }

    private static String refused(Executable use) {
        GridException refusal = assertThrows(GridException.class, use, "is not refused");
        assertEquals(Code.BAD_CONFIG, refusal.code());
        return refusal.getMessage();
    }
}
