package io.penstock.grid.yaml;

import io.penstock.grid.GridException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A text and how messages call it.
 *
 * @param source a path
 * @param text without byte order mark
 */
public record YamlText(String source, String text) {

    private static final int BYTES_MAX = 1 << 20;

    /** @throws GridException if there is no such file, or it cannot be read, is too large, or is not in UTF-8 */
    public static YamlText ofFile(Path file) {
        String source = file.toString();
        if (Files.isDirectory(file)) {
            throw bad(source, "is a folder; name the file in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(source, in);
        } catch (NoSuchFileException e) {
            throw bad(source, "there is no such file; looked for " + file.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw bad(source, "cannot be read (" + e + "); check its rights");
        }
    }

    /** @throws GridException as for {@link #ofFile} */
    public static YamlText ofResource(Class<?> anchor, String resource) {
        String source = resource + " on the class path";
        try (InputStream in = anchor.getResourceAsStream(resource)) {
            if (in == null) {
                throw bad(source, "there is no such resource beside " + anchor.getName()
                        + "; a name that begins with '/' is looked up from the root of the class path");
            }
            return read(source, in);
        } catch (IOException e) {
            throw bad(source, "cannot be read (" + e + ")");
        }
    }

    private static YamlText read(String source, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
            throw bad(source, "is larger than " + BYTES_MAX + " bytes; is it the right file?");
        }
        String text = decode(source, bytes);
        return new YamlText(source, text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static String decode(String source, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
        chars.flip();
        if (result.isError()) {
            throw new Problems(source).fatal(
                    Place.of(chars, chars.length()), "not a text in UTF-8; save the file as UTF-8");
        }
        return chars.toString();
    }

    private static GridException bad(String source, String what) {
        return new GridException(GridException.Code.BAD_CONFIG, source + ": " + what);
    }
}
