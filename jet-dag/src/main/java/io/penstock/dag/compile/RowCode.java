package io.penstock.dag.compile;

import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.IFLE;
import static org.objectweb.asm.Opcodes.IFLT;
import static org.objectweb.asm.Opcodes.IFNE;
import static org.objectweb.asm.Opcodes.IFNONNULL;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.LCMP;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LSTORE;
import static org.objectweb.asm.Opcodes.LSUB;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.BiFunctionEx;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.PredicateEx;
import io.penstock.dag.SupplierEx;
import io.penstock.dag.ToLongFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.LookUpRows;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.operator.TakenRows;
import io.penstock.dag.operator.WindowRows;
import io.penstock.dag.operator.WrittenRows;
import io.penstock.dag.table.KeyTable;
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
    void giveUp(int stage, int ofRow, int timeOrNone, int key) {
        Label toDrop = drop;
        Label toStop = stop;
        code.loadThis();
        code.push(stage);
        if (timeOrNone < 0) {
            code.method.visitLdcInsn(Batch.NO_TIME);
        } else {
            code.method.visitVarInsn(LLOAD, timeOrNone);
        }
        code.load(ofRow);
        if (key < 0) {
            code.method.visitInsn(ACONST_NULL);
        } else {
            code.load(key);
        }
        code.load(exception);
        code.callStatic(FailedRows.class, "fail", boolean.class,
                RowLoop.class, int.class, long.class, Object.class, Object.class, Exception.class);
        code.method.visitJumpInsn(IFNE, toStop);
        code.method.visitJumpInsn(GOTO, toDrop);
    }

    private void guarded(int stage, int timeOrNone, int key, Runnable call) {
        int ofRow = row;
        Label toDrop = drop;
        Label toStop = stop;
        code.guarded(call, exception, () -> {
            Label dropNow = drop;
            Label stopNow = stop;
            drop = toDrop;
            stop = toStop;
            giveUp(stage, ofRow, timeOrNone, key);
            drop = dropNow;
            stop = stopNow;
        });
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
        code.method.visitJumpInsn(IFNULL, drop);
        row = result;
    }

    void map(int stage, RowForm.Mapped form) {
        guarded(stage, time, -1, () -> {
            code.loadConstant(form.mapFn(), FunctionEx.class);
            code.load(row);
            code.call(FunctionEx.class, "applyEx", Object.class, Object.class);
        });
        replaceRow();
    }

    void filter(int stage, RowForm.Filtered form) {
        guarded(stage, time, -1, () -> {
            code.loadConstant(form.predicate(), PredicateEx.class);
            code.load(row);
            code.call(PredicateEx.class, "testEx", boolean.class, Object.class);
        });
        code.method.visitJumpInsn(IFEQ, drop);
    }

    /** Gives the row its time, and remembers the newest. */
    void timestamps(int stage, RowForm.Timestamped form, int newest) {
        guarded(stage, -1, -1, () -> {
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
    }

    /** Looks one key up. */
    void lookUp(int stage, RowForm.LookedUp form, int lookUp) {
        boolean isLong = LookUpCode.hasLongKeys(form);
        int key = code.newLocal();
        int value = code.newLocal();
        guarded(stage, time, -1, () -> {
            code.loadConstant(form.keyFn(), FunctionEx.class);
            code.load(row);
            code.call(FunctionEx.class, "applyEx", Object.class, Object.class);
            code.method.visitTypeInsn(CHECKCAST, Type.getInternalName(LookUpCode.keyType(form)));
            code.store(key);
        });
        Label miss = aside(() -> missed(stage, lookUp, row, key));
        code.load(key);
        code.method.visitJumpInsn(IFNULL, miss);
        code.load(lookUp);
        code.load(key);
        if (isLong) {
            LookUpCode.unbox(code, form);
            code.call(LookUpRows.class, "findLong", Object.class, long.class);
        } else {
            code.call(LookUpRows.class, "find", Object.class, Object.class);
        }
        code.store(value);
        code.load(value);
        code.method.visitJumpInsn(IFNULL, miss);
        join(stage, form, value, key);
    }

    /** Joins the row with the value. */
    void join(int stage, RowForm.LookedUp form, int value, int key) {
        guarded(stage, time, key, () -> {
            code.loadConstant(form.joinFn(), BiFunctionEx.class);
            code.load(row);
            code.load(value);
            code.call(BiFunctionEx.class, "applyEx", Object.class, Object.class, Object.class);
        });
        replaceRow();
    }

    /** Makes a row of the event and the result for it. */
    void read(int stage, RowForm.Batched form, int result) {
        guarded(stage, time, -1, () -> {
            code.loadConstant(form.readFn(), BiFunctionEx.class);
            code.load(row);
            code.load(result);
            code.call(BiFunctionEx.class, "applyEx", Object.class, Object.class, Object.class);
        });
        replaceRow();
    }

    private void missed(int stage, int lookUp, int ofRow, int key) {
        code.loadThis();
        code.push(stage);
        code.load(lookUp);
        code.method.visitVarInsn(LLOAD, time);
        code.load(ofRow);
        code.load(key);
        code.callStatic(MissedRows.class, "miss", boolean.class,
                RowLoop.class, int.class, LookUpRows.class, long.class, Object.class, Object.class);
    }

    /** A place behind the loop with code that answers whether to stop; then the next row comes. */
    Label aside(Runnable call) {
        int rowHere = row;
        int timeHere = time;
        Label toDrop = drop;
        Label toStop = stop;
        return code.aside(() -> {
            int rowNow = row;
            int timeNow = time;
            row = rowHere;
            time = timeHere;
            call.run();
            row = rowNow;
            time = timeNow;
            code.method.visitJumpInsn(IFNE, toStop);
            code.method.visitJumpInsn(GOTO, toDrop);
        });
    }

    /** Adds the row to the accumulator of its key and window. */
    void aggregate(int stage, RowForm.Aggregated form, WindowLocals window) {
        int key = code.newLocal();
        int ofRow = row;
        Label noKey = aside(() -> {
            code.loadThis();
            code.push(stage);
            code.method.visitVarInsn(LLOAD, time);
            code.load(ofRow);
            code.load(exception);
            code.callStatic(FailedRows.class, "failKey", boolean.class,
                    RowLoop.class, int.class, long.class, Object.class, Exception.class);
        });
        code.guarded(() -> {
            code.loadConstant(form.keyFn(), FunctionEx.class);
            code.load(ofRow);
            code.call(FunctionEx.class, "applyEx", Object.class, Object.class);
        }, exception, () -> code.method.visitJumpInsn(GOTO, noKey));
        code.store(key);
        Label keyed = new Label();
        code.load(key);
        code.method.visitJumpInsn(IFNONNULL, keyed);
        code.method.visitInsn(ACONST_NULL);
        code.store(exception);
        code.method.visitJumpInsn(GOTO, noKey);
        code.method.visitLabel(keyed);
        selectWindow(stage, key, window);
        accumulate(stage, form, key, window);
    }

    private void selectWindow(int stage, int key, WindowLocals window) {
        Label select = new Label();
        Label selected = new Label();
        code.method.visitVarInsn(LLOAD, time);
        code.method.visitVarInsn(LLOAD, window.start());
        code.method.visitInsn(LCMP);
        code.method.visitJumpInsn(IFLT, select);
        code.method.visitVarInsn(LLOAD, time);
        code.method.visitVarInsn(LLOAD, window.end());
        code.method.visitInsn(LCMP);
        code.method.visitJumpInsn(IFLT, selected);
        code.method.visitLabel(select);
        code.load(window.rows());
        code.method.visitVarInsn(LLOAD, time);
        code.call(WindowRows.class, "window", KeyTable.class, long.class);
        code.store(window.table());
        code.load(window.rows());
        code.call(WindowRows.class, "windowStartMs", long.class);
        code.method.visitVarInsn(LSTORE, window.start());
        code.load(window.rows());
        code.call(WindowRows.class, "windowEndMs", long.class);
        code.method.visitVarInsn(LSTORE, window.end());
        code.method.visitLabel(selected);
        Label late = aside(() -> {
            code.loadThis();
            code.push(stage);
            code.load(window.rows());
            code.method.visitVarInsn(LLOAD, time);
            code.load(row);
            code.load(key);
            code.callStatic(LateRows.class, "late", boolean.class,
                    RowLoop.class, int.class, WindowRows.class, long.class, Object.class, Object.class);
        });
        code.load(window.table());
        code.method.visitJumpInsn(IFNULL, late);
    }

    private void accumulate(int stage, RowForm.Aggregated form, int key, WindowLocals window) {
        int present = code.newLocal();
        int accumulator = code.newLocal();
        guarded(stage, time, key, () -> {
            Label found = new Label();
            Label done = new Label();
            code.load(window.table());
            code.load(key);
            code.callStatic(KeyTable.class, "find", Object.class, KeyTable.class, Object.class);
            code.store(present);
            code.load(present);
            code.store(accumulator);
            code.load(present);
            code.method.visitJumpInsn(IFNONNULL, found);
            code.loadConstant(form.createFn(), SupplierEx.class);
            code.call(SupplierEx.class, "getEx", Object.class);
            code.store(accumulator);
            code.method.visitLabel(found);
            code.loadConstant(form.accumulateFn(), BiConsumerEx.class);
            code.load(accumulator);
            code.load(row);
            code.call(BiConsumerEx.class, "acceptEx", void.class, Object.class, Object.class);
            code.load(present);
            code.method.visitJumpInsn(IFNONNULL, done);
            code.load(window.table());
            code.load(key);
            code.load(accumulator);
            code.callStatic(
                    KeyTable.class, "add", void.class, KeyTable.class, Object.class, Object.class);
            code.method.visitLabel(done);
        });
    }

    /** Writes a key and a value of the row. */
    void write(int stage, RowForm.Written form, int written) {
        guarded(stage, time, -1, () -> {
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

    void take(int stage, int taken) {
        guarded(stage, time, -1, () -> {
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

    /** Where a loop keeps the window of the present row. */
    record WindowLocals(int rows, int table, int start, int end) {}
}
