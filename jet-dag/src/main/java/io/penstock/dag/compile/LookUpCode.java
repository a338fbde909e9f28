package io.penstock.dag.compile;

import static org.objectweb.asm.Opcodes.AASTORE;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.I2L;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.LASTORE;
import static org.objectweb.asm.Opcodes.LLOAD;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.LookUpRows;
import io.penstock.dag.operator.RowForm;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;

/** Writes the loop that takes the keys of a batch, before all of them are looked up. */
final class LookUpCode {

    private LookUpCode() {}

    static KeyKind kindOf(RowForm.LookedUp form) {
        return KeyKind.of(form.ref().keyType());
    }

    /** Takes the keys of the batch, and looks them up. */
    static void findAll(LoopCode code, BatchLocals batch, RowForm.LookedUp form, int lookUp) {
        KeyKind kind = kindOf(form);
        boolean isLong = kind != KeyKind.OBJECT;
        int event = code.newLocal();
        int key = code.newLocal();
        int unboxed = kind.newLocal(code);
        int exception = code.newLocal();
        batch.forEachRow(code, next -> {
            Label keyless = code.aside(() -> {
                code.loadThis();
                code.method.visitVarInsn(ILOAD, batch.row());
                code.callStatic(MissedRows.class, "keyless", void.class, RowLoop.class, int.class);
                code.method.visitJumpInsn(GOTO, next);
            });
            batch.loadEvent(code);
            code.store(event);
            code.guarded(() -> {
                code.loadConstant(form.keyFn(), FunctionEx.class);
                code.load(event);
                code.call(FunctionEx.class, "applyEx", Object.class, Object.class);
                code.method.visitTypeInsn(CHECKCAST, Type.getInternalName(kind.boxed()));
            }, exception, () -> {
                code.loadThis();
                code.push(0);
                code.method.visitVarInsn(ILOAD, batch.row());
                batch.loadTime(code);
                code.load(event);
                code.load(exception);
                code.callStatic(FailedRows.class, "failKeyOfBatch", void.class,
                        RowLoop.class, int.class, int.class, long.class, Object.class, Exception.class);
                code.method.visitJumpInsn(GOTO, next);
            });
            code.store(key);
            code.load(key);
            code.method.visitJumpInsn(IFNULL, keyless);
            code.load(key);
            code.method.visitTypeInsn(CHECKCAST, Type.getInternalName(kind.boxed()));
            kind.unbox(code, unboxed);
            code.getField(isLong ? "longKeys" : "keys", isLong ? long[].class : Object[].class);
            code.method.visitVarInsn(ILOAD, batch.row());
            if (isLong) {
                kind.loadLong(code, unboxed);
            } else {
                kind.load(code, unboxed);
            }
            code.method.visitInsn(isLong ? LASTORE : AASTORE);
        });
        code.loadThis();
        code.load(lookUp);
        code.load(batch.batch());
        code.call(Batch.class, "size", int.class);
        code.callLoop(isLong ? "findAllLongs" : "findAll", void.class, LookUpRows.class, int.class);
    }

    /** Hands over a row for whose key there is no value. */
    static void missed(LoopCode code, BatchLocals batch, int lookUp, int event, int time) {
        code.loadThis();
        code.push(0);
        code.load(lookUp);
        code.method.visitVarInsn(ILOAD, batch.row());
        code.method.visitVarInsn(LLOAD, time);
        code.load(event);
        code.callStatic(MissedRows.class, "missOfBatch", boolean.class,
                RowLoop.class, int.class, LookUpRows.class, int.class, long.class, Object.class);
    }
}
