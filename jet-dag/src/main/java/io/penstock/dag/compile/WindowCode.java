package io.penstock.dag.compile;

import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IFLT;
import static org.objectweb.asm.Opcodes.IFNONNULL;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.LCMP;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LSTORE;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.FunctionEx;
import io.penstock.dag.SupplierEx;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.operator.WindowRows;
import io.penstock.dag.table.KeyTable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;

/** Writes how a row is added to the accumulator of its key and window. */
final class WindowCode {

    private final LoopCode code;
    private final int stage;
    private final RowForm.Aggregated form;
    private final KeyKind kind;
    /** The operator; the accumulators of the window of the last row, and the window's bounds. */
    private final int window;
    private final int table;
    private final int startMs;
    private final int endMs;

    /** Writes that no window is known yet. */
    WindowCode(LoopCode code, int stage, RowForm.Aggregated form, int window) {
        this.code = code;
        this.stage = stage;
        this.form = form;
        this.window = window;
        kind = KeyKind.of(LambdaType.resultOf(form.keyFn()));
        table = code.newLocal();
        startMs = code.newLongLocal();
        endMs = code.newLongLocal();
        code.method.visitInsn(ACONST_NULL);
        code.store(table);
        storeLong(Long.MAX_VALUE, startMs);
        storeLong(Long.MIN_VALUE, endMs);
    }

    private void storeLong(long value, int local) {
        code.method.visitLdcInsn(value);
        code.method.visitVarInsn(LSTORE, local);
    }

    int window() {
        return window;
    }

    void write(RowCode rows) {
        int key = kind.newLocal(code);
        takeKey(rows, key);
        select(rows, key);
        accumulate(rows, key);
    }

    private void takeKey(RowCode rows, int key) {
        int boxed = code.newLocal();
        int row = rows.row();
        int time = rows.time();
        Label noKey = rows.aside(() -> {
            code.loadThis();
            code.push(stage);
            code.method.visitVarInsn(LLOAD, time);
            code.load(row);
            code.load(rows.exception());
            code.callStatic(FailedRows.class, "failKey", boolean.class,
                    RowLoop.class, int.class, long.class, Object.class, Exception.class);
        });
        code.guarded(() -> {
            code.loadConstant(form.keyFn(), FunctionEx.class);
            code.load(row);
            code.call(FunctionEx.class, "applyEx", Object.class, Object.class);
            code.method.visitTypeInsn(CHECKCAST, Type.getInternalName(kind.boxed()));
        }, rows.exception(), () -> code.method.visitJumpInsn(GOTO, noKey));
        code.store(boxed);
        Label keyed = new Label();
        code.load(boxed);
        code.method.visitJumpInsn(IFNONNULL, keyed);
        code.method.visitInsn(ACONST_NULL);
        code.store(rows.exception());
        code.method.visitJumpInsn(GOTO, noKey);
        code.method.visitLabel(keyed);
        code.load(boxed);
        kind.unbox(code, key);
    }

    /** Asks for the window of the row's time, unless it is that of the row before. */
    private void select(RowCode rows, int key) {
        int row = rows.row();
        int time = rows.time();
        Label select = new Label();
        Label selected = new Label();
        compare(time, startMs, select);
        compare(time, endMs, selected);
        code.method.visitLabel(select);
        code.load(window);
        code.method.visitVarInsn(LLOAD, time);
        code.call(WindowRows.class, "window", KeyTable.class, long.class);
        code.store(table);
        storeBound("windowStartMs", startMs);
        storeBound("windowEndMs", endMs);
        code.method.visitLabel(selected);
        Label late = rows.aside(() -> {
            code.loadThis();
            code.push(stage);
            code.load(window);
            code.method.visitVarInsn(LLOAD, time);
            code.load(row);
            kind.loadBoxed(code, key);
            code.callStatic(LateRows.class, "late", boolean.class,
                    RowLoop.class, int.class, WindowRows.class, long.class, Object.class, Object.class);
        });
        code.load(table);
        code.method.visitJumpInsn(IFNULL, late);
    }

    private void compare(int time, int bound, Label ifLess) {
        code.method.visitVarInsn(LLOAD, time);
        code.method.visitVarInsn(LLOAD, bound);
        code.method.visitInsn(LCMP);
        code.method.visitJumpInsn(IFLT, ifLess);
    }

    private void storeBound(String name, int local) {
        code.load(window);
        code.call(WindowRows.class, name, long.class);
        code.method.visitVarInsn(LSTORE, local);
    }

    private void accumulate(RowCode rows, int key) {
        int row = rows.row();
        int present = code.newLocal();
        int accumulator = code.newLocal();
        rows.guarded(stage, rows.time(), () -> kind.loadBoxed(code, key), () -> {
            Label found = new Label();
            Label done = new Label();
            find(key);
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
            add(key, accumulator);
            code.method.visitLabel(done);
        });
    }

    private void find(int key) {
        code.load(table);
        kind.load(code, key);
        switch (kind) {
            case INT -> code.call(KeyTable.class, "findInt", Object.class, int.class);
            case LONG -> code.call(KeyTable.class, "findLong", Object.class, long.class);
            case OBJECT -> code.callStatic(
                    KeyTable.class, "find", Object.class, KeyTable.class, Object.class);
        }
    }

    private void add(int key, int accumulator) {
        code.load(table);
        kind.load(code, key);
        code.load(accumulator);
        switch (kind) {
            case INT -> code.call(KeyTable.class, "addInt", void.class, int.class, Object.class);
            case LONG -> code.call(KeyTable.class, "addLong", void.class, long.class, Object.class);
            case OBJECT -> code.callStatic(
                    KeyTable.class, "add", void.class, KeyTable.class, Object.class, Object.class);
        }
    }
}
