package io.penstock.dag.compile;

import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.IF_ICMPGE;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.ISTORE;

import io.penstock.dag.operator.Batch;
import java.util.function.Consumer;
import org.objectweb.asm.Label;

/** Where a loop keeps the batch that it runs over: the batch, the row, and the number of rows. */
record BatchLocals(int batch, int row, int size) {

    /** The batch is the method's argument. */
    static BatchLocals of(LoopCode code) {
        return new BatchLocals(1, code.newLocal(), code.newLocal());
    }

    void loadEvent(LoopCode code) {
        code.load(batch);
        code.method.visitVarInsn(ILOAD, row);
        code.call(Batch.class, "event", Object.class, int.class);
    }

    void loadTime(LoopCode code) {
        code.load(batch);
        code.method.visitVarInsn(ILOAD, row);
        code.call(Batch.class, "timeMs", long.class, int.class);
    }

    void storeSize(LoopCode code) {
        code.load(batch);
        code.call(Batch.class, "size", int.class);
        code.method.visitVarInsn(ISTORE, size);
    }

    /** A loop over all rows of the batch; its body is told where the next row begins. */
    void forEachRow(LoopCode code, Consumer<Label> body) {
        Label next = new Label();
        Label end = new Label();
        code.method.visitInsn(ICONST_0);
        code.method.visitVarInsn(ISTORE, row);
        Label head = code.place();
        code.method.visitVarInsn(ILOAD, row);
        code.method.visitVarInsn(ILOAD, size);
        code.method.visitJumpInsn(IF_ICMPGE, end);
        body.accept(next);
        code.method.visitLabel(next);
        code.method.visitIincInsn(row, 1);
        code.method.visitJumpInsn(GOTO, head);
        code.method.visitLabel(end);
    }
}
