package io.penstock.dag.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.Pipeline;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** One build of an application whose class {@code acme.Orders} makes a pipeline, and its class files in a folder. */
final class Build {

    private final Path folder;

    /** Compiles the source of {@code acme/Orders.java}. */
    Build(Path folder, String source) {
        this.folder = folder;
        try {
            Path file = Files.createDirectories(folder).resolve("Orders.java");
            Files.writeString(file, source);
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            int result = ToolProvider.getSystemJavaCompiler().run(null, null, null,
                    "-d", folder.toString(), "-cp", classPath, file.toString());
            assertEquals(0, result, "does not compile");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a class file away. */
    Build without(String className) throws IOException {
        Files.delete(file(className));
        return this;
    }

    byte[] bytesOf(String className) throws IOException {
        return Files.readAllBytes(file(className));
    }

    private Path file(String className) {
        return folder.resolve(className.replace(".", File.separator) + ".class");
    }

    /** A class loader of its own, as that of another JVM. */
    ClassLoader loader() {
        try {
            return new URLClassLoader(new URL[] {folder.toUri().toURL()}, Build.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What {@code acme.Orders.pipeline()} makes with the classes of a loader. */
    static LogicalPlan plan(ClassLoader loader) throws ReflectiveOperationException {
        return ((Pipeline) loader.loadClass("acme.Orders").getMethod("pipeline").invoke(null)).forHost();
    }
}
