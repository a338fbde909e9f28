package io.penstock.dag.compile;

import io.penstock.dag.AggregateOperation;
import io.penstock.dag.Failure;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.KeyedStage;
import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.LongFunctionEx;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.StepOptions;
import io.penstock.dag.Tag;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.operator.FailurePolicy;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * A pipeline out of random stages. Which events are late does not depend on the size of batches, nor on the order in which
 * tasklets are stepped: either none is, or there is one worker, nothing is merged, and those that are late are very late.
 */
final class RandomPipeline {

    static final MapRef<Long, Long> BY_LONG = MapRef.of("by-long", Long.class, Long.class);
    static final MapRef<Integer, Long> BY_INT = MapRef.of("by-int", Integer.class, Long.class);
    static final MapRef<String, Long> BY_WORD = MapRef.of("by-word", String.class, Long.class);
    static final MapRef<String, Long> WRITTEN = MapRef.of("written", String.class, Long.class);

    private static final int EVENTS_MAX = 3_500;
    private static final int JITTER_MS = 50;
    private static final int STAGES_MAX = 14;
    private static final long MS_PER_EVENT = 2;
    private static final int WINDOW_MS_MAX = 500;
    /** Late events are late for any batch size: they are far behind all of the batch before. */
    private static final long LATE_MS = 2 * MS_PER_EVENT * RowLoop.SOURCE_ROWS_MAX;
    private static final Duration NEVER_LATE = Duration.ofDays(1);

    /** A stage that may be read. */
    private record Tip(Stage<Reading> stage, boolean isTimed, boolean isInOrder) {
        private Tip with(Stage<Reading> next) {
            return new Tip(next, isTimed, isInOrder);
        }
    }

    private final Pipeline pipeline = Pipeline.create();
    private final Random random;
    private final boolean hasLate;
    private final List<Tip> tips = new ArrayList<>();
    private int stageCount;
    private int explosions;
    /** The ordinal of the stage that fails the job; -1 for none. */
    private final int failing;

    private final Function<String, OperatorSpec> sinks;

    private RandomPipeline(Random random, boolean hasLate, Function<String, OperatorSpec> sinks) {
        this.random = random;
        this.sinks = sinks;
        this.hasLate = hasLate;
        failing = random.nextInt(4) == 0 ? random.nextInt(4) : -1;
    }

    /** @param hasLate whether events may be late; then the pipeline is for one worker */
    static Pipeline of(Random random, boolean hasLate) {
        return of(random, hasLate, CollectSink::spec);
    }

    /** @param sinks makes a sink of that name, which takes {@link Reading}s */
    static Pipeline of(Random random, boolean hasLate, Function<String, OperatorSpec> sinks) {
        return new RandomPipeline(random, hasLate, sinks).build();
    }

    private Pipeline build() {
        long count = random.nextInt(EVENTS_MAX);
        long salt = random.nextInt(100);
        tips.add(new Tip(pipeline.readFrom(Sources.generator(count, events(salt, hasLate))), false, true));
        for (int left = 1 + random.nextInt(STAGES_MAX); left > 0; left--) {
            addStage();
        }
        for (Tip tip : tips) {
            end(tip.stage);
        }
        return pipeline;
    }

    private static LongFunctionEx<Reading> events(long salt, boolean hasLate) {
        return index -> {
            long mixed = Quirks.mixed(index, salt);
            boolean isLate = hasLate && index >= RowLoop.SOURCE_ROWS_MAX && mixed % 19 == 0;
            long timeMs = MS_PER_EVENT * index + Math.floorMod(mixed, JITTER_MS) - (isLate ? LATE_MS : 0);
            return Reading.of(index, timeMs);
        };
    }

    private void end(Stage<Reading> stage) {
        switch (random.nextInt(4)) {
            case 0 -> stage.writeTo(Sinks.noop());
            case 1 -> stage.writeTo(Sinks.map(WRITTEN, Reading::toString, Reading::amount));
            default -> stage.custom(sinks.apply("sink of " + stage.name()));
        }
    }

    /** Adds a stage behind any other; one that is read already is then read twice. */
    private void addStage() {
        Tip tip = tips.get(random.nextInt(tips.size()));
        Tip next = switch (random.nextInt(11)) {
            case 0, 1 -> map(tip);
            case 2 -> filter(tip);
            case 3 -> flatMap(tip);
            case 4, 5 -> timestamps(tip);
            case 6 -> hasLate ? map(tip) : merge(tip, tips.get(random.nextInt(tips.size())));
            case 10 -> square(tip);
            case 7, 8 -> tip.isTimed ? window(tip) : timestamps(tip);
            default -> lookUp(tip);
        };
        if (random.nextInt(4) > 0) {
            tips.remove(tip);
        }
        tips.add(next);
    }

    private Quirks quirks(FailurePolicy policy) {
        boolean fails = !(policy instanceof FailurePolicy.FailJob) || stageCount == failing;
        return new Quirks("s" + stageCount++, 1 + random.nextInt(1_000), fails ? 5 + random.nextInt(40) : 0);
    }

    private FailurePolicy policy(Tip of) {
        if (stageCount == failing) {
            return new FailurePolicy.FailJob();
        }
        return switch (random.nextInt(3)) {
            case 0 -> new FailurePolicy.FailJob();
            case 1 -> new FailurePolicy.Skip();
            default -> new FailurePolicy.ToSideOutput(sideOutput("failed-" + stageCount, of));
        };
    }

    /** A side output that is read, and may be read on. */
    private Tag<Failure<Reading>> sideOutput(String name, Tip of) {
        Tag<Failure<Reading>> tag = Tag.of(name);
        Stage<Reading> read = pipeline.sideOutput(tag).map(RandomPipeline::ofFailure);
        tips.add(new Tip(read, of.isTimed, false));
        return tag;
    }

    private static Reading ofFailure(Failure<Reading> failure) {
        String reason = failure.reason().startsWith("late") ? "late" : failure.reason(); // by how much depends on batches
        int about = (failure.stage() + reason + failure.key()).hashCode();
        return failure.event().changed(about);
    }

    private static <O extends StepOptions<Reading, O>> void apply(FailurePolicy policy, String name, O options) {
        options.name(name);
        if (policy instanceof FailurePolicy.Skip) {
            options.skipFailures();
        } else if (policy instanceof FailurePolicy.ToSideOutput side) {
            @SuppressWarnings("unchecked")
            Tag<Failure<Reading>> tag = (Tag<Failure<Reading>>) side.tag();
            options.onFailure(tag);
        }
    }

    private Tip map(Tip tip) {
        FailurePolicy policy = policy(tip);
        Quirks quirks = quirks(policy);
        FunctionEx<Reading, Reading> mapFn = random.nextBoolean() ? quirks::map : reading -> quirks.map(reading);
        return tip.with(tip.stage.map(mapFn, o -> apply(policy, quirks.stage(), o)));
    }

    private Tip filter(Tip tip) {
        FailurePolicy policy = policy(tip);
        Quirks quirks = quirks(policy);
        return tip.with(tip.stage.filter(quirks::test, o -> apply(policy, quirks.stage(), o)));
    }

    private Tip flatMap(Tip tip) {
        if (++explosions > 2) {
            return filter(tip);
        }
        FailurePolicy policy = policy(tip);
        Quirks quirks = quirks(policy);
        Stage<Reading> items = tip.stage.flatMap(quirks::items, o -> apply(policy, quirks.stage(), o));
        return tip.with(items);
    }

    private Tip timestamps(Tip tip) {
        Quirks quirks = new Quirks("s" + stageCount++, 1, 0);
        Duration lag = tip.isInOrder ? Duration.ofMillis(JITTER_MS) : NEVER_LATE;
        return new Tip(tip.stage.withTimestamps(quirks::timeMs, lag), true, tip.isInOrder);
    }

    private Tip merge(Tip tip, Tip other) {
        return new Tip(tip.stage.merge(other.stage), tip.isTimed && other.isTimed, false);
    }

    private Tip window(Tip tip) {
        FailurePolicy policy = policy(tip);
        Quirks quirks = quirks(policy);
        if (quirks.failsAt() == 0) {
            return map(tip); // null keys would fail the job
        }
        Stage<Reading> stage = tip.stage;
        Stage<Reading> results = switch (random.nextInt(5)) {
            case 0 -> aggregate(tip, stage.groupingKey(quirks::intKey), quirks, policy);
            case 1 -> aggregate(tip, stage.groupingKey(reading -> quirks.longKey(reading)), quirks, policy);
            case 2 -> aggregate(tip, stage.groupingKey(quirks::wordKey), quirks, policy);
            case 3 -> aggregate(tip, stage.groupingKey(reading -> quirks.placeKey(reading)), quirks, policy);
            default -> aggregate(tip, stage.groupingKey(quirks::mixedKey), quirks, policy);
        };
        return new Tip(results, true, false);
    }

    private <K> Stage<Reading> aggregate(Tip tip, KeyedStage<Reading, K> keyed, Quirks quirks, FailurePolicy policy) {
        AggregateOperation<Reading, long[], long[]> operation = new AggregateOperation<>(
                () -> new long[2],
                quirks::add,
                (sums, others) -> {
                    sums[0] += others[0];
                    sums[1] += others[1];
                },
                sums -> sums);
        Tag<Failure<Reading>> late = random.nextBoolean() ? sideOutput("late-" + quirks.stage(), tip) : null;
        return keyed.window(WindowDefinition.tumbling(Duration.ofMillis(10 + random.nextInt(WINDOW_MS_MAX - 10))))
                .aggregate(operation, o -> {
                    apply(policy, quirks.stage(), o);
                    if (late != null) {
                        o.onLate(late);
                    }
                })
                .map(RandomPipeline::ofResult);
    }

    private static Reading ofResult(KeyedWindowResult<?, long[]> result) {
        long id = Quirks.mixed(result.startMs() * 31 + result.key().hashCode(), result.result()[0]);
        return new Reading(id, result.endMs() - 1, result.result()[1], 1);
    }

    private Tip square(Tip tip) {
        FailurePolicy policy = policy(tip);
        Quirks quirks = quirks(policy);
        if (quirks.failsAt() == 0) {
            return map(tip); // rows without a result would fail the job
        }
        OperatorSpec spec = BatchStep.spec(quirks::fill, quirks::read);
        return tip.with(tip.stage.custom(quirks.stage(), spec.withOnFailure(policy)));
    }

    private Tip lookUp(Tip tip) {
        FailurePolicy policy = policy(tip);
        Quirks quirks = quirks(policy);
        FailurePolicy onMiss = random.nextBoolean()
                ? new FailurePolicy.Skip()
                : LookUpStep.toSideOutput(sideOutput("missed-" + quirks.stage(), tip));
        Long instead = random.nextInt(3) == 0 ? (Long) 77L : null;
        OperatorSpec spec = switch (random.nextInt(3)) {
            case 0 -> LookUpStep.spec(BY_LONG, quirks::longKey, quirks::join, onMiss, instead);
            case 1 -> LookUpStep.spec(BY_INT, (Reading reading) -> quirks.intKey(reading), quirks::join, onMiss, instead);
            default -> LookUpStep.spec(BY_WORD, quirks::wordKey, quirks::join, onMiss, instead);
        };
        Stage<Reading> joined = tip.stage.custom(quirks.stage(), spec.withOnFailure(policy));
        return new Tip(joined, tip.isTimed, tip.isInOrder && hasLate); // for several workers, rows may be exchanged
    }
}
