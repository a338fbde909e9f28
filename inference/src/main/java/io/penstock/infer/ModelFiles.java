package io.penstock.infer;

import io.penstock.infer.ModelException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads models, and of those that are too large for a grid at most one byte too many. */
final class ModelFiles {

    private ModelFiles() {}

    static byte[] read(String name, Path file, long bytesMax) {
        try (InputStream in = Files.newInputStream(file)) {
            ModelChecks.checkSize(name, Files.size(file), bytesMax);
            return read(in, bytesMax);
        } catch (IOException e) {
            throw new ModelException(Code.CANNOT_READ, "model '" + name + "': file " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + "); check that it exists and may be read", e);
        }
    }

    static byte[] readResource(String name, Class<?> anchor, String resource, long bytesMax) {
        try (InputStream in = anchor.getResourceAsStream(resource)) {
            if (in == null) {
                throw new ModelException(Code.CANNOT_READ, "model '" + name + "': there is no resource '" + resource
                        + "' beside " + anchor.getName() + "; begin it with '/' if it lies elsewhere on the class path");
            }
            return read(in, bytesMax);
        } catch (IOException e) {
            throw new ModelException(Code.CANNOT_READ, "model '" + name + "': resource '" + resource + "' beside "
                    + anchor.getName() + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static byte[] read(InputStream in, long bytesMax) throws IOException {
        return in.readNBytes((int) Math.min(bytesMax + 1, Integer.MAX_VALUE));
    }
}
