package io.penstock.dag.compile;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.I2L;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LSTORE;

/**
 * What a loop keeps a key as. A boxed number is unboxed at once, and boxed again only for those who are given a row that
 * fails: a box that somebody may still ask for has to be made.
 */
enum KeyKind {
    INT(Integer.class, int.class, ISTORE, ILOAD),
    LONG(Long.class, long.class, LSTORE, LLOAD),
    OBJECT(Object.class, Object.class, ASTORE, ALOAD);

    private final Class<?> boxed;
    private final Class<?> kept;
    private final int store;
    private final int load;

    KeyKind(Class<?> boxed, Class<?> kept, int store, int load) {
        this.boxed = boxed;
        this.kept = kept;
        this.store = store;
        this.load = load;
    }

    /** For keys of this class; null if it is not known. */
    static KeyKind of(Class<?> type) {
        if (type == Integer.class) {
            return INT;
        }
        return type == Long.class ? LONG : OBJECT;
    }

    /** What a key is cast to. */
    Class<?> boxed() {
        return boxed;
    }

    /** What a key is kept as. */
    Class<?> kept() {
        return kept;
    }

    int newLocal(LoopCode code) {
        return this == LONG ? code.newLongLocal() : code.newLocal();
    }

    /** Stores the key on the stack, which is of the class {@link #boxed} and not null. */
    void unbox(LoopCode code, int local) {
        if (this == INT) {
            code.call(Integer.class, "intValue", int.class);
        } else if (this == LONG) {
            code.call(Long.class, "longValue", long.class);
        }
        code.method.visitVarInsn(store, local);
    }

    void load(LoopCode code, int local) {
        code.method.visitVarInsn(load, local);
    }

    /** Puts a key that is not an object on the stack as a long. */
    void loadLong(LoopCode code, int local) {
        load(code, local);
        if (this == INT) {
            code.method.visitInsn(I2L);
        }
    }

    /** Puts the key on the stack as an object. */
    void loadBoxed(LoopCode code, int local) {
        load(code, local);
        if (this != OBJECT) {
            code.callStatic(boxed, "valueOf", boxed, kept);
        }
    }
}
