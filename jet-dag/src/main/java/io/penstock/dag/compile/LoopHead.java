package io.penstock.dag.compile;

import static org.objectweb.asm.Opcodes.AALOAD;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.ICONST_1;
import static org.objectweb.asm.Opcodes.IFGE;
import static org.objectweb.asm.Opcodes.IFNE;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.IF_ICMPGE;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.LADD;
import static org.objectweb.asm.Opcodes.LCMP;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LSTORE;

import io.penstock.dag.BiConsumerEx;
import io.penstock.dag.LongFunctionEx;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.BatchedRows;
import io.penstock.dag.operator.IndexedSource;
import io.penstock.dag.operator.RowForm;
import org.objectweb.asm.Label;

/** Writes where the rows of a loop come from. */
sealed interface LoopHead {

    static LoopHead of(RowForm first, boolean isBatched, boolean emits, LoopCode code) {
        if (first instanceof RowForm.Generated generated) {
            int rowsMax = emits ? Batch.CAPACITY : RowLoop.SOURCE_ROWS_MAX;
            return new OfSource(
                    code, generated, rowsMax, code.newLongLocal(), code.newLongLocal(), code.newLongLocal());
        }
        BatchLocals batch = BatchLocals.of(code);
        if (first instanceof RowForm.Batched batched) {
            return new OfBatched(new OfBatch(code, batch), batched);
        }
        return first instanceof RowForm.LookedUp lookedUp && isBatched
                ? new OfLookUp(new OfBatch(code, batch), lookedUp)
                : new OfBatch(code, batch);
    }

    /** What the operator of the first stage is cast to; null if its form says so. */
    Class<?> operatorType();

    /** Which stage comes next when {@link #writeRow} is done. */
    int firstStageBehind();

    void writeBegin(int operator);

    void writeGoOn(int operator);

    void jumpIfDone(Label done);

    /** Writes the present row into the variables that {@code rows} names. */
    void writeRow(RowCode rows, int operator);

    void writeNext();

    void writeStop();

    void writeEnd(int operator);

    /** A source that makes rows from indices. */
    record OfSource(LoopCode code, RowForm.Generated form, int rowsMax, int index, int endIndex, int stride)
            implements LoopHead {

        @Override
        public Class<?> operatorType() {
            return IndexedSource.class;
        }

        @Override
        public int firstStageBehind() {
            return 1;
        }

        @Override
        public void writeBegin(int source) {
            Label some = new Label();
            code.loadThis();
            code.load(source);
            code.method.visitLdcInsn(rowsMax);
            code.callLoop("next", boolean.class, IndexedSource.class, int.class);
            code.method.visitJumpInsn(IFNE, some);
            code.method.visitInsn(ICONST_1);
            code.method.visitInsn(IRETURN);
            code.method.visitLabel(some);
            code.putField("index", long.class, () -> {
                code.load(source);
                code.call(IndexedSource.class, "index", long.class);
            });
        }

        @Override
        public void writeGoOn(int source) {
            code.getField("index", long.class);
            code.method.visitVarInsn(LSTORE, index);
            code.load(source);
            code.call(IndexedSource.class, "endIndex", long.class);
            code.method.visitVarInsn(LSTORE, endIndex);
            code.load(source);
            code.call(IndexedSource.class, "stride", long.class);
            code.method.visitVarInsn(LSTORE, stride);
        }

        @Override
        public void jumpIfDone(Label done) {
            code.method.visitVarInsn(LLOAD, index);
            code.method.visitVarInsn(LLOAD, endIndex);
            code.method.visitInsn(LCMP);
            code.method.visitJumpInsn(IFGE, done);
        }

        @Override
        public void writeRow(RowCode rows, int source) {
            code.loadConstant(form.eventFn(), LongFunctionEx.class);
            code.method.visitVarInsn(LLOAD, index);
            code.call(LongFunctionEx.class, "applyEx", Object.class, long.class);
            code.store(rows.row());
            code.method.visitLdcInsn(Batch.NO_TIME);
            code.method.visitVarInsn(LSTORE, rows.time());
        }

        @Override
        public void writeNext() {
            code.method.visitVarInsn(LLOAD, index);
            code.method.visitVarInsn(LLOAD, stride);
            code.method.visitInsn(LADD);
            code.method.visitVarInsn(LSTORE, index);
        }

        @Override
        public void writeStop() {
            code.putField("index", long.class, () -> code.method.visitVarInsn(LLOAD, index));
        }

        @Override
        public void writeEnd(int source) {
            code.load(source);
            code.method.visitVarInsn(LLOAD, index);
            code.call(IndexedSource.class, "advance", void.class, long.class);
        }
    }

    /** A batch of rows. */
    record OfBatch(LoopCode code, BatchLocals batch) implements LoopHead {

        @Override
        public Class<?> operatorType() {
            return null;
        }

        @Override
        public int firstStageBehind() {
            return 0;
        }

        @Override
        public void writeBegin(int operator) {
            code.putField("row", int.class, () -> code.method.visitInsn(ICONST_0));
        }

        @Override
        public void writeGoOn(int operator) {
            code.getField("row", int.class);
            code.method.visitVarInsn(ISTORE, batch.row());
            batch.storeSize(code);
        }

        @Override
        public void jumpIfDone(Label done) {
            code.method.visitVarInsn(ILOAD, batch.row());
            code.method.visitVarInsn(ILOAD, batch.size());
            code.method.visitJumpInsn(IF_ICMPGE, done);
        }

        @Override
        public void writeRow(RowCode rows, int operator) {
            batch.loadEvent(code);
            code.store(rows.row());
            batch.loadTime(code);
            code.method.visitVarInsn(LSTORE, rows.time());
        }

        @Override
        public void writeNext() {
            code.method.visitIincInsn(batch.row(), 1);
        }

        @Override
        public void writeStop() {
            code.putField("row", int.class, () -> code.method.visitVarInsn(ILOAD, batch.row()));
        }

        @Override
        public void writeEnd(int operator) {}
    }

    /** A batch of rows whose keys are looked up together. */
    record OfLookUp(OfBatch rowsOf, RowForm.LookedUp form) implements LoopHead {

        @Override
        public Class<?> operatorType() {
            return null;
        }

        @Override
        public int firstStageBehind() {
            return 1;
        }

        @Override
        public void writeBegin(int lookUp) {
            rowsOf.batch.storeSize(rowsOf.code);
            LookUpCode.findAll(rowsOf.code, rowsOf.batch, form, lookUp);
            rowsOf.writeBegin(lookUp);
        }

        @Override
        public void writeGoOn(int lookUp) {
            rowsOf.writeGoOn(lookUp);
        }

        @Override
        public void jumpIfDone(Label done) {
            rowsOf.jumpIfDone(done);
        }

        @Override
        public void writeRow(RowCode rows, int lookUp) {
            rowsOf.writeRow(rows, lookUp);
            LoopCode code = rowsOf.code;
            int value = code.newLocal();
            int event = rows.row();
            int time = rows.time();
            Label miss = rows.aside(() -> LookUpCode.missed(code, rowsOf.batch, lookUp, event, time));
            code.getField("values", Object[].class);
            code.method.visitVarInsn(ILOAD, rowsOf.batch.row());
            code.method.visitInsn(AALOAD);
            code.store(value);
            code.load(value);
            code.method.visitJumpInsn(IFNULL, miss);
            rows.join(0, form, value, () -> {
                code.loadThis();
                code.method.visitVarInsn(ILOAD, rowsOf.batch.row());
                code.callLoop("keyOf", Object.class, int.class);
            });
        }

        @Override
        public void writeNext() {
            rowsOf.writeNext();
        }

        @Override
        public void writeStop() {
            rowsOf.writeStop();
        }

        @Override
        public void writeEnd(int lookUp) {
            rowsOf.code.loadThis();
            rowsOf.code.method.visitVarInsn(ILOAD, rowsOf.batch.size());
            rowsOf.code.callLoop("endBatch", void.class, int.class);
        }
    }

    /** A batch of rows with a function before, and one after, something is done for all of them. */
    record OfBatched(OfBatch rowsOf, RowForm.Batched form) implements LoopHead {

        @Override
        public Class<?> operatorType() {
            return BatchedRows.class;
        }

        @Override
        public int firstStageBehind() {
            return 1;
        }

        @Override
        public void writeBegin(int batched) {
            LoopCode code = rowsOf.code;
            BatchLocals batch = rowsOf.batch;
            int exception = code.newLocal();
            batch.storeSize(code);
            code.load(batched);
            code.load(batch.batch());
            code.call(BatchedRows.class, "begin", void.class, Batch.class);
            batch.forEachRow(code, next -> {
                code.guarded(() -> {
                    code.loadConstant(form.fillFn(), BiConsumerEx.class);
                    batch.loadEvent(code);
                    code.load(batched);
                    code.method.visitVarInsn(ILOAD, batch.row());
                    code.call(BatchedRows.class, "target", Object.class, int.class);
                    code.call(BiConsumerEx.class, "acceptEx", void.class, Object.class, Object.class);
                }, exception, () -> {
                    code.load(batched);
                    code.method.visitVarInsn(ILOAD, batch.row());
                    code.load(exception);
                    code.callStatic(FailedRows.class, "refuse", void.class,
                            BatchedRows.class, int.class, Exception.class);
                    code.method.visitJumpInsn(GOTO, next);
                });
                code.load(batched);
                code.method.visitVarInsn(ILOAD, batch.row());
                code.call(BatchedRows.class, "filled", void.class, int.class);
            });
            code.load(batched);
            code.call(BatchedRows.class, "run", void.class);
            rowsOf.writeBegin(batched);
        }

        @Override
        public void writeGoOn(int batched) {
            rowsOf.writeGoOn(batched);
        }

        @Override
        public void jumpIfDone(Label done) {
            rowsOf.jumpIfDone(done);
        }

        @Override
        public void writeRow(RowCode rows, int batched) {
            rowsOf.writeRow(rows, batched);
            LoopCode code = rowsOf.code;
            int result = code.newLocal();
            int event = rows.row();
            int time = rows.time();
            Label fail = rows.aside(() -> {
                code.loadThis();
                code.push(0);
                code.load(batched);
                code.method.visitVarInsn(ILOAD, rowsOf.batch.row());
                code.method.visitVarInsn(LLOAD, time);
                code.load(event);
                code.callStatic(FailedRows.class, "failOfBatch", boolean.class,
                        RowLoop.class, int.class, BatchedRows.class, int.class, long.class, Object.class);
            });
            code.load(batched);
            code.method.visitVarInsn(ILOAD, rowsOf.batch.row());
            code.call(BatchedRows.class, "result", Object.class, int.class);
            code.store(result);
            code.load(result);
            code.method.visitJumpInsn(IFNULL, fail);
            rows.read(0, form, result);
        }

        @Override
        public void writeNext() {
            rowsOf.writeNext();
        }

        @Override
        public void writeStop() {
            rowsOf.writeStop();
        }

        @Override
        public void writeEnd(int batched) {
            rowsOf.code.load(batched);
            rowsOf.code.call(BatchedRows.class, "end", void.class);
        }
    }
}
