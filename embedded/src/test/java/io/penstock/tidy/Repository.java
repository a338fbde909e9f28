package io.penstock.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The repository that this test was built in. */
final class Repository {

    private static final Set<String> NO_SOURCES = Set.of("target", ".git", ".idea", ".settings", ".vscode", "data");
    private static final Set<String> ENDINGS = Set.of(
            "java", "xml", "md", "yaml", "yml", "properties", "sh", "py", "txt", "html", "css", "js");

    private Repository() {}

    /** All text files but data, sorted by path. */
    static List<SourceFile> sources() {
        return Holder.SOURCES;
    }

    /** The folder above the module in which Maven runs this test. */
    static Path root() {
        Path root = Path.of("").toAbsolutePath().getParent();
        if (!Files.exists(root.resolve("bom/pom.xml"))) {
            throw new IllegalStateException(root + " is not the repository; run this test in the folder of its module");
        }
        return root;
    }

    private static List<SourceFile> read(Path root) {
        List<SourceFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skip = NO_SOURCES.contains(folder.getFileName().toString()) && !folder.equals(root);
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String path = root.relativize(file).toString().replace('\\', '/');
                    if (isSource(path)) {
                        files.add(new SourceFile(path, Files.readString(file)));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(Comparator.comparing(SourceFile::path));
        return List.copyOf(files);
    }

    private static boolean isSource(String path) {
        return path.equals("check") || path.equals(".ci/run")
                || ENDINGS.contains(path.substring(path.lastIndexOf('.') + 1));
    }

    private static final class Holder {
        static final List<SourceFile> SOURCES = read(root());
    }
}
