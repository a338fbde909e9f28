package io.penstock.dag.call;

import io.penstock.dag.Failure;
import io.penstock.dag.Stage;
import io.penstock.dag.StepOptions;
import io.penstock.dag.Tag;
import io.penstock.dag.Traverser;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A step of any kind that a call can pass, with functions that throw for some items, and drop others; and what it
 * should do with an item.
 *
 * @param adder adds it to a pipeline
 * @param missTag where the items go that a look-up misses; null for nowhere
 */
record RandomStep(Adder adder, Expected results, Which fails, Which misses, Tag<Failure<Item>> missTag) {

    static final int KINDS = 9;

    /** @param call which call it came of; negative for none */
    record Item(long call, long value) implements Serializable {

        Item plus(long more) {
            return new Item(call, value + more);
        }

        boolean isEven() {
            return (call & 1) == 0;
        }
    }

    interface Adder {
        Stage<Item> add(Stage<Item> stage, Consumer<StepOptions<Item, ?>> options);
    }

    /** What an item becomes; also if the step fails then. */
    interface Expected {
        List<Item> of(Item item);
    }

    interface Which {
        boolean isSo(Item item);
    }

    /** Of {@code modulus} items one is bad, and one is dropped. */
    record Rule(int modulus, boolean canFail) implements Serializable {

        boolean isBad(Item item) {
            return canFail && Math.floorMod(item.call + item.value, modulus) == 0;
        }

        boolean isDropped(Item item) {
            return Math.floorMod(item.call + item.value, modulus) == 1;
        }

        Item check(Item item) {
            return check(item, isBad(item));
        }

        static Item check(Item item, boolean isBad) {
            if (isBad) {
                throw new IllegalArgumentException("bad");
            }
            return item;
        }

        /** The item, or null. */
        Item checkAndDrop(Item item, long plus) {
            check(item);
            return isDropped(item) ? null : item.plus(plus);
        }

        List<Item> expected(Item item, long plus) {
            return isBad(item) || isDropped(item) ? List.of() : List.of(item.plus(plus));
        }
    }

    /** A step that may throw for bad items, and has no other result than one for each that is neither bad nor dropped. */
    private static RandomStep simple(Rule rule, long plus, Adder adder) {
        return new RandomStep(adder, item -> rule.expected(item, plus), rule::isBad, item -> false, null);
    }

    static RandomStep of(int kind, Rule rule, String name, Random random) {
        return switch (kind) {
            case 0 -> simple(rule, 0, (stage, options) ->
                    stage.filter(item -> !rule.isDropped(rule.check(item)), options::accept));
            case 1 -> simple(rule, 1, (stage, options) ->
                    stage.map(item -> rule.checkAndDrop(item, 1), options::accept));
            case 2 -> simple(rule, 100, (stage, options) -> stage.groupingKey(item -> item.call % 5)
                    .mapStateful(Duration.ofDays(1), () -> new long[1],
                            (state, key, item) -> rule.checkAndDrop(item, 100), options::accept));
            case 3 -> new RandomStep(
                    (stage, options) ->
                            stage.withTimestamps(item -> rule.check(item).call, Duration.ofDays(1), options::accept),
                    item -> rule.isBad(item) ? List.of() : List.of(item), rule::isBad, item -> false, null);
            case 4 -> new RandomStep(
                    (stage, options) -> stage.flatMap(item -> items(rule, item), options::accept),
                    item -> expectedItems(rule, item), rule::isBad, item -> false, null);
            case 5 -> simple(rule, 10_000, (stage, options) -> custom(stage, options,
                    OperatorSpec.of("named", () -> new Named(rule))));
            case 6 -> CallSteps.batched(rule);
            case 7 -> CallSteps.lookUp(rule, CallSteps.LONGS, CallSteps.Misses.random(name, random));
            default -> CallSteps.lookUp(rule, CallSteps.STRINGS, CallSteps.Misses.random(name, random));
        };
    }

    private static Traverser<Item> items(Rule rule, Item item) {
        Rule.check(item, rule.isBad(item) && item.isEven());
        if (rule.isDropped(item)) {
            return item.isEven() ? null : Traverser.of();
        }
        Traverser<Item> items = Traverser.of(item, item.plus(10), item.plus(20));
        return () -> {
            Item next = items.next();
            if (next == null) {
                rule.check(item);
            }
            return next;
        };
    }

    private static List<Item> expectedItems(Rule rule, Item item) {
        return rule.isDropped(item) || rule.isBad(item) && item.isEven() ? List.of()
                : List.of(item, item.plus(10), item.plus(20));
    }

    static Stage<Item> custom(Stage<Item> stage, Consumer<StepOptions<Item, ?>> settings, OperatorSpec spec) {
        Options options = new Options();
        settings.accept(options);
        return options.addTo(stage, spec);
    }

    /** Options of a step that is not the engine's own. */
    private static final class Options extends StepOptions<Item, Options> {

        @Override
        protected Options self() {
            return this;
        }
    }

    /** Takes batches as a whole, and gives its results in the opposite order. */
    private record Named(Rule rule) implements Operator {

        @Override
        public boolean namesRows() {
            return true;
        }

        @Override
        public void process(int input, Batch batch, Output output) {
            for (int row = batch.size() - 1; row >= 0; row--) {
                Item item = (Item) batch.event(row);
                output.row(row);
                if (rule.isBad(item)) {
                    output.fail(batch.timeMs(row), item, null, "bad", null);
                } else if (!rule.isDropped(item)) {
                    output.emit(batch.timeMs(row), item.plus(10_000));
                }
            }
        }
    }
}
