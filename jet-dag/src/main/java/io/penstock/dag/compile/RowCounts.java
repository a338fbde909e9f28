package io.penstock.dag.compile;

import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LSTORE;
import static org.objectweb.asm.Opcodes.LSUB;

import io.penstock.dag.operator.LookUpRows;
import io.penstock.dag.operator.RowForm;
import java.util.List;

/**
 * How a loop counts the rows of its stages: those that come to the first, and at each stage those that go no further.
 * Rows that pass, which most do, are not counted one by one.
 */
final class RowCounts {

    private final LoopCode code;
    private final List<RowForm> forms;
    private final int taken;
    private final int items;
    private final int[] dropped;

    /** Writes that there were none yet. */
    RowCounts(LoopCode code, List<RowForm> forms) {
        this.code = code;
        this.forms = forms;
        taken = code.newCount();
        items = code.newCount();
        dropped = new int[forms.size()];
        for (int stage = 0; stage < dropped.length; stage++) {
            dropped[stage] = code.newCount();
        }
    }

    /** One more row comes to the first stage. */
    void take() {
        code.increment(taken);
    }

    /** One more item of a flatMap goes on. */
    void takeItem() {
        code.increment(items);
    }

    /** The variable that counts the rows which go no further than a stage. */
    int droppedAt(int stage) {
        return dropped[stage];
    }

    /**
     * Tells the stages how many rows each has taken.
     *
     * @param operators by stage: the variable with the operator that its form is about
     * @param isBatched whether the first stage looks its rows up a batch at a time, which it counts itself
     */
    void write(int[] operators, boolean isBatched) {
        int rowsIn = code.newLongLocal();
        copy(taken, rowsIn);
        for (int stage = 0; stage < dropped.length; stage++) {
            code.loadThis();
            code.push(stage);
            code.method.visitVarInsn(LLOAD, rowsIn);
            code.callLoop("count", void.class, int.class, long.class);
            if (forms.get(stage) instanceof RowForm.LookedUp && !(stage == 0 && isBatched)) {
                code.load(operators[stage]);
                code.method.visitVarInsn(LLOAD, rowsIn);
                code.call(LookUpRows.class, "endRows", void.class, long.class);
            }
            if (forms.get(stage) instanceof RowForm.FlatMapped) {
                copy(items, rowsIn);
            } else {
                code.method.visitVarInsn(LLOAD, rowsIn);
                code.method.visitVarInsn(LLOAD, dropped[stage]);
                code.method.visitInsn(LSUB);
                code.method.visitVarInsn(LSTORE, rowsIn);
            }
        }
    }

    private void copy(int from, int to) {
        code.method.visitVarInsn(LLOAD, from);
        code.method.visitVarInsn(LSTORE, to);
    }
}
