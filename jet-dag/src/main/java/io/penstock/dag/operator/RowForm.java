package io.penstock.dag.operator;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.LongFunctionEx;
import io.penstock.dag.PredicateEx;
import io.penstock.dag.SupplierEx;
import io.penstock.dag.ToLongFunctionEx;
import io.penstock.grid.MapRef;
import java.io.Serializable;

/**
 * What a step does with a row, said so that a compiler understands it. A step whose {@link OperatorSpec} has one can be
 * part of a compiled loop; it is run by its {@link Operator} otherwise, which must do the same.
 *
 * <p>Where a form names an interface, the step's operator implements it, and the loop calls it; if that operator is
 * {@link AroundRows}, the one inside does.
 */
public sealed interface RowForm extends Serializable {

    /** Whether a loop ends with the step. */
    default boolean isLast() {
        return false;
    }

    /** Whether a loop can only begin with the step. */
    default boolean isFirst() {
        return false;
    }

    /** Makes rows from consecutive indices; the operator is an {@link IndexedSource}. */
    record Generated(LongFunctionEx<?> eventFn) implements RowForm {
        @Override
        public boolean isFirst() {
            return true;
        }
    }

    /** Turns a row into another; null drops it. */
    record Mapped(FunctionEx<?, ?> mapFn) implements RowForm {}

    /** Drops the rows for which the predicate does not hold. */
    record Filtered(PredicateEx<?> predicate) implements RowForm {}

    /** Turns a row into those of a {@link io.penstock.dag.Traverser}. */
    record FlatMapped(FunctionEx<?, ?> flatMapFn) implements RowForm {}

    /**
     * Gives a row its time; the operator is {@link TimedRows}.
     *
     * @param rowFn turns the row into another, after that; null to leave it
     */
    record Timestamped(ToLongFunctionEx<?> timeFn, long lagMs, FunctionEx<?, ?> rowFn) implements RowForm {
        public Timestamped(ToLongFunctionEx<?> timeFn, long lagMs) {
            this(timeFn, lagMs, null);
        }
    }

    /** Lets every row through. */
    record Passed() implements RowForm {}

    /** Joins a row with a value of a grid map; the operator is {@link LookUpRows}. */
    record LookedUp(MapRef<?, ?> ref, FunctionEx<?, ?> keyFn, BiFunctionEx<?, ?, ?> joinFn) implements RowForm {}

    /**
     * Fills something from each row of a batch, looks at all of them, and then makes a row of each; the operator is
     * {@link BatchedRows}.
     */
    record Batched(BiConsumerEx<?, ?> fillFn, BiFunctionEx<?, ?, ?> readFn) implements RowForm {
        @Override
        public boolean isFirst() {
            return true;
        }
    }

    /** Adds a row to the accumulator of its key and window; the operator is {@link WindowRows}. */
    record Aggregated(FunctionEx<?, ?> keyFn, SupplierEx<?> createFn, BiConsumerEx<?, ?> accumulateFn)
            implements RowForm {
        @Override
        public boolean isLast() {
            return true;
        }
    }

    /** Writes a key and a value of a row; the operator is {@link WrittenRows}. */
    record Written(FunctionEx<?, ?> keyFn, FunctionEx<?, ?> valueFn) implements RowForm {
        @Override
        public boolean isLast() {
            return true;
        }
    }

    /**
     * Hands a row to the operator, which is {@link TakenRows}.
     *
     * @param rowFn turns the row into another, before that; null to leave it
     */
    record Taken(FunctionEx<?, ?> rowFn) implements RowForm {
        public Taken() {
            this(null);
        }

        @Override
        public boolean isLast() {
            return true;
        }
    }
}
