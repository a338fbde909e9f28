package io.penstock.dag.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.AggregateOperations;
import io.penstock.dag.CallException;
import io.penstock.dag.Failure;
import io.penstock.dag.JobException;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.StepOptions;
import io.penstock.dag.Tag;
import io.penstock.dag.WindowDefinition;
import io.penstock.dag.call.RandomStep.Item;
import io.penstock.dag.call.RandomStep.Rule;
import io.penstock.dag.engine.SteppedJob;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.operator.TakenRows;
import io.penstock.dag.plan.MapSizes;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random pipelines of all steps that a call can pass, and some that only rows beside its way can, on a job that is
 * stepped in a random order, interpreted and compiled. When the job has come to rest, every call has ended, with one of
 * its own replies, or without an answer if it has none; none of its rows counts as live; and every stage has been given
 * as many rows as it should.
 */
class CallPropertyTest {

    private static final int SEEDS = Boolean.getBoolean("penstock.soak") ? 20_000 : 150;
    private static final int CALLS = 300;
    private static final int STEPS_MAX = 8;
    /** Items that belong to no call. */
    private static final long OTHERS = 40;

    /** What a stage should send on for a call, or for an item without one. */
    private interface Expected {
        List<Item> of(long call);
    }

    private record Node(Stage<Item> stage, Expected expected) {

        Node then(Stage<Item> next, RandomStep.Expected results) {
            return new Node(next,
                    call -> expected.of(call).stream().flatMap(item -> results.of(item).stream()).toList());
        }

        long countOf(int calls) {
            return LongStream.range(-OTHERS, calls).mapToObj(expected::of).mapToLong(List::size).sum();
        }
    }

    /** A pipeline, and what it should do. */
    private static final class Served {

        private final Random random;
        private final Pipeline pipeline = Pipeline.create();
        private final List<Node> nodes = new ArrayList<>();
        private final List<Node> replies = new ArrayList<>();
        /** A node whose rows come to a step without policy, which fails for bad ones; or null. */
        private Node fatalFrom;
        private RandomStep fatal;

        private Served(Random random) {
            this.random = random;
            Stage<Item> calls = pipeline.readFrom(Sources.calls("calls", Item.class))
                    .withTimestamps(Item::call, Duration.ofDays(1));
            nodes.add(new Node(calls, call -> call < 0 ? List.of() : List.of(new Item(call, 0))));
            if (random.nextInt(3) == 0) {
                Stage<Item> others = pipeline.readFrom(Sources.generator(OTHERS, i -> new Item(-1 - i, 0)))
                        .withTimestamps(Item::call, Duration.ofDays(1));
                nodes.add(new Node(calls.merge(others), call -> List.of(new Item(call, 0))));
            }
            for (int step = random.nextInt(STEPS_MAX); step >= 0; step--) {
                grow("step-" + step);
            }
            List<Node> grown = List.copyOf(nodes);
            for (Node node : grown) {
                if (random.nextInt(3) == 0 || replies.isEmpty() && node == grown.get(grown.size() - 1)) {
                    replies.add(node);
                    node.stage.writeTo(Sinks.reply());
                } else {
                    goAside(node);
                }
            }
            if (random.nextInt(6) == 0) {
                fatalFrom = any();
                fatal = step("fatal", new Rule(20, true));
                replies.add(fatalFrom.then(add(fatalFrom, fatal, options -> options.name("fatal")), fatal.results()));
                replies.get(replies.size() - 1).stage.writeTo(Sinks.reply());
                if (fatal.missTag() != null) {
                    pipeline.sideOutput(fatal.missTag()).writeTo(Sinks.noop());
                }
            }
        }

        private Node any() {
            return nodes.get(random.nextInt(nodes.size()));
        }

        private RandomStep step(String name, Rule rule) {
            return RandomStep.of(random.nextInt(RandomStep.KINDS), rule, name, random);
        }

        private static Stage<Item> add(Node from, RandomStep step, Consumer<StepOptions<Item, ?>> options) {
            return step.adder().add(from.stage, options);
        }

        /** Adds a step with a random policy. */
        private void grow(String name) {
            Node from = any();
            if (random.nextInt(8) == 0) {
                Node other = any();
                nodes.add(new Node(from.stage.merge(other.stage), call ->
                        Stream.of(from, other).flatMap(each -> each.expected.of(call).stream()).toList()));
                return;
            }
            int policy = random.nextInt(3);
            RandomStep step = step(name, new Rule(3 + random.nextInt(4), policy > 0));
            Tag<Failure<Item>> bad = policy == 2 ? Tag.of("bad-" + name) : null;
            nodes.add(from.then(add(from, step, options -> {
                options.name(name);
                if (bad != null) {
                    options.onFailure(bad);
                } else if (policy == 1) {
                    options.skipFailures();
                }
            }), step.results()));
            addSideOutput(from, bad, step.fails(), 1_000);
            addSideOutput(from, step.missTag(), step.misses(), 2_000);
        }

        private void addSideOutput(Node from, Tag<Failure<Item>> tag, RandomStep.Which which, long plus) {
            if (tag != null) {
                nodes.add(from.then(pipeline.sideOutput(tag).map(failure -> failure.event().plus(plus)),
                        item -> which.isSo(item) ? List.of(item.plus(plus)) : List.of()));
            }
        }

        /** Reads a node beside the way, unless steps behind it reply. */
        private void goAside(Node node) {
            switch (random.nextInt(5)) {
                case 0 -> node.stage.filter(item -> item.call() % 2 == 0).writeTo(Sinks.noop());
                case 1 -> node.stage.custom(OperatorSpec.of("items", Items::new).withRowForm(new RowForm.Taken()));
                case 2 -> node.stage.writeTo(Sinks.map(CallSteps.LONGS, Item::call, Item::value));
                case 3 -> node.stage.groupingKey(item -> item.call() % 3)
                        .window(WindowDefinition.tumbling(Duration.ofMillis(50)))
                        .aggregate(AggregateOperations.summingLong(Item::value))
                        .writeTo(Sinks.noop());
                default -> {
                    RandomStep step = step("aside-" + node.stage.name(), new Rule(3, true));
                    Node aside = node.then(add(node, step, StepOptions::skipFailures), step.results());
                    nodes.add(aside);
                    aside.stage.writeTo(Sinks.noop());
                    addSideOutput(node, step.missTag(), step.misses(), 0);
                    if (step.missTag() != null) {
                        nodes.get(nodes.size() - 1).stage.writeTo(Sinks.logged());
                    }
                }
            }
        }

        private boolean isFatal(int calls) {
            return fatal != null && LongStream.range(-OTHERS, calls)
                    .anyMatch(call -> fatalFrom.expected.of(call).stream().anyMatch(fatal.fails()::isSo));
        }

        private List<Item> repliesTo(long call) {
            return replies.stream().flatMap(node -> node.expected.of(call).stream()).toList();
        }
    }

    /** A sink that knows what it is to be given. */
    private static final class Items implements Operator, TakenRows {

        @Override
        public void process(int input, Batch batch, Output output) {
            for (int row = 0; row < batch.size(); row++) {
                take(batch.timeMs(row), batch.event(row));
            }
        }

        @Override
        public void take(long timeMs, Object event) {
            assertEquals(Item.class, event.getClass());
        }
    }

    @Test
    void everyCallEndsAsItShould() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            for (boolean isCompiled : new boolean[] {false, true}) {
                try (Grid grid = Grid.embedded()) {
                    run(grid, new Random(seed), isCompiled, "seed " + seed + (isCompiled ? ", compiled" : ""));
                }
            }
        }
    }

    private static void run(Grid grid, Random random, boolean isCompiled, String where) {
        Served served = new Served(random);
        CallDesk<Item, Item> desk = new CallDesk<>("call", new CallPlan(served.pipeline.forHost()),
                new CallSettings<>(CALLS, Duration.ofDays(1), null, null), new Deadlines("unused", () -> 0));
        long entryCount = random.nextBoolean() ? MapSizes.UNKNOWN : 1;
        Plan plan = Planner.plan(desk.servedPlan(), 1 + random.nextInt(3), ref -> entryCount);
        try (SteppedJob job = isCompiled ? SteppedJob.start(grid, "call", plan, random)
                : SteppedJob.startInterpreted(grid, "call", plan, random)) {
            List<CompletionStage<Item>> answers = new ArrayList<>();
            Set<PendingCall> calls = new HashSet<>();
            while (answers.size() < CALLS) {
                int more = Math.min(CALLS - answers.size(), 1 + random.nextInt(200));
                for (int i = 0; i < more; i++) {
                    answers.add(desk.ask(new Item(answers.size(), 0), Duration.ofSeconds(1)));
                }
                calls.addAll(desk.pending());
                job.runUntilIdle();
                if (served.isFatal(answers.size())) {
                    checkFailure(job.failure(), where);
                    return;
                }
                assertNull(job.failure(), where);
            }
            for (int call = 0; call < CALLS; call++) {
                check(answers.get(call), served.repliesTo(call), where + ", call " + call);
            }
            assertEquals(CALLS, calls.size(), where);
            calls.forEach(call -> assertEquals(0, call.rowsLeft(), where));
            checkCounts(served, job.metrics(), where);
        }
    }

    private static void checkFailure(JobException failure, String where) {
        assertEquals("fatal", failure == null ? "none" : failure.stage(), where);
        String message = failure.getMessage();
        assertTrue(message.contains("Item") && !message.contains("CallRow") && !message.contains("Item["), message);
    }

    private static void check(CompletionStage<Item> answer, List<Item> expected, String where) {
        assertTrue(answer.toCompletableFuture().isDone(), where);
        try {
            assertTrue(expected.contains(answer.toCompletableFuture().join()), where);
        } catch (CompletionException e) {
            assertEquals(CallException.Code.NO_ANSWER, ((CallException) e.getCause()).code(), where);
            assertEquals(List.of(), expected, where);
        }
    }

    private static void checkCounts(Served served, JobMetrics metrics, String where) {
        for (Node node : served.nodes) {
            String stage = node.stage.name();
            assertEquals(node.countOf(CALLS), metrics.eventsOut(stage), where + ", '" + stage + "'");
        }
    }
}
