package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is refused or read, but brings no other exception and takes no time. */
@Timeout(600)
class YamlDamagePropertyTest {

    private static final int RUNS = Boolean.getBoolean("penstock.soak") ? 50_000 : 3_000;
    private static final byte[] GOOD = YamlConfigTest.SHOP.getBytes(StandardCharsets.UTF_8);
    private static final String[] PIECES = {
        "\t", "\n", "\r", " ", "  ", ":", ": ", "- ", "? ", "[", "]", "{", "}", ",", "&a ", "*a", "!!int ", "!", "|",
        ">", "'", "\"", "#", "%YAML 1.99999999999\n", "%TAG ! x\n", "---\n", "...\n", "<<: ", "~", "\\x", "\0",
        "\uFEFF", "\u0085", "\u2028", "\uD83D\uDE00", "@", "`", "99999999999999999999", "-1", "maps:\n", "name: x\n"};

    @TempDir
    private Path folder;

    @Test
    void refusesOrReadsDamagedFiles() throws IOException {
        Random random = new Random(Seed.of("refusesOrReadsDamagedFiles"));
        int read = 0;
        int refused = 0;
        for (int i = 0; i < RUNS; i++) {
            byte[] text = GOOD;
            for (int damages = 1 + random.nextInt(4); damages > 0; damages--) {
                text = damaged(text, random);
            }
            if (isRead(text)) {
                read++;
            } else {
                refused++;
            }
        }
        assertTrue(read > RUNS / 100 && refused > RUNS / 100, read + " read, " + refused + " refused");
    }

    private boolean isRead(byte[] text) throws IOException {
        Path file = Files.write(folder.resolve("penstock.yaml"), text);
        try {
            new GridConfig().yaml(file).check();
            return true;
        } catch (GridException e) {
            assertEquals(GridException.Code.BAD_CONFIG, e.code());
            assertTrue(e.getMessage().contains("line "), e.getMessage());
            assertTrue(!e.getMessage().contains("Exception"), e.getMessage());
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("of the text\n" + new String(text, StandardCharsets.UTF_8), e);
        }
    }

    /** The text with some bytes changed, left out, doubled, or put in. */
    private static byte[] damaged(byte[] text, Random random) {
        int from = random.nextInt(text.length + 1);
        int to = Math.min(text.length, from + random.nextInt(8));
        byte[] middle = switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 -> PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
            case 2 -> PIECES[random.nextInt(PIECES.length)].repeat(1 + random.nextInt(40))
                    .getBytes(StandardCharsets.UTF_8);
            case 3 -> new byte[] {(byte) random.nextInt(256)};
            case 4 -> Arrays.copyOfRange(text, random.nextInt(from + 1), from);
            default -> Arrays.copyOfRange(text, from, Math.min(text.length, from + random.nextInt(60)));
        };
        byte[] result = Arrays.copyOf(text, from + middle.length + text.length - to);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(text, to, result, from + middle.length, text.length - to);
        return result.length > 10_000 ? GOOD : result;
    }
}
