package io.penstock.dag.step;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads the lines of a file of UTF-8 text, and knows at which byte it stands. A thread that waits in it can be
 * interrupted. The messages of its exceptions name the file, the line, and the way out. Not thread-safe.
 */
final class LineReader implements AutoCloseable {

    /** The longest line, in bytes. */
    static final int LINE_BYTES_MAX = 1 << 20;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final String path;
    private final FileChannel channel;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT);
    /** What was read of the file and not given out; its size is the longest line so far, or the usual one. */
    private byte[] bytes = new byte[BUFFER_BYTES];
    private int begin;
    private int end;
    /** Of the byte at {@link #begin}. */
    private long offset;
    private long line;
    private boolean atEnd;

    private LineReader(String path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws IOException if there is no such file, or it cannot be read */
    static LineReader open(String path) throws IOException {
        Path file = Path.of(path);
        if (Files.notExists(file)) {
            throw new FileNotFoundException("there is no file '" + path + "'" + seenFrom(file)
                    + "; on a cluster, each member must have it there");
        }
        if (Files.isDirectory(file)) {
            throw new FileNotFoundException("'" + path + "' is a folder; give one of its files");
        }
        if (!Files.isRegularFile(file)) { // a pipe could not go on in the middle
            throw new FileNotFoundException("'" + path + "' is no regular file, and cannot be read twice; give a file,"
                    + " or read it with SourceBuilder");
        }
        try {
            return new LineReader(path, FileChannel.open(file, StandardOpenOption.READ));
        } catch (AccessDeniedException e) {
            throw new IOException("file '" + path + "' may not be read by this process; change its permissions", e);
        }
    }

    private static String seenFrom(Path file) {
        return file.isAbsolute() ? "" : " in " + Path.of("").toAbsolutePath();
    }

    /** The place of the next line, in bytes from the beginning of the file. */
    long offset() {
        return offset;
    }

    /** How many lines are before the next one. */
    long line() {
        return line;
    }

    /**
     * Goes to a place where another reader of the file stood.
     *
     * @throws IOException if the file has no line that begins there
     */
    void goOnAt(long newOffset, long newLine) throws IOException {
        long size = channel.size();
        if (size < newOffset) {
            throw new IOException(text("is not the file that it was: it has " + size + " bytes, but " + newOffset
                    + " (" + newLine + " lines) were read of it; put the old file back, or start the job anew"));
        }
        if (newOffset > 0 && newOffset < size && byteBefore(newOffset) != '\n') {
            throw new IOException(text("is not the file that it was: no line begins behind its first " + newOffset
                    + " bytes, where line " + (newLine + 1) + " began; put the old file back, or start the job anew"));
        }
        channel.position(newOffset);
        offset = newOffset;
        line = newLine;
        begin = 0;
        end = 0;
        atEnd = false;
    }

    private byte byteBefore(long place) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, place - 1);
        return one.get(0);
    }

    /** The next line, without its end; null behind the last one. */
    String next() throws IOException {
        int length = 0;
        while (true) {
            for (; begin + length < end; length++) {
                if (bytes[begin + length] == '\n') {
                    return take(length, 1);
                }
            }
            if (atEnd) {
                return length == markLength(length) ? null : take(length, 0);
            }
            if (length > LINE_BYTES_MAX) {
                throw tooLong();
            }
            read();
        }
    }

    private String take(int length, int endLength) throws IOException {
        if (length > LINE_BYTES_MAX) {
            throw tooLong();
        }
        line++;
        int from = begin + markLength(length);
        int to = begin + length;
        if (endLength > 0 && to > from && bytes[to - 1] == '\r') {
            to--;
        }
        String text = decode(from, to);
        begin += length + endLength;
        offset += length + endLength;
        return text;
    }

    private int markLength(int length) {
        int marked = begin + BYTE_ORDER_MARK.length;
        return offset == 0 && length >= BYTE_ORDER_MARK.length
                && Arrays.equals(bytes, begin, marked, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)
                ? BYTE_ORDER_MARK.length
                : 0;
    }

    /** What is malformed becomes U+FFFD, much faster than it is refused; so only lines that have one are looked at. */
    private String decode(int from, int to) throws IOException {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            return decoder.decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(text("line " + line + " is not UTF-8; convert the file, or read it with"
                    + " SourceBuilder"), e);
        }
    }

    private IOException tooLong() {
        return new IOException(text("line " + (line + 1) + " is longer than " + LINE_BYTES_MAX
                + " bytes; is it a file of lines? Break the line, or read the file with SourceBuilder"));
    }

    /** Reads on, behind what is there. */
    private void read() throws IOException {
        if (begin > 0) {
            System.arraycopy(bytes, begin, bytes, 0, end - begin);
            end -= begin;
            begin = 0;
        } else if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        int count = channel.read(ByteBuffer.wrap(bytes, end, bytes.length - end));
        if (count < 0) {
            atEnd = true;
        } else {
            end += count;
        }
    }

    private String text(String what) {
        return "file '" + path + "': " + what;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
