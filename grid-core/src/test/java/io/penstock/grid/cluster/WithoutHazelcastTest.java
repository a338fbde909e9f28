package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.Grid;
import io.penstock.grid.GridException;
import io.penstock.grid.MapRef;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Hazelcast is optional: without its jar, embedded grids work, and the others say what they need. */
class WithoutHazelcastTest {

    /** Loaded by a class loader of its own, which knows everything but Hazelcast. */
    public static final class Uses implements Callable<List<String>> {

        @Override
        public List<String> call() {
            List<String> seen = new ArrayList<>();
            seen.add(refusal(() -> Grid.cluster(config -> config.name("shop"))));
            seen.add(refusal(() -> Grid.connect("hazelcast://127.0.0.1:5701")));
            try (Grid grid = Grid.embedded(config -> config.cluster(cluster -> cluster.members("10.0.0.1")))) {
                grid.map(MapRef.of("stock", String.class, Integer.class)).put("pen", 1);
                seen.add(grid.map(MapRef.of("stock", String.class, Integer.class)).toString());
            }
            return seen;
        }

        private static String refusal(Callable<Grid> start) {
            try {
                start.call().close();
                return "started";
            } catch (GridException e) {
                return e.code() + ": " + e.getMessage();
            } catch (Exception e) {
                return e.toString();
            }
        }
    }

    @Test
    void saysWhatItNeedsAndWorksEmbedded() throws Exception {
        try (URLClassLoader others = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Object uses = others.loadClass(Uses.class.getName()).getConstructor().newInstance();
            assertTrue(uses.getClass() != Uses.class);
            assertEquals(
                    List.of(
                            "BAD_CONFIG: Grid.cluster needs com.hazelcast:hazelcast on the class path; add it, or use"
                                    + " Grid.embedded()",
                            "BAD_CONFIG: Grid.connect needs com.hazelcast:hazelcast on the class path; add it, or use"
                                    + " Grid.embedded()",
                            "{pen=1}"),
                    ((Callable<?>) uses).call());
        }
    }

    private static URL[] classPath() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!Path.of(path).getFileName().toString().startsWith("hazelcast")) {
                urls.add(url(path));
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static URL url(String path) throws MalformedURLException {
        return Path.of(path).toUri().toURL();
    }
}
