package io.penstock.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.Grid;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the README says about following a map. */
class FollowingReadmeTest {

    private static final MapRef<String, Double> PRICES = MapRef.of("prices", String.class, Double.class);
    private static final MapRef<String, Double> NET_PRICES = MapRef.of("net-prices", String.class, Double.class);

    @Test
    @Timeout(60)
    void theExampleTellsOfBothPrices() throws IOException {
        // example
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.mapChanges(PRICES, o -> o.fromContent()))
                .filter(change -> change.after() != null)                       // neither removed nor expired
                .writeTo(Sinks.map(NET_PRICES, MapChange::key, change -> change.after() / 1.2));

        try (Grid grid = Grid.embedded()) {
            grid.map(PRICES).put("apple", 1.20);                                // PRESENT, when the job begins
            Job job = Jobs.of(grid).submit(pipeline);
            grid.map(PRICES).put("pear", 2.40);                                 // PUT
            // end of example
            while (grid.map(NET_PRICES).size() < 2) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            assertEquals(Map.of("apple", 1.0, "pear", 2.0), grid.map(NET_PRICES));
            job.cancel();
        }
        String source = Files.readString(Path.of("src/test/java/io/penstock/dag/FollowingReadmeTest.java"));
        int begin = source.indexOf("// example\n") + "// example\n".length();
        String example = source.substring(begin, source.indexOf("// end of example")).stripIndent().strip();
        assertTrue(Files.readString(Path.of("README.md")).contains("```java\n" + example + "\n}\n```"), example);
    }
}
