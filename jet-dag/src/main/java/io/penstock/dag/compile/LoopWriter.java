package io.penstock.dag.compile;

import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.ICONST_1;
import static org.objectweb.asm.Opcodes.IFLE;
import static org.objectweb.asm.Opcodes.IFNE;
import static org.objectweb.asm.Opcodes.IFNONNULL;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LSTORE;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.Traverser;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.LookUpRows;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.operator.TakenRows;
import io.penstock.dag.operator.TimedRows;
import io.penstock.dag.operator.WindowRows;
import io.penstock.dag.operator.WrittenRows;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Type;

/**
 * Writes the method of a loop.
 *
 * <pre>
 *   begin:   unless it goes on: ask the source for indices, or take the keys of the batch and look them up
 *   head:    items left of a flatMap?  no rows left: done
 *            the row; the stages; with a flatMap, an inner loop over its items and the stages behind it
 *   done:    counts, the watermark
 *   stop:    counts, and where to go on
 *   asides:  what happens to rows that fail, are missed, or are late
 * </pre>
 */
final class LoopWriter {

    private final LoopCode code;
    private final List<RowForm> forms;
    private final RowCode rows;
    private final LoopHead head;
    private final boolean isBatched;
    /** By stage: the operator as the type that its form names, or -1. */
    private final int[] operators;
    private RowCounts counts;
    private WindowCode window;
    private int timedStage = -1;
    private int newest;
    private int out = -1;
    private int items;
    private int itemsEvent;
    private int itemsTime;
    private int itemsLeft;

    private final Label done = new Label();
    private final Label nextRow = new Label();
    private final Label stopAfterRow = new Label();
    private final Label stopAmidItems = new Label();

    /** @param isBatched whether the first stage looks its keys up a batch at a time */
    LoopWriter(LoopCode code, List<RowForm> forms, boolean isBatched) {
        this.code = code;
        this.forms = forms;
        operators = new int[forms.size()];
        this.isBatched = isBatched;
        head = LoopHead.of(forms.get(0), isBatched, !forms.get(forms.size() - 1).isLast(), code);
        rows = new RowCode(code);
    }

    void write() {
        writeLocals();
        Label start = code.place();
        writeBegin();
        Label headLabel = code.place();
        boolean hasItems = flatMapStage() >= 0;
        Label inner = new Label();
        if (hasItems) {
            code.load(items);
            code.method.visitJumpInsn(IFNONNULL, inner);
        }
        head.jumpIfDone(done);
        rows.begin(code.newLocal(), code.newLongLocal(), nextRow, stopAfterRow);
        code.stage(0);
        counts.take();
        rows.at(counts.droppedAt(0));
        head.writeRow(rows, operators[0]);
        int stage = head.firstStageBehind();
        for (; stage < forms.size() && !(forms.get(stage) instanceof RowForm.FlatMapped); stage++) {
            writeStage(stage);
        }
        if (hasItems) {
            writeItems(stage, inner);
        } else {
            writeEmit();
        }
        code.method.visitLabel(nextRow);
        head.writeNext();
        code.method.visitJumpInsn(GOTO, headLabel);
        writeDone();
        writeStops();
        code.writeAsides();
        writeFailure(start, code.place());
    }

    /** What fails the job has been counted as far as the loop has come. */
    private void writeFailure(Label start, Label end) {
        int failure = code.newLocal();
        code.method.visitTryCatchBlock(start, end, end, null);
        code.store(failure);
        writeCounts();
        code.load(failure);
        code.method.visitInsn(ATHROW);
    }

    private int flatMapStage() {
        for (int stage = 0; stage < forms.size(); stage++) {
            if (forms.get(stage) instanceof RowForm.FlatMapped) {
                return stage;
            }
        }
        return -1;
    }

    private void writeLocals() {
        counts = new RowCounts(code, forms);
        for (int stage = 0; stage < forms.size(); stage++) {
            operators[stage] = operatorLocal(stage, forms.get(stage));
        }
        if (!forms.get(forms.size() - 1).isLast()) {
            out = code.newLocal();
            code.loadThis();
            code.callLoop("out", Batch.class);
            code.store(out);
        }
    }

    private int operatorLocal(int stage, RowForm form) {
        if (form instanceof RowForm.Timestamped) {
            timedStage = stage;
            newest = code.newLongLocal();
            return castOperator(stage, TimedRows.class);
        }
        if (form instanceof RowForm.Aggregated aggregated) {
            window = new WindowCode(code, stage, aggregated, castOperator(stage, WindowRows.class));
            return window.window();
        }
        if (form instanceof RowForm.FlatMapped) {
            items = code.newLocal();
            itemsEvent = code.newLocal();
            itemsTime = code.newLongLocal();
            itemsLeft = code.newLocal();
            return -1;
        }
        if (form instanceof RowForm.LookedUp) {
            return castOperator(stage, LookUpRows.class);
        }
        if (form instanceof RowForm.Written) {
            return castOperator(stage, WrittenRows.class);
        }
        if (form instanceof RowForm.Taken) {
            return castOperator(stage, TakenRows.class);
        }
        return head.operatorType() != null && stage == 0 ? castOperator(stage, head.operatorType()) : -1;
    }

    private int castOperator(int stage, Class<?> type) {
        int local = code.newLocal();
        code.loadThis();
        code.push(stage);
        code.callLoop("operator", Operator.class, int.class);
        code.method.visitTypeInsn(CHECKCAST, Type.getInternalName(type));
        code.store(local);
        return local;
    }

    /** Begins a batch or a run of the source, unless that has been done; then takes up what the last call has left. */
    private void writeBegin() {
        Label goOn = new Label();
        beginLookUps();
        code.getField("begun", boolean.class);
        code.method.visitJumpInsn(IFNE, goOn);
        code.stage(0);
        head.writeBegin(operators[0]);
        if (timedStage >= 0) {
            code.putField("newestMs", long.class, () -> {
                code.load(operators[timedStage]);
                code.call(TimedRows.class, "newestMs", long.class);
            });
        }
        code.putField("begun", boolean.class, () -> code.method.visitInsn(ICONST_1));
        code.method.visitLabel(goOn);
        head.writeGoOn(operators[0]);
        if (timedStage >= 0) {
            code.getField("newestMs", long.class);
            code.method.visitVarInsn(LSTORE, newest);
        }
        if (flatMapStage() >= 0) {
            code.getField("items", Traverser.class);
            code.store(items);
            code.getField("itemsEvent", Object.class);
            code.store(itemsEvent);
            code.getField("itemsTimeMs", long.class);
            code.method.visitVarInsn(LSTORE, itemsTime);
            code.method.visitLdcInsn(RowLoop.ITEMS_MAX);
            code.method.visitVarInsn(ISTORE, itemsLeft);
        }
    }

    private void writeStage(int stage) {
        code.stage(stage);
        rows.at(counts.droppedAt(stage));
        RowForm form = forms.get(stage);
        if (form instanceof RowForm.Mapped mapped) {
            rows.map(stage, mapped);
        } else if (form instanceof RowForm.Filtered filtered) {
            rows.filter(stage, filtered);
        } else if (form instanceof RowForm.Timestamped timestamped) {
            rows.timestamps(stage, timestamped, newest);
        } else if (form instanceof RowForm.LookedUp lookedUp) {
            rows.lookUp(stage, lookedUp, operators[stage]);
        } else if (form instanceof RowForm.Aggregated) {
            window.write(rows);
        } else if (form instanceof RowForm.Written written) {
            rows.write(stage, written, operators[stage]);
        } else if (form instanceof RowForm.Taken taken) {
            rows.take(stage, taken, operators[stage]);
        } else if (!(form instanceof RowForm.Passed)) {
            throw new IllegalStateException("a " + form + " cannot stand in the middle of a loop");
        }
    }

    private void writeEmit() {
        if (out >= 0) {
            rows.emit(out);
        }
    }

    private void writeItems(int stage, Label inner) {
        RowForm.FlatMapped form = (RowForm.FlatMapped) forms.get(stage);
        code.stage(stage);
        rows.at(counts.droppedAt(stage));
        int event = rows.row();
        int time = rows.time();
        code.guarded(() -> {
            code.loadConstant(form.flatMapFn(), FunctionEx.class);
            code.load(event);
            code.call(FunctionEx.class, "applyEx", Object.class, Object.class);
            code.method.visitTypeInsn(CHECKCAST, Type.getInternalName(Traverser.class));
        }, rows.exception(), () -> giveUpItems(stage, event, time));
        code.store(items);
        code.load(event);
        code.store(itemsEvent);
        code.method.visitVarInsn(LLOAD, time);
        code.method.visitVarInsn(LSTORE, itemsTime);
        code.load(items);
        code.method.visitJumpInsn(IFNULL, nextRow);

        code.method.visitLabel(inner);
        Label nextItem = new Label();
        Label noItem = new Label();
        rows.begin(itemsEvent, itemsTime, noItem, stopAfterRow);
        code.guarded(() -> {
            code.load(items);
            code.call(Traverser.class, "next", Object.class);
        }, rows.exception(), () -> giveUpItems(stage, itemsEvent, itemsTime));
        rows.replaceRow();
        counts.takeItem();
        rows.begin(rows.row(), itemsTime, nextItem, stopAmidItems);
        for (int behind = stage + 1; behind < forms.size(); behind++) {
            writeStage(behind);
        }
        writeEmit();
        if (out >= 0) {
            code.load(out);
            code.call(Batch.class, "isFull", boolean.class);
            code.method.visitJumpInsn(IFNE, stopAmidItems);
        }
        code.method.visitLabel(nextItem);
        code.method.visitIincInsn(itemsLeft, -1);
        code.method.visitVarInsn(ILOAD, itemsLeft);
        code.method.visitJumpInsn(IFLE, stopAmidItems);
        code.method.visitJumpInsn(GOTO, inner);
        code.method.visitLabel(noItem);
        forgetItems();
    }

    private void giveUpItems(int stage, int event, int time) {
        forgetItems();
        rows.begin(event, time, nextRow, stopAfterRow);
        rows.at(counts.droppedAt(stage));
        rows.giveUp(stage, event, time, rows.noKey());
    }

    private void forgetItems() {
        code.method.visitInsn(ACONST_NULL);
        code.store(items);
    }

    private void writeDone() {
        code.method.visitLabel(done);
        writeCounts();
        if (timedStage >= 0) {
            saveNewest();
            code.loadThis();
            code.push(timedStage);
            code.load(operators[timedStage]);
            code.callLoop("advance", void.class, int.class, TimedRows.class);
        }
        if (window != null) {
            code.stage(forms.size() - 1);
            code.loadThis();
            code.push(forms.size() - 1);
            code.load(window.window());
            code.callLoop("afterRows", void.class, int.class, WindowRows.class);
        }
        if (flatMapStage() >= 0) {
            code.putField("items", Traverser.class, () -> code.method.visitInsn(ACONST_NULL));
            code.putField("itemsEvent", Object.class, () -> code.method.visitInsn(ACONST_NULL));
        }
        code.stage(0);
        head.writeEnd(operators[0]);
        code.putField("begun", boolean.class, () -> code.method.visitInsn(ICONST_0));
        code.method.visitInsn(ICONST_1);
        code.method.visitInsn(IRETURN);
    }

    private void saveNewest() {
        code.putField("newestMs", long.class, () -> code.method.visitVarInsn(LLOAD, newest));
    }

    /** Lets each stage that looks something up begin. */
    private void beginLookUps() {
        for (int stage = 0; stage < forms.size(); stage++) {
            if (forms.get(stage) instanceof RowForm.LookedUp) {
                code.load(operators[stage]);
                code.call(LookUpRows.class, "beginRows", void.class);
            }
        }
    }

    private void writeCounts() {
        counts.write(operators, isBatched);
    }

    private void writeStops() {
        Label stop = new Label();
        code.method.visitLabel(stopAfterRow);
        if (flatMapStage() >= 0) {
            forgetItems();
        }
        head.writeNext();
        code.method.visitJumpInsn(GOTO, stop);
        code.method.visitLabel(stopAmidItems);
        code.method.visitLabel(stop);
        head.writeStop();
        writeCounts();
        if (timedStage >= 0) {
            saveNewest();
        }
        if (flatMapStage() >= 0) {
            code.putField("items", Traverser.class, () -> code.load(items));
            code.putField("itemsEvent", Object.class, () -> code.load(itemsEvent));
            code.putField("itemsTimeMs", long.class, () -> code.method.visitVarInsn(LLOAD, itemsTime));
        }
        code.method.visitInsn(ICONST_0);
        code.method.visitInsn(IRETURN);
    }
}
