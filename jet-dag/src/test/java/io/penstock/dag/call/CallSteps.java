package io.penstock.dag.call;

import io.penstock.dag.Failure;
import io.penstock.dag.Tag;
import io.penstock.dag.call.RandomStep.Item;
import io.penstock.dag.call.RandomStep.Rule;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.BatchedRows;
import io.penstock.dag.operator.LookUpRows;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.RowForm;
import io.penstock.grid.MapRef;
import java.io.Serializable;
import java.util.List;
import java.util.Random;

/** Steps like those of the libraries above this one: look-ups, and functions around a batch. */
final class CallSteps {

    static final MapRef<Long, Long> LONGS = MapRef.of("longs", Long.class, Long.class);
    static final MapRef<String, Long> STRINGS = MapRef.of("strings", String.class, Long.class);

    private static final long FOUND = 5;
    private static final long BATCHED = 20_000;

    private CallSteps() {}

    /**
     * What happens to items without a value.
     *
     * @param tag null if they are skipped, or use the default
     * @param defaultValue null for none
     */
    record Misses(Tag<Failure<Item>> tag, Long defaultValue) implements Serializable {

        static Misses random(String name, Random random) {
            return switch (random.nextInt(3)) {
                case 0 -> new Misses(Tag.of("missed-" + name), null);
                case 1 -> new Misses(null, 7L);
                default -> new Misses(null, null);
            };
        }
    }

    static RandomStep lookUp(Rule rule, MapRef<?, Long> ref, Misses misses) {
        RandomStep.Which isKeyBad = item -> rule.isBad(item) && item.isEven();
        RandomStep.Which isMissing = item -> rule.isDropped(item) || isMissing(item.call());
        RandomStep.Which isMissed = item ->
                !isKeyBad.isSo(item) && isMissing.isSo(item) && misses.defaultValue == null;
        return new RandomStep(
                (stage, options) -> {
                    OperatorSpec spec = OperatorSpec.of("lookUp", () -> new LookUp(rule, ref, misses))
                            .withRowForm(new RowForm.LookedUp(ref,
                                    (Item item) -> key(item, rule, ref), (Item item, Long value) ->
                                            join(item, value, rule)));
                    return RandomStep.custom(
                            stage, options, misses.tag == null ? spec : spec.withSideOutput(misses.tag));
                },
                item -> rule.isBad(item) || isMissed.isSo(item) || isLeftOut(item) ? List.of()
                        : List.of(item.plus(isMissing.isSo(item) ? misses.defaultValue : FOUND)),
                item -> rule.isBad(item) && !isMissed.isSo(item), isMissed, misses.tag);
    }

    /** Throws for every second bad item; an item that is to be dropped has no key. */
    private static Object key(Item item, Rule rule, MapRef<?, Long> ref) {
        Rule.check(item, rule.isBad(item) && item.isEven());
        if (rule.isDropped(item)) {
            return null;
        }
        return ref == LONGS ? (Object) item.call() : Long.toString(item.call());
    }

    private static boolean isMissing(long key) {
        return Math.floorMod(key, 5) == 0;
    }

    private static Item join(Item item, long value, Rule rule) {
        rule.check(item);
        return isLeftOut(item) ? null : item.plus(value);
    }

    private static boolean isLeftOut(Item item) {
        return Math.floorMod(item.call(), 13) == 3;
    }

    /** Does what a compiled loop does with its form. */
    private static final class LookUp implements Operator, LookUpRows {

        private final Rule rule;
        private final MapRef<?, Long> ref;
        private final Misses misses;
        private String stage;
        private int missOutput;

        private LookUp(Rule rule, MapRef<?, Long> ref, Misses misses) {
            this.rule = rule;
            this.ref = ref;
            this.misses = misses;
        }

        @Override
        public void open(OperatorContext context) {
            stage = context.stage();
            missOutput = misses.tag == null ? -1 : context.output(misses.tag);
        }

        @Override
        public void process(int input, Batch batch, Output output) {
            for (int row = 0; row < batch.size(); row++) {
                Item item = (Item) batch.event(row);
                Object key = null;
                Item joined;
                try {
                    key = key(item, rule, ref);
                    Object value = key == null ? findWithoutKey() : find(key);
                    if (value == null) {
                        missed(batch.timeMs(row), item, key, output);
                        continue;
                    }
                    joined = join(item, (long) value, rule);
                } catch (IllegalArgumentException e) {
                    output.fail(batch.timeMs(row), item, key, e);
                    continue;
                }
                if (joined != null) {
                    output.emit(batch.timeMs(row), joined);
                }
            }
        }

        @Override
        public void beginRows() {}

        @Override
        public void endRows(long rows) {}

        @Override
        public Object find(Object key) {
            return findLong(Long.parseLong(key.toString()));
        }

        @Override
        public Object findLong(long key) {
            return isMissing(key) ? misses.defaultValue : (Long) FOUND;
        }

        @Override
        public void findAll(Object[] keys, int count, Object[] values) {
            for (int i = 0; i < count; i++) {
                values[i] = find(keys[i]);
            }
        }

        @Override
        public void findAllLongs(long[] keys, int count, Object[] values) {
            for (int i = 0; i < count; i++) {
                values[i] = findLong(keys[i]);
            }
        }

        @Override
        public Object findWithoutKey() {
            return misses.defaultValue;
        }

        @Override
        public void missed(long timeMs, Object event, Object key, Output output) {
            if (missOutput >= 0) {
                output.emit(missOutput, timeMs, new Failure<>(stage, (Item) event, key, "missed", null, 1));
            }
        }
    }

    static RandomStep batched(Rule rule) {
        RandomStep.Which isUnreadable = item ->
                rule.canFail() && !rule.isDropped(item) && Math.floorMod(item.call(), 17) == 4;
        RandomStep.Which fails = item -> rule.isBad(item) || isUnreadable.isSo(item);
        return new RandomStep(
                (stage, options) -> RandomStep.custom(stage, options, OperatorSpec.of("batched", () -> new Batched(rule))
                        .withRowForm(new RowForm.Batched(
                                (Item item, long[] target) -> fill(item, target, rule),
                                (Item item, long[] result) -> read(item, result, rule)))),
                item -> fails.isSo(item) ? List.of() : rule.expected(item, BATCHED), fails, item -> false, null);
    }

    /** Throws for every second bad item; the others are refused. */
    private static void fill(Item item, long[] target, Rule rule) {
        Rule.check(item, rule.isBad(item) && item.isEven());
        target[0] = rule.isBad(item) ? 0 : BATCHED;
    }

    private static Item read(Item item, long[] result, Rule rule) {
        if (rule.isDropped(item)) {
            return null;
        }
        Rule.check(item, rule.canFail() && Math.floorMod(item.call(), 17) == 4);
        return item.plus(result[0]);
    }

    /** Does what a compiled loop does with its form. */
    private static final class Batched implements Operator, BatchedRows {

        private final Rule rule;
        private final long[][] targets = new long[Batch.CAPACITY][];

        private Batched(Rule rule) {
            this.rule = rule;
        }

        @Override
        public boolean namesRows() {
            return true;
        }

        @Override
        public void process(int input, Batch batch, Output output) {
            for (int row = 0; row < batch.size(); row++) {
                try {
                    fill((Item) batch.event(row), target(row), rule);
                } catch (IllegalArgumentException e) {
                    refused(row, e);
                }
            }
            for (int row = 0; row < batch.size(); row++) {
                Item item = (Item) batch.event(row);
                output.row(row);
                if (result(row) == null) {
                    fail(row, batch.timeMs(row), item, output);
                    continue;
                }
                Item read;
                try {
                    read = read(item, targets[row], rule);
                } catch (IllegalArgumentException e) {
                    output.fail(batch.timeMs(row), item, null, e);
                    continue;
                }
                if (read != null) {
                    output.emit(batch.timeMs(row), read);
                }
            }
        }

        @Override
        public void begin(Batch batch) {}

        @Override
        public long[] target(int row) {
            targets[row] = new long[1];
            return targets[row];
        }

        @Override
        public void filled(int row) {}

        @Override
        public void refused(int row, Exception cause) {
            targets[row] = null;
        }

        @Override
        public void run() {}

        @Override
        public Object result(int row) {
            return targets[row] == null || targets[row][0] == 0 ? null : targets[row];
        }

        @Override
        public void fail(int row, long timeMs, Object event, Output output) {
            output.fail(timeMs, event, null, "refused", null);
        }

        @Override
        public void end() {}
    }
}
