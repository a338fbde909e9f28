package io.penstock.dag.compile;

import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.IFLE;
import static org.objectweb.asm.Opcodes.IFNE;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.LCMP;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LSTORE;
import static org.objectweb.asm.Opcodes.LSUB;

import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.PredicateEx;
import io.penstock.dag.ToLongFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.LookUpRows;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.operator.TakenRows;
import io.penstock.dag.operator.WrittenRows;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;

/** Writes what the stages of a loop do with one row. */
final class RowCode {

    private final LoopCode code;
    private final int exception;
    /** Where the present row is, and its time. */
    private int row;
    private int time;
    /** Where a row goes on that is dropped, and where one after which the loop must stop. */
    private Label drop;
    private Label stop;
    /** Where the rows are counted that go no further than the present stage. */
    private int dropped;

    RowCode(LoopCode code) {
        this.code = code;
        exception = code.newLocal();
    }

    void begin(int rowLocal, int timeLocal, Label dropTo, Label stopAt) {
        row = rowLocal;
        time = timeLocal;
        drop = dropTo;
        stop = stopAt;
    }

    /** Comes to a stage, which counts the rows there that go no further. */
    void at(int droppedLocal) {
        dropped = droppedLocal;
    }

    int row() {
        return row;
    }

    int time() {
        return time;
    }

    int exception() {
        return exception;
    }

    /** Hands the present row over to be given up, and goes on with the next. */
    void giveUp(int stage, int ofRow, int timeOrNone, Runnable key) {
        Label toDrop = drop;
        Label toStop = stop;
        code.increment(dropped);
        code.loadThis();
        code.push(stage);
        if (timeOrNone < 0) {
            code.method.visitLdcInsn(Batch.NO_TIME);
        } else {
            code.method.visitVarInsn(LLOAD, timeOrNone);
        }
        code.load(ofRow);
        key.run();
        code.load(exception);
        code.callStatic(FailedRows.class, "fail", boolean.class,
                RowLoop.class, int.class, long.class, Object.class, Object.class, Exception.class);
        code.method.visitJumpInsn(IFNE, toStop);
        code.method.visitJumpInsn(GOTO, toDrop);
    }

    void guarded(int stage, int timeOrNone, Runnable key, Runnable call) {
        int ofRow = row;
        Label toDrop = drop;
        Label toStop = stop;
        int droppedHere = dropped;
        code.guarded(call, exception, () -> {
            drop = toDrop;
            stop = toStop;
            dropped = droppedHere;
            giveUp(stage, ofRow, timeOrNone, key);
        });
    }

    /** The place where the present row goes that is dropped without anybody being told. */
    private Label dropLabel() {
        Label toDrop = drop;
        int droppedHere = dropped;
        return code.aside(() -> {
            code.increment(droppedHere);
            code.method.visitJumpInsn(GOTO, toDrop);
        });
    }

    /** Puts null on the stack for a row without a key. */
    Runnable noKey() {
        return () -> code.method.visitInsn(ACONST_NULL);
    }

    private int stored() {
        int local = code.newLocal();
        code.store(local);
        return local;
    }

    /** Takes the top of the stack as the new row, unless it is null. */
    void replaceRow() {
        int result = stored();
        code.load(result);
        code.method.visitJumpInsn(IFNULL, dropLabel());
        row = result;
    }

    void map(int stage, RowForm.Mapped form) {
        guarded(stage, time, noKey(), () -> {
            code.loadConstant(form.mapFn(), FunctionEx.class);
            code.load(row);
            code.call(FunctionEx.class, "applyEx", Object.class, Object.class);
        });
        replaceRow();
    }

    void filter(int stage, RowForm.Filtered form) {
        guarded(stage, time, noKey(), () -> {
            code.loadConstant(form.predicate(), PredicateEx.class);
            code.load(row);
            code.call(PredicateEx.class, "testEx", boolean.class, Object.class);
        });
        code.method.visitJumpInsn(IFEQ, dropLabel());
    }

    /** Gives the row its time, and remembers the newest. */
    void timestamps(int stage, RowForm.Timestamped form, int newest) {
        guarded(stage, -1, noKey(), () -> {
            code.loadConstant(form.timeFn(), ToLongFunctionEx.class);
            code.load(row);
            code.call(ToLongFunctionEx.class, "applyAsLongEx", long.class, Object.class);
        });
        time = code.newLongLocal();
        code.method.visitVarInsn(LSTORE, time);
        Label older = new Label();
        code.method.visitVarInsn(LLOAD, time);
        code.method.visitLdcInsn(Long.MIN_VALUE + form.lagMs());
        code.method.visitInsn(LCMP);
        code.method.visitJumpInsn(IFLE, older);
        code.method.visitVarInsn(LLOAD, newest);
        code.method.visitVarInsn(LLOAD, time);
        code.method.visitLdcInsn(form.lagMs());
        code.method.visitInsn(LSUB);
        code.callStatic(Math.class, "max", long.class, long.class, long.class);
        code.method.visitVarInsn(LSTORE, newest);
        code.method.visitLabel(older);
        if (form.rowFn() != null) {
            map(stage, new RowForm.Mapped(form.rowFn()));
        }
    }

    /** Looks one key up. */
    void lookUp(int stage, RowForm.LookedUp form, int lookUp) {
        KeyKind kind = LookUpCode.kindOf(form);
        int boxed = code.newLocal();
        int key = kind.newLocal(code);
        int value = code.newLocal();
        guarded(stage, time, noKey(), () -> {
            code.loadConstant(form.keyFn(), FunctionEx.class);
            code.load(row);
            code.call(FunctionEx.class, "applyEx", Object.class, Object.class);
            code.method.visitTypeInsn(CHECKCAST, Type.getInternalName(kind.boxed()));
            code.store(boxed);
        });
        int result = code.newLocal();
        Label joined = new Label();
        code.load(boxed);
        code.method.visitJumpInsn(IFNULL, keyless(stage, form, lookUp, result, joined));
        code.load(boxed);
        kind.unbox(code, key);
        code.load(lookUp);
        if (kind == KeyKind.OBJECT) {
            kind.load(code, key);
            code.call(LookUpRows.class, "find", Object.class, Object.class);
        } else {
            kind.loadLong(code, key);
            code.call(LookUpRows.class, "findLong", Object.class, long.class);
        }
        code.store(value);
        code.load(value);
        code.method.visitJumpInsn(IFNULL, missed(stage, lookUp, () -> kind.loadBoxed(code, key)));
        callJoin(stage, form, value, () -> kind.loadBoxed(code, key));
        code.store(result);
        code.method.visitLabel(joined);
        code.load(result);
        code.method.visitJumpInsn(IFNULL, dropLabel());
        row = result;
    }

    /** The place where a row goes that has no key: there may be a value for it. */
    private Label keyless(int stage, RowForm.LookedUp form, int lookUp, int result, Label joined) {
        int value = code.newLocal();
        Label none = missed(stage, lookUp, noKey());
        return atThisRow(() -> {
            code.load(lookUp);
            code.callStatic(MissedRows.class, "findWithoutKey", Object.class, LookUpRows.class);
            code.store(value);
            code.load(value);
            code.method.visitJumpInsn(IFNULL, none);
            callJoin(stage, form, value, noKey());
            code.store(result);
            code.method.visitJumpInsn(GOTO, joined);
        });
    }

    /** Joins the row with the value. */
    void join(int stage, RowForm.LookedUp form, int value, Runnable key) {
        callJoin(stage, form, value, key);
        replaceRow();
    }

    private void callJoin(int stage, RowForm.LookedUp form, int value, Runnable key) {
        guarded(stage, time, key, () -> {
            code.loadConstant(form.joinFn(), BiFunctionEx.class);
            code.load(row);
            code.load(value);
            code.call(BiFunctionEx.class, "applyEx", Object.class, Object.class, Object.class);
        });
    }

    /** The place where a row goes that has no value. */
    private Label missed(int stage, int lookUp, Runnable key) {
        return aside(() -> {
            code.loadThis();
            code.push(stage);
            code.load(lookUp);
            code.method.visitVarInsn(LLOAD, time);
            code.load(row);
            key.run();
            code.callStatic(MissedRows.class, "miss", boolean.class,
                    RowLoop.class, int.class, LookUpRows.class, long.class, Object.class, Object.class);
        });
    }

    /** Makes a row of the event and the result for it. */
    void read(int stage, RowForm.Batched form, int result) {
        guarded(stage, time, noKey(), () -> {
            code.loadConstant(form.readFn(), BiFunctionEx.class);
            code.load(row);
            code.load(result);
            code.call(BiFunctionEx.class, "applyEx", Object.class, Object.class, Object.class);
        });
        replaceRow();
    }

    /** A place behind the loop with code that answers whether to stop; then the next row comes. */
    Label aside(Runnable call) {
        Label toDrop = drop;
        Label toStop = stop;
        return atThisRow(() -> {
            code.increment(dropped);
            call.run();
            code.method.visitJumpInsn(IFNE, toStop);
            code.method.visitJumpInsn(GOTO, toDrop);
        });
    }

    /** A place behind the loop with code that is about the present row, though it is written later. */
    private Label atThisRow(Runnable call) {
        int rowHere = row;
        int timeHere = time;
        Label dropHere = drop;
        Label stopHere = stop;
        int droppedHere = dropped;
        return code.aside(() -> {
            row = rowHere;
            time = timeHere;
            drop = dropHere;
            stop = stopHere;
            dropped = droppedHere;
            call.run();
        });
    }

    /** Writes a key and a value of the row. */
    void write(int stage, RowForm.Written form, int written) {
        guarded(stage, time, noKey(), () -> {
            code.load(written);
            code.loadConstant(form.keyFn(), FunctionEx.class);
            code.load(row);
            code.call(FunctionEx.class, "applyEx", Object.class, Object.class);
            code.loadConstant(form.valueFn(), FunctionEx.class);
            code.load(row);
            code.call(FunctionEx.class, "applyEx", Object.class, Object.class);
            code.call(WrittenRows.class, "write", void.class, Object.class, Object.class);
        });
    }

    void take(int stage, RowForm.Taken form, int taken) {
        if (form.rowFn() != null) {
            map(stage, new RowForm.Mapped(form.rowFn()));
        }
        guarded(stage, time, noKey(), () -> {
            code.load(taken);
            code.method.visitVarInsn(LLOAD, time);
            code.load(row);
            code.call(TakenRows.class, "take", void.class, long.class, Object.class);
        });
    }

    /** Appends the row to the batch that leaves the loop. */
    void emit(int out) {
        code.load(out);
        code.method.visitVarInsn(LLOAD, time);
        code.load(row);
        code.call(Batch.class, "add", void.class, long.class, Object.class);
    }
}
