package io.penstock.dag.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Sources;
import io.penstock.dag.operator.StageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesSourceTest {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    @TempDir
    private Path folder;

    private SourceDriver driver = new SourceDriver(null, "lines");

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("text"), text);
    }

    private LinesSource open(Path file) {
        LinesSource source = new LinesSource(file.toString());
        source.open(driver);
        return source;
    }

    private List<Object> readAll(LinesSource source) throws Exception {
        while (driver.fill(source)) {
            // goes on
        }
        source.close();
        return driver.takeEmitted();
    }

    private List<Object> linesOf(String text) throws Exception {
        return readAll(open(file(text)));
    }

    @Test
    void endsALineWithALineFeedAndAReturnBeforeIt() throws Exception {
        assertEquals(List.of("a", "", "b\rc", "d"), linesOf("a\n\nb\rc\r\nd"));
        assertEquals(List.of("a"), linesOf("a\n"));
        assertEquals(List.of("", ""), linesOf("\n\r\n"));
        assertEquals(List.of("a\r"), linesOf("a\r"));
        assertEquals(List.of(), linesOf(""));
    }

    @Test
    void leavesOutTheByteOrderMark() throws Exception {
        assertEquals(List.of("a", BYTE_ORDER_MARK + "b"), linesOf(BYTE_ORDER_MARK + "a\n" + BYTE_ORDER_MARK + "b"));
        assertEquals(List.of("", "a"), linesOf(BYTE_ORDER_MARK + "\na"));
        assertEquals(List.of(), linesOf(BYTE_ORDER_MARK));
    }

    @Test
    void takesWhatStandsForAMalformedCharacterAsItIs() throws Exception {
        assertEquals(List.of("a\uFFFDb", "ü€😀"), linesOf("a\uFFFDb\nü€😀"));
    }

    /** Lines of all lengths around the size of the buffer, and snapshots at many places. */
    @Test
    void goesOnAtEveryPlace() throws Exception {
        Random random = new Random(7);
        List<Object> lines = new ArrayList<>();
        StringBuilder text = new StringBuilder(BYTE_ORDER_MARK);
        for (int i = 0; i < 5_000; i++) {
            String line = i + (i % 100 == 0 ? "ü".repeat(random.nextInt(100_000)) : "x".repeat(random.nextInt(50)));
            lines.add(line);
            text.append(line).append(random.nextBoolean() ? "\n" : "\r\n");
        }
        lines.add("without an end");
        Path file = file(text + "without an end");
        List<Object> read = new ArrayList<>();
        LinesSource source = open(file);
        int restarts = 0;
        while (driver.fill(source)) {
            read.addAll(driver.takeEmitted());
            LinesSource next = open(file);
            driver.restore(source, next);
            source.close();
            source = next;
            restarts++;
        }
        read.addAll(driver.takeEmitted());
        source.close();
        assertTrue(restarts > 15, "only " + restarts + " restarts");
        assertEquals(lines, read);
    }

    @Test
    void hasEndedWhenItHadEnded() throws Exception {
        Path file = file("a\nb");
        LinesSource source = open(file);
        assertFalse(driver.fill(source));
        driver.takeEmitted();
        LinesSource next = open(file);
        driver.restore(source, next);
        assertEquals(List.of(), readAll(next));
    }

    @Test
    void tellsThatTheFileIsShorterThanItWas() throws Exception {
        Path file = file("line\n".repeat(1_000));
        LinesSource source = open(file);
        assertTrue(driver.fill(source));
        Files.writeString(file, "line\n");
        assertEquals("stage 'lines': file '" + file + "': is not the file that it was: it has 5 bytes, but 1280 (256"
                + " lines) were read of it; put the old file back, or start the job anew", refusedToGoOn(source, file));
    }

    @Test
    void tellsThatNoLineBeginsWhereOneBegan() throws Exception {
        Path file = file("line\n".repeat(1_000));
        LinesSource source = open(file);
        assertTrue(driver.fill(source));
        Files.writeString(file, "a line\n".repeat(1_000));
        assertEquals("stage 'lines': file '" + file + "': is not the file that it was: no line begins behind its first"
                + " 1280 bytes, where line 257 began; put the old file back, or start the job anew",
                refusedToGoOn(source, file));
    }

    private String refusedToGoOn(LinesSource source, Path file) throws Exception {
        LinesSource next = open(file);
        driver.restore(source, next);
        return refused(next);
    }

    private String refused(LinesSource source) {
        return assertThrows(StageException.class, () -> readAll(source)).getMessage();
    }

    @Test
    void namesTheLineThatIsNotText() throws Exception {
        Path file = folder.resolve("text");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("good\nbad ".getBytes(StandardCharsets.UTF_8));
        bytes.write(0xC3);
        bytes.write('\n');
        Files.write(file, bytes.toByteArray());
        assertEquals("stage 'lines': file '" + file + "': line 2 is not UTF-8; convert the file, or read it with"
                + " SourceBuilder", refused(open(file)));
    }

    @Test
    void namesTheLineThatIsTooLong() throws Exception {
        String longest = "x".repeat(LineReader.LINE_BYTES_MAX);
        assertEquals(List.of("a", longest, longest), linesOf("a\n" + longest + "\n" + longest));
        for (String end : List.of("", "\nb", "x".repeat(3 * LineReader.LINE_BYTES_MAX))) {
            Path file = file("a\n" + longest + "x" + end);
            assertEquals("stage 'lines': file '" + file + "': line 2 is longer than 1048576 bytes; is it a file of"
                    + " lines? Break the line, or read the file with SourceBuilder", refused(open(file)));
        }
    }

    @Test
    void readsOnlySoMuchAtATime() throws Exception {
        String line = "x".repeat(LineReader.LINE_BYTES_MAX / 2);
        LinesSource source = open(file((line + "\n").repeat(20)));
        assertTrue(driver.fill(source));
        assertEquals(2, driver.takeEmitted().size());
    }

    @Test
    void refusesWhatIsNoFile() throws Exception {
        Path missing = folder.resolve("missing");
        assertEquals("stage 'lines': there is no file '" + missing + "'; on a cluster, each member must have it there",
                assertThrows(StageException.class, () -> open(missing)).getMessage());
        assertEquals("stage 'lines': there is no file 'missing.txt' in " + Path.of("").toAbsolutePath()
                + "; on a cluster, each member must have it there",
                assertThrows(StageException.class, () -> open(Path.of("missing.txt"))).getMessage());
        assertEquals("stage 'lines': '" + folder + "' is a folder; give one of its files",
                assertThrows(StageException.class, () -> open(folder)).getMessage());
    }

    @Test
    void refusesAFileOfAnotherFileSystem() throws Exception {
        URI archive = URI.create("jar:" + folder.resolve("a.zip").toUri());
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path path = zip.getPath("/text");
            String message =
                    assertThrows(IllegalArgumentException.class, () -> Sources.lines(path)).getMessage();
            assertTrue(message.startsWith("lines of '/text': the path must be of the default file system"), message);
        }
    }

    /** A line that was the last one, and without an end, is not the beginning of another. */
    @Test
    void tellsThatTheLastLineHasGrown() throws Exception {
        String[] lines = new String[256];
        Arrays.fill(lines, "line");
        Path file = file(String.join("\n", lines));
        LinesSource source = open(file);
        assertTrue(driver.fill(source));
        Files.writeString(file, " goes on\n", StandardOpenOption.APPEND);
        assertTrue(refusedToGoOn(source, file).contains("no line begins behind its first 1279 bytes"));
    }
}
