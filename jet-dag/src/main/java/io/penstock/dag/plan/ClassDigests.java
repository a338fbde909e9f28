package io.penstock.dag.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The digests of class files of the user's: those that are asked for, and with each its nest, since what a lambda calls
 * is often nested in the class that made it, and the classes and interfaces it inherits from. Nothing of the JDK's and
 * of Penstock's, where the version tells what they do.
 */
final class ClassDigests {

    /** Stands for a class that has no file, such as one that was generated at run time. */
    static final String NO_FILE = "";

    private static final List<String> PENSTOCK = List.of(
            "io.penstock.client.", "io.penstock.dag.", "io.penstock.embedded.", "io.penstock.enrich.",
            "io.penstock.grid.", "io.penstock.infer.", "io.penstock.server.", "io.penstock.testing.");

    private ClassDigests() {}

    /**
     * @param names with the class loader that has each
     * @return digests by class name; {@link #NO_FILE} of a class that has none
     */
    static SortedMap<String, String> of(Map<String, ClassLoader> names) {
        SortedMap<String, String> digests = new TreeMap<>();
        Deque<Map.Entry<String, ClassLoader>> left = new ArrayDeque<>(names.entrySet());
        while (!left.isEmpty()) {
            Map.Entry<String, ClassLoader> next = left.remove();
            String name = next.getKey();
            if (!digests.containsKey(name) && isOfUser(name)) {
                byte[] file = file(name, next.getValue());
                digests.put(name, file == null ? NO_FILE : sha256(file));
                namedBy(file).forEach(other -> left.add(Map.entry(other, next.getValue())));
            }
        }
        return digests;
    }

    /** The digest of a class file that a class loader has, or {@link #NO_FILE}. */
    static String of(String name, ClassLoader loader) {
        byte[] file = file(name, loader);
        return file == null ? NO_FILE : sha256(file);
    }

    private static boolean isOfUser(String name) {
        return PENSTOCK.stream().noneMatch(name::startsWith)
                && ClassLoader.getPlatformClassLoader().getResource(path(name)) == null;
    }

    private static String path(String className) {
        return className.replace('.', '/') + ".class";
    }

    private static byte[] file(String name, ClassLoader loader) {
        try (InputStream in = loader.getResourceAsStream(path(name))) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the file of class " + name + " cannot be read", e);
        }
    }

    /** The names of a class's nest, of its superclass and of its interfaces. */
    private static List<String> namedBy(byte[] file) {
        List<String> names = new ArrayList<>();
        if (file == null) {
            return names;
        }
        ClassReader reader;
        try {
            reader = new ClassReader(file);
        } catch (IllegalArgumentException e) {
            return names; // of a newer Java than the reader knows: this class alone counts
        }
        reader.accept(new ClassVisitor(Opcodes.ASM9) {
            @Override
            public void visit(int version, int access, String name, String signature, String parent, String[] types) {
                names.add(parent);
                names.addAll(List.of(types));
            }

            @Override
            public void visitNestHost(String host) {
                names.add(host);
            }

            @Override
            public void visitNestMember(String member) {
                names.add(member);
            }
        }, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        names.replaceAll(name -> name.replace('/', '.'));
        return names;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
