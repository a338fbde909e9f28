package io.penstock.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README says about files and sources of one's own. */
class SourcesReadmeTest {

    private static final MapRef<String, Integer> LENGTHS = MapRef.of("lengths", String.class, Integer.class);

    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    void theExampleReadsBoth() throws Exception {
        Path file = Files.writeString(folder.resolve("lines"), "one\nthree");
        // example
        Source<String> countdown = SourceBuilder.batch("countdown", () -> new AtomicInteger(3)) // opens
                .<String>fillBufferFn((left, buffer) -> {                                       // reads some
                    if (left.get() > 0) {
                        buffer.add("t-" + left.getAndDecrement());
                    } else {
                        buffer.close();                                                         // the end
                    }
                })
                .createSnapshotFn(AtomicInteger::get)                                           // where it stands
                .restoreSnapshotFn((left, kept) -> left.set(kept.get(0)))                       // goes on from there
                .build();
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.lines(file)).merge(pipeline.readFrom(countdown))
                .writeTo(Sinks.map(LENGTHS, line -> line, String::length));
        // end of example
        try (Grid grid = Grid.embedded()) {
            Jobs.of(grid).submit(pipeline, o -> o.guarantee(Guarantee.EXACTLY_ONCE)).join();
            assertEquals(Map.of("one", 3, "three", 5, "t-3", 3, "t-2", 3, "t-1", 3), grid.map(LENGTHS));
        }
        String source = Files.readString(Path.of("src/test/java/io/penstock/dag/SourcesReadmeTest.java"));
        int begin = source.indexOf("// example\n") + "// example\n".length();
        String example = source.substring(begin, source.indexOf("// end of example")).stripIndent().strip();
        assertTrue(Files.readString(Path.of("README.md")).contains("```java\n" + example + "\n```"), example);
    }
}
