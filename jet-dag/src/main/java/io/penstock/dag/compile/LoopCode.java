package io.penstock.dag.compile;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.BIPUSH;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.GETSTATIC;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.LADD;
import static org.objectweb.asm.Opcodes.LCONST_0;
import static org.objectweb.asm.Opcodes.LCONST_1;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LSTORE;
import static org.objectweb.asm.Opcodes.PUTFIELD;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** What is written of a loop so far: its method, its local variables, its constants. */
final class LoopCode {

    static final String LOOP = Type.getInternalName(RowLoop.class);
    static final int THIS = 0;

    /** Code that is reached through an exception, or instead of the usual way; written behind the loop. */
    private record Aside(Label start, int stage, Runnable code) {}

    final MethodVisitor method;
    private final ClassWriter type;
    private final String typeName;
    private final List<Object> constants = new ArrayList<>();
    private final List<Class<?>> constantTypes = new ArrayList<>();
    private final List<Aside> asides = new ArrayList<>();
    private int nextLocal = 2;
    private int stage;

    LoopCode(ClassWriter type, String typeName, MethodVisitor method) {
        this.type = type;
        this.typeName = typeName;
        this.method = method;
    }

    /** The constants, in the order of their fields. */
    List<Object> constants() {
        return constants;
    }

    int newLocal() {
        return nextLocal++;
    }

    int newLongLocal() {
        int local = nextLocal;
        nextLocal += 2;
        return local;
    }

    /** A long variable that begins with 0, such as a count. */
    int newCount() {
        int local = newLongLocal();
        method.visitInsn(LCONST_0);
        method.visitVarInsn(LSTORE, local);
        return local;
    }

    void increment(int longLocal) {
        method.visitVarInsn(LLOAD, longLocal);
        method.visitInsn(LCONST_1);
        method.visitInsn(LADD);
        method.visitVarInsn(LSTORE, longLocal);
    }

    void loadThis() {
        method.visitVarInsn(ALOAD, THIS);
    }

    void load(int local) {
        method.visitVarInsn(ALOAD, local);
    }

    void store(int local) {
        method.visitVarInsn(ASTORE, local);
    }

    void push(int number) {
        if (number >= Byte.MIN_VALUE && number <= Byte.MAX_VALUE) {
            method.visitIntInsn(BIPUSH, number);
        } else {
            method.visitLdcInsn(number);
        }
    }

    /** Puts a field of the loop's on the stack. */
    void getField(String name, Class<?> ofType) {
        loadThis();
        method.visitFieldInsn(GETFIELD, LOOP, name, Type.getDescriptor(ofType));
    }

    /** Stores what the code puts on the stack into a field of the loop's. */
    void putField(String name, Class<?> ofType, Runnable value) {
        loadThis();
        value.run();
        method.visitFieldInsn(PUTFIELD, LOOP, name, Type.getDescriptor(ofType));
    }

    /** Puts a function on the stack, which is a constant of the class. */
    void loadConstant(Object value, Class<?> ofType) {
        String name = "C" + constants.size();
        String descriptor = Type.getDescriptor(ofType);
        type.visitField(ACC_PUBLIC | ACC_STATIC | ACC_FINAL, name, descriptor, null, null).visitEnd();
        constants.add(value);
        constantTypes.add(ofType);
        method.visitFieldInsn(GETSTATIC, typeName, name, descriptor);
    }

    List<Class<?>> constantTypes() {
        return constantTypes;
    }

    /** Calls a method of the loop's own; the receiver and the arguments are on the stack. */
    void callLoop(String name, Class<?> result, Class<?>... parameters) {
        method.visitMethodInsn(INVOKEVIRTUAL, LOOP, name, descriptor(result, parameters), false);
    }

    void call(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        method.visitMethodInsn(
                owner.isInterface() ? INVOKEINTERFACE : INVOKEVIRTUAL,
                Type.getInternalName(owner), name, descriptor(result, parameters), owner.isInterface());
    }

    void callStatic(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        method.visitMethodInsn(
                INVOKESTATIC, Type.getInternalName(owner), name, descriptor(result, parameters), owner.isInterface());
    }

    static String descriptor(Class<?> result, Class<?>... parameters) {
        Type[] types = new Type[parameters.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = Type.getType(parameters[i]);
        }
        return Type.getMethodDescriptor(Type.getType(result), types);
    }

    /** Says that what follows belongs to a stage; in a stack trace its line is the stage's number, from 1. */
    void stage(int ordinal) {
        stage = ordinal;
        method.visitLineNumber(ordinal + 1, place());
    }

    Label place() {
        Label label = new Label();
        method.visitLabel(label);
        return label;
    }

    /** Writes code whose exceptions come to the handler, with the exception in a variable. */
    void guarded(Runnable code, int exceptionLocal, Runnable handler) {
        Label start = place();
        code.run();
        Label end = place();
        Label handlerStart = new Label();
        method.visitTryCatchBlock(start, end, handlerStart, Type.getInternalName(Exception.class));
        asides.add(new Aside(handlerStart, stage, () -> {
            store(exceptionLocal);
            handler.run();
        }));
    }

    /** A place behind the loop with this code, which ends with a jump. */
    Label aside(Runnable code) {
        Label start = new Label();
        asides.add(new Aside(start, stage, code));
        return start;
    }

    /** Writes what stands behind the loop. */
    void writeAsides() {
        for (int i = 0; i < asides.size(); i++) {
            Aside aside = asides.get(i);
            method.visitLabel(aside.start);
            stage(aside.stage);
            aside.code.run();
        }
    }
}
