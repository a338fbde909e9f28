package io.penstock.dag.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.CallException;
import io.penstock.dag.Failure;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Tag;
import io.penstock.dag.Traverser;
import io.penstock.dag.engine.SteppedJob;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.plan.Planner;
import io.penstock.grid.Grid;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random pipelines of all steps that a call can pass, on a job that is stepped in a random order: when the job has come
 * to rest, every call has ended, with one of its own replies, or without an answer if it has none.
 */
class CallPropertyTest {

    private static final int SEEDS = Boolean.getBoolean("penstock.soak") ? 20_000 : 150;
    private static final int CALLS = 300;
    private static final int STEPS_MAX = 8;

    private record Item(long call, long value) implements Serializable {}

    /** A stage, and what it should send on for a call. */
    private record Node(Stage<Item> stage, Function<Long, List<Item>> expected) {

        Node then(Stage<Item> next, Function<Item, Stream<Item>> function) {
            return new Node(next, call -> expected.apply(call).stream().flatMap(function).toList());
        }
    }

    @Test
    void everyCallEndsAsItShould() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (Grid grid = Grid.embedded()) {
                run(grid, new Random(seed), "seed " + seed);
            }
        }
    }

    private static void run(Grid grid, Random random, String seed) {
        Pipeline pipeline = Pipeline.create();
        List<Node> replies = pipeline(pipeline, random);
        CallDesk<Item, Item> desk = new CallDesk<>("call", new CallPlan(pipeline.forHost()),
                new CallSettings<>(CALLS, Duration.ofDays(1), null, null), new Deadlines("unused", () -> 0));
        try (SteppedJob job = SteppedJob.start(
                grid, "call", Planner.plan(desk.servedPlan(), 1 + random.nextInt(3)), random)) {
            List<CompletionStage<Item>> answers = new ArrayList<>();
            while (answers.size() < CALLS) {
                int more = Math.min(CALLS - answers.size(), 1 + random.nextInt(200));
                for (int i = 0; i < more; i++) {
                    answers.add(desk.ask(new Item(answers.size(), 0), Duration.ofSeconds(1)));
                }
                job.runUntilIdle();
                assertEquals(null, job.failure(), seed);
            }
            for (int call = 0; call < CALLS; call++) {
                check(call, answers.get(call), replies, seed + ", call " + call);
            }
        }
    }

    private static void check(long call, CompletionStage<Item> answer, List<Node> replies, String where) {
        assertTrue(answer.toCompletableFuture().isDone(), where);
        List<Item> expected = replies.stream().flatMap(node -> node.expected.apply(call).stream()).toList();
        try {
            assertTrue(expected.contains(answer.toCompletableFuture().join()), where);
        } catch (CompletionException e) {
            assertEquals(CallException.Code.NO_ANSWER, ((CallException) e.getCause()).code(), where);
            assertEquals(List.of(), expected, where);
        }
    }

    private static List<Node> pipeline(Pipeline pipeline, Random random) {
        List<Node> nodes = new ArrayList<>();
        Stage<Item> calls = pipeline.readFrom(Sources.calls("calls", Item.class))
                .withTimestamps(item -> item.call, Duration.ofDays(1));
        nodes.add(new Node(calls, call -> List.of(new Item(call, 0))));
        for (int step = random.nextInt(STEPS_MAX); step >= 0; step--) {
            nodes.add(grow(pipeline, nodes.get(random.nextInt(nodes.size())),
                    nodes.get(random.nextInt(nodes.size())), step, nodes, random));
        }
        List<Node> replies = new ArrayList<>();
        for (Node node : nodes) {
            if (random.nextInt(3) == 0 || replies.isEmpty() && node == nodes.get(nodes.size() - 1)) {
                replies.add(node);
                node.stage.writeTo(Sinks.reply());
            } else {
                node.stage.filter(item -> item.call % 2 == 0).writeTo(Sinks.noop());
            }
        }
        return replies;
    }

    private static Node grow(Pipeline pipeline, Node from, Node other, int step, List<Node> nodes, Random random) {
        int modulus = 2 + random.nextInt(4);
        Tag<Failure<Item>> bad = Tag.of("bad-" + step);
        return switch (random.nextInt(7)) {
            case 0 -> from.then(from.stage.filter(item -> (item.call + item.value) % modulus != 0),
                    item -> Stream.of(item).filter(each -> (each.call + each.value) % modulus != 0));
            case 1 -> from.then(from.stage.map(item -> add(item, 1)), item -> Stream.of(add(item, 1)));
            case 2 -> from.then(
                    from.stage.flatMap(item -> (item.call % modulus == 0 ? Traverser.<Item>of()
                            : Traverser.of(item, add(item, 10), add(item, 20)))),
                    item -> item.call % modulus == 0 ? Stream.empty()
                            : Stream.of(item, add(item, 10), add(item, 20)));
            case 3 -> new Node(from.stage.merge(other.stage),
                    call -> Stream.concat(from.expected.apply(call).stream(), other.expected.apply(call).stream())
                            .toList());
            case 4 -> from.then(
                    from.stage.groupingKey(item -> item.call % 5)
                            .mapStateful(Duration.ofDays(1), () -> new long[1], (state, key, item) -> add(item, 100)),
                    item -> Stream.of(add(item, 100)));
            case 5 -> {
                Stage<Item> checked =
                        from.stage.map(item -> checked(item, modulus), o -> o.name("checked-" + step).onFailure(bad));
                nodes.add(from.then(pipeline.sideOutput(bad).map(failure -> add(failure.event(), 1_000)),
                        item -> Stream.of(add(item, 1_000)).filter(each -> item.call % modulus == 0)));
                yield from.then(checked, item -> Stream.of(item).filter(each -> each.call % modulus != 0));
            }
            default -> from.then(
                    from.stage.<Item>custom(OperatorSpec.of("batched", () -> new Batched(modulus))),
                    item -> Stream.of(add(item, 10_000)).filter(each -> each.call % modulus != 0));
        };
    }

    private static Item add(Item item, long value) {
        return new Item(item.call, item.value + value);
    }

    private static Item checked(Item item, int modulus) {
        if (item.call % modulus == 0) {
            throw new IllegalArgumentException("bad");
        }
        return item;
    }

    /** Takes batches as a whole, and gives its results in the opposite order. */
    private record Batched(int modulus) implements Operator {

        @Override
        public boolean namesRows() {
            return true;
        }

        @Override
        public void process(int input, Batch batch, Output output) {
            for (int row = batch.size() - 1; row >= 0; row--) {
                Item item = (Item) batch.event(row);
                output.row(row);
                if (item.call % modulus != 0) {
                    output.emit(batch.timeMs(row), add(item, 10_000));
                }
            }
        }
    }
}
