package io.penstock.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.penstock.dag.Failure;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sink;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.StageMetrics;
import io.penstock.dag.Tag;
import io.penstock.dag.Traverser;
import io.penstock.dag.engine.SteppedJob;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.PlanText;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Enrichments do the same in a compiled loop, a key or a batch at a time, as when each operator calls the next; and as
 * when rows first go to the owners of their keys.
 */
class EnrichLoopPropertyTest {

    private static final int ROUNDS = Boolean.getBoolean("penstock.soak") ? 2_000 : 25;
    private static final int EVENTS_MAX = 1_500;
    private static final int KEYS = 60;
    private static final long BIG = 1_000_000;

    private static final MapRef<Long, Integer> BY_LONG = MapRef.of("by-long", Long.class, Integer.class);
    private static final MapRef<Integer, Integer> BY_INT = MapRef.of("by-int", Integer.class, Integer.class);
    private static final MapRef<String, Integer> BY_WORD = MapRef.of("by-word", String.class, Integer.class);
    private static final MapRef<Long, String> JOINED = MapRef.of("joined", Long.class, String.class);
    private static final MapRef<String, String> ASIDE = MapRef.of("aside", String.class, String.class);

    /** @param text what was joined so far */
    private record Event(long id, String text) implements Serializable {}

    private record Outcome(Map<Long, String> joined, Map<String, String> aside, Map<String, Long> counts) {}

    private final Grid grid = Grid.embedded();

    @BeforeEach
    void fillMaps() {
        for (int key = 0; key < KEYS; key += 2) {
            grid.map(BY_LONG).put((long) key, key);
            grid.map(BY_INT).put(key, -key);
            grid.map(BY_WORD).put("key-" + key, 2 * key);
        }
    }

    @AfterEach
    void closeGrid() {
        grid.close();
    }

    @Test
    void doesWhatTheOperatorDoes() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("EnrichLoopPropertyTest: -Dpenstock.seed=" + seed);
        for (long each = seed; each < seed + ROUNDS; each++) {
            Random random = new Random(each);
            Pipeline pipeline = pipeline(random);
            int workers = 1 + random.nextInt(3);
            Outcome interpreted = run(SteppedJob.startInterpreted(grid, "test", plan(pipeline, workers, 1), random));
            Plan toOwners = Planner.forCluster(pipeline.forHost(), ref -> BIG, BIG - 1).on(workers);
            for (Plan plan : List.of(plan(pipeline, workers, 1), plan(pipeline, workers, BIG), toOwners)) {
                Outcome compiled = run(SteppedJob.start(grid, "test", plan, new Random(each)));
                String about = "-Dpenstock.seed=" + each + "\n" + PlanText.explain(plan);
                assertEquals(interpreted.counts, compiled.counts, about);
                assertEquals(interpreted.joined, compiled.joined, about);
                assertEquals(interpreted.aside, compiled.aside, about);
            }
        }
    }

    private static Plan plan(Pipeline pipeline, int workers, long mapSize) {
        return Planner.plan(pipeline.forHost(), workers, ref -> mapSize);
    }

    private Outcome run(SteppedJob job) {
        grid.map(JOINED).clear();
        grid.map(ASIDE).clear();
        try (job) {
            job.runUntilIdle();
            assertNull(job.failure());
            Map<String, Long> counts = new TreeMap<>();
            for (StageMetrics stage : job.metrics().stages()) {
                stage.counters().forEach((counter, count) -> counts.merge(stage.stage() + "." + counter, count, Long::sum));
            }
            return new Outcome(new HashMap<>(grid.map(JOINED)), new HashMap<>(grid.map(ASIDE)), counts);
        }
    }

    private static Pipeline pipeline(Random random) {
        Pipeline pipeline = Pipeline.create();
        Stage<Event> stage = pipeline.readFrom(
                Sources.generator(random.nextInt(EVENTS_MAX), index -> new Event(index, "")));
        for (int ordinal = 0; ordinal < 3; ordinal++) {
            if (random.nextInt(3) == 0) {
                int copies = random.nextInt(4);
                stage = stage.flatMap(event -> copies(event, copies));
            }
            stage = enriched(pipeline, stage, "enrich-" + ordinal, random);
        }
        stage.writeTo(Sinks.map(JOINED, Event::id, Event::text));
        return pipeline;
    }

    private static Traverser<Event> copies(Event event, int count) {
        int[] copy = {0};
        return () -> copy[0] < count ? new Event(4 * event.id + copy[0]++, event.text) : null;
    }

    private static Stage<Event> enriched(Pipeline pipeline, Stage<Event> stage, String name, Random random) {
        long salt = random.nextInt(KEYS);
        boolean skipsFailures = random.nextBoolean();
        int onMiss = random.nextInt(3);
        Tag<Failure<Event>> missed = Tag.of("missed-" + name);
        Tag<Failure<Event>> failed = Tag.of("failed-" + name);
        FunctionEx<Event, Long> keyFn = event -> key(event, salt);
        Stage<Event> joined = switch (random.nextInt(3)) {
            case 0 -> stage.apply(Enrich.with(BY_LONG, keyFn, EnrichLoopPropertyTest::joined,
                    o -> set(o.name(name), onMiss, missed, skipsFailures, failed)));
            case 1 -> stage.apply(Enrich.with(BY_INT, event -> {
                Long key = keyFn.applyEx(event);
                return key == null ? null : (Integer) key.intValue();
            }, EnrichLoopPropertyTest::joined, o -> set(o.name(name), onMiss, missed, skipsFailures, failed)));
            default -> stage.apply(Enrich.with(BY_WORD, event -> {
                Long key = keyFn.applyEx(event);
                return key == null ? null : "key-" + key;
            }, EnrichLoopPropertyTest::joined, o -> set(o.name(name), onMiss, missed, skipsFailures, failed)));
        };
        if (onMiss == 0) {
            pipeline.sideOutput(missed).writeTo(aside());
        }
        if (!skipsFailures) {
            pipeline.sideOutput(failed).writeTo(aside());
        }
        return joined;
    }

    private static Sink<Failure<Event>> aside() {
        return Sinks.map(ASIDE, f -> f.stage() + f.event(), f -> f.reason() + f.key() + f.cause());
    }

    private static void set(
            EnrichOptions<Event, Integer> options, int onMiss, Tag<Failure<Event>> missed, boolean skipsFailures,
            Tag<Failure<Event>> failed) {
        switch (onMiss) {
            case 0 -> options.onMiss(missed);
            case 1 -> options.skipMisses();
            default -> options.onMissUse(1_000);
        }
        if (skipsFailures) {
            options.skipFailures();
        } else {
            options.onFailure(failed);
        }
    }

    private static Long key(Event event, long salt) {
        long number = (event.id + salt) * 31 % 997;
        if (number % 23 == 0) {
            throw new IllegalStateException("key");
        }
        return number % 17 == 0 ? null : (Long) (number % KEYS);
    }

    private static Event joined(Event event, int value) {
        if ((event.id + value) % 29 == 0) {
            throw new IllegalArgumentException("join");
        }
        return (event.id + value) % 19 == 0 ? null : new Event(event.id, event.text + " " + value);
    }
}
