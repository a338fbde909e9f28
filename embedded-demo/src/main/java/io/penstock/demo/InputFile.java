package io.penstock.demo;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file, compressed by gzip or not, of the disk or of the class path.
 *
 * @param name a path, or the name of a resource beside this class
 */
record InputFile(String name, boolean isResource) implements Serializable {

    private static final int BUFFER_BYTES = 1 << 16;

    /** The first 300,000 flights of 2001, which come with the demo. */
    static final InputFile SAMPLE = new InputFile("flights-300k.csv.gz", true);

    /** The airports of the US, which come with the demo. */
    static final InputFile AIRPORTS = new InputFile("airports.csv", true);

    static InputFile of(Path path) {
        return new InputFile(path.toString(), false);
    }

    InputStream open() throws IOException {
        InputStream bytes = new BufferedInputStream(openBytes(), BUFFER_BYTES);
        try {
            return isGzip(bytes) ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes;
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private InputStream openBytes() throws IOException {
        if (!isResource) {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw new NoSuchFileException(name, null, "is a folder");
            }
            if (Files.notExists(path)) {
                throw new NoSuchFileException(name);
            }
            return new FileBytes(new FileInputStream(name));
        }
        InputStream resource = InputFile.class.getResourceAsStream(name);
        if (resource == null) {
            throw new FileNotFoundException("resource " + name);
        }
        return resource;
    }

    /**
     * A file or a named pipe. A read that waits can be interrupted, and a pipe knows what is available: of the JDK's
     * own streams, each does only one of the two.
     */
    private static final class FileBytes extends FilterInputStream {

        private final FileInputStream file;

        FileBytes(FileInputStream file) {
            super(Channels.newInputStream(file.getChannel()));
            this.file = file;
        }

        @Override
        public int available() throws IOException {
            return file.available();
        }
    }

    /** By the first two bytes, so that a file's name decides nothing. */
    private static boolean isGzip(InputStream bytes) throws IOException {
        bytes.mark(2);
        int magic = bytes.read() | bytes.read() << 8;
        bytes.reset();
        return magic == GZIPInputStream.GZIP_MAGIC;
    }

    @Override
    public String toString() {
        return name;
    }
}
