package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No type of ONNX Runtime can be reached through a public class, method or field of this module. */
class PublicApiTest {

    @Test
    void namesNoTypeOfOnnxRuntime() throws Exception {
        List<String> found = new ArrayList<>();
        int publicCount = 0;
        for (Class<?> type : classes()) {
            if (Modifier.isPublic(type.getModifiers())) {
                publicCount++;
                used(type).stream().filter(name -> name.startsWith("ai.onnxruntime"))
                        .forEach(name -> found.add(type.getName() + " names " + name));
            }
        }
        assertTrue(publicCount >= 10, "looked at " + publicCount + " classes only");
        assertEquals(List.of(), found);
    }

    private static List<Class<?>> classes() throws IOException, URISyntaxException, ClassNotFoundException {
        Path root = Path.of(Models.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replace(".class", "").replaceAll("[/\\\\]", ".");
                if (!name.endsWith("package-info")) {
                    classes.add(Class.forName(name, false, PublicApiTest.class.getClassLoader()));
                }
            }
        }
        return classes;
    }

    private static List<String> used(Class<?> type) {
        List<Class<?>> used = new ArrayList<>(Arrays.asList(type.getInterfaces()));
        used.add(type.getSuperclass() == null ? Object.class : type.getSuperclass());
        for (Method method : type.getDeclaredMethods()) {
            if (isVisible(method.getModifiers())) {
                used.add(method.getReturnType());
                addParameters(method, used);
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isVisible(constructor.getModifiers())) {
                addParameters(constructor, used);
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (isVisible(field.getModifiers())) {
                used.add(field.getType());
            }
        }
        return used.stream().map(Class::getName).toList();
    }

    private static void addParameters(Executable executable, List<Class<?>> used) {
        used.addAll(Arrays.asList(executable.getParameterTypes()));
        used.addAll(Arrays.asList(executable.getExceptionTypes()));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
