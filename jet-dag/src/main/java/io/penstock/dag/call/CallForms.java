package io.penstock.dag.call;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.Failure;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.PredicateEx;
import io.penstock.dag.ToLongFunctionEx;
import io.penstock.dag.Traverser;
import io.penstock.dag.operator.RowForm;

/**
 * The forms of steps that know nothing of calls, for rows that take theirs along: each function is given the event of
 * its row, and what it answers gets the call of that row. So the loops of a served pipeline are those of any other one.
 *
 * <p>What a function does not come back from, such as a failure, is left to the operators: see {@link
 * io.penstock.dag.operator.AroundRows}.
 *
 * <p>All functions here are lambdas that capture the user's function and constants, by which the compiler sees that
 * two loops are the same.
 */
final class CallForms {

    private CallForms() {}

    /**
     * The form of a step on the way to a reply.
     *
     * @param form null if there is none
     * @param readers how many stages read its main output on the way to a reply
     * @return null if there is none, as for the last step of a loop: no call goes on behind it
     */
    static RowForm carrying(RowForm form, String stage, int readers) {
        if (form == null || form.isLast()) {
            return null;
        }
        if (form instanceof RowForm.FlatMapped flatMapped) {
            FunctionEx<Object, Object> flatMapFn = cast(flatMapped.flatMapFn());
            return new RowForm.FlatMapped(row ->
                    itemsOf(row, (Traverser<?>) flatMapFn.applyEx(CallRow.eventOf(row)), stage, readers));
        }
        return ofRowsThatBecome((row, result) -> carry(row, result, stage, readers), form);
    }

    /** The form of a step beside the way, which lets calls go; null if there is none. */
    static RowForm hiding(RowForm form) {
        if (form instanceof RowForm.FlatMapped flatMapped) {
            return new RowForm.FlatMapped(ofEvent(flatMapped.flatMapFn()));
        }
        if (form instanceof RowForm.Aggregated aggregated) {
            BiConsumerEx<Object, Object> accumulateFn = cast(aggregated.accumulateFn());
            return new RowForm.Aggregated(ofEvent(aggregated.keyFn()), aggregated.createFn(),
                    (accumulator, row) -> accumulateFn.acceptEx(accumulator, CallRow.eventOf(row)));
        }
        if (form instanceof RowForm.Written written) {
            return new RowForm.Written(ofEvent(written.keyFn()), ofEvent(written.valueFn()));
        }
        if (form instanceof RowForm.Taken) {
            return new RowForm.Taken(row -> CallRow.eventOf(row));
        }
        return form == null ? null : ofRowsThatBecome((row, result) -> result, form);
    }

    /** @param rowFn makes a row of the one that a step was given and its result, which may be null; null for none */
    private static RowForm ofRowsThatBecome(BiFunctionEx<Object, Object, Object> rowFn, RowForm form) {
        if (form instanceof RowForm.Mapped mapped) {
            FunctionEx<Object, Object> mapFn = cast(mapped.mapFn());
            return new RowForm.Mapped(row -> rowFn.applyEx(row, mapFn.applyEx(CallRow.eventOf(row))));
        }
        if (form instanceof RowForm.Filtered filtered) {
            PredicateEx<Object> predicate = cast(filtered.predicate());
            return new RowForm.Mapped(row -> {
                Object event = CallRow.eventOf(row);
                return rowFn.applyEx(row, predicate.testEx(event) ? event : null);
            });
        }
        if (form instanceof RowForm.Passed) {
            return new RowForm.Mapped(row -> rowFn.applyEx(row, CallRow.eventOf(row)));
        }
        if (form instanceof RowForm.Timestamped timestamped) {
            ToLongFunctionEx<Object> timeFn = cast(timestamped.timeFn());
            return new RowForm.Timestamped(row -> timeFn.applyAsLongEx(CallRow.eventOf(row)), timestamped.lagMs(),
                    row -> rowFn.applyEx(row, CallRow.eventOf(row)));
        }
        if (form instanceof RowForm.LookedUp lookedUp) {
            return new RowForm.LookedUp(lookedUp.ref(), ofEvent(lookedUp.keyFn()), ofEvent(lookedUp.joinFn(), rowFn));
        }
        if (form instanceof RowForm.Batched batched) {
            BiConsumerEx<Object, Object> fillFn = cast(batched.fillFn());
            return new RowForm.Batched((row, target) -> fillFn.acceptEx(CallRow.eventOf(row), target),
                    ofEvent(batched.readFn(), rowFn));
        }
        throw new IllegalStateException("nobody knows how a " + form + " takes calls along");
    }

    private static FunctionEx<Object, Object> ofEvent(FunctionEx<?, ?> function) {
        FunctionEx<Object, Object> eventFn = cast(function);
        return row -> eventFn.applyEx(CallRow.eventOf(row));
    }

    private static BiFunctionEx<Object, Object, Object> ofEvent(
            BiFunctionEx<?, ?, ?> function, BiFunctionEx<Object, Object, Object> rowFn) {
        BiFunctionEx<Object, Object, Object> eventFn = cast(function);
        return (row, value) -> rowFn.applyEx(row, eventFn.applyEx(CallRow.eventOf(row), value));
    }

    /** What a row becomes that a step is done with; if nothing does, it is one row less that may lead to a reply. */
    private static Object carry(Object row, Object result, String stage, int readers) {
        if (!(row instanceof CallRow taken)) {
            return result;
        }
        PendingCall call = taken.call();
        if (result instanceof Failure<?> failure) {
            call.note(failure);
        }
        if (result == null || readers == 0) {
            call.release(stage);
            return result;
        }
        if (readers > 1) {
            call.retain(readers - 1); // the row that was taken is one of them
        }
        return result == taken.event() ? row : new CallRow(call, result);
    }

    /** The items that a row becomes; the row counts until none is left. */
    private static Traverser<?> itemsOf(Object row, Traverser<?> items, String stage, int readers) {
        if (!(row instanceof CallRow taken)) {
            return items;
        }
        PendingCall call = taken.call();
        if (items == null) {
            call.release(stage);
            return null;
        }
        return () -> {
            Object item = items.next();
            if (item != null) {
                call.retain(1); // so that the row still counts when the item has taken its place
            }
            return carry(row, item, stage, readers);
        };
    }

    /** That a function takes events of the stage before is the user's word. */
    @SuppressWarnings("unchecked")
    private static <F> F cast(Object function) {
        return (F) function;
    }
}
