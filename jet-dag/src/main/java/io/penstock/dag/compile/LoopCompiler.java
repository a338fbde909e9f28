package io.penstock.dag.compile;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.PUTSTATIC;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.plan.StageNode;
import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Makes a class for each loop of a plan, with the user's functions in {@code static final} fields, so that the JIT
 * compiles one method out of all of them. Instances of a loop share its class, and so do later jobs with the same
 * stages and functions.
 *
 * <p>Thread-safe.
 */
public final class LoopCompiler {

    /** So many classes are kept for jobs to come. */
    private static final int CLASSES_MAX = 256;

    /** The class that was not used for longest comes first. */
    private final Map<LoopKey, Constructor<? extends RowLoop>> compiled = new LinkedHashMap<>(16, 0.75f, true);

    /** An instance of the loop over these stages. */
    public RowLoop loop(List<StageNode> stages, List<? extends LoopNode> nodes) {
        try {
            return constructor(stages).newInstance(nodes);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make the loop of " + names(stages), e);
        }
    }

    private synchronized Constructor<? extends RowLoop> constructor(List<StageNode> stages) {
        LoopKey key = LoopKey.of(stages);
        Constructor<? extends RowLoop> constructor = compiled.get(key);
        if (constructor == null) {
            constructor = compile(stages);
            compiled.put(key, constructor);
            if (compiled.size() > CLASSES_MAX) {
                compiled.remove(compiled.keySet().iterator().next());
            }
        }
        return constructor;
    }

    private static String names(List<StageNode> stages) {
        return stages.stream().map(StageNode::name).collect(Collectors.joining(" > "));
    }

    private static Constructor<? extends RowLoop> compile(List<StageNode> stages) {
        String typeName = LoopCompiler.class.getPackageName().replace('.', '/') + "/Loop$"
                + stages.stream()
                        .map(stage -> stage.name().replaceAll("[^A-Za-z0-9]", "_"))
                        .collect(Collectors.joining("$"));
        ClassWriter type = new FramesWithoutLoading();
        type.visit(V17, ACC_PUBLIC | ACC_FINAL | ACC_SUPER, typeName, null, LoopCode.LOOP, null);
        type.visitSource(names(stages), null);
        List<RowForm> forms = stages.stream().map(stage -> stage.spec().rowForm()).toList();
        boolean isBatched = stages.get(0).isBatched();
        MethodVisitor run = type.visitMethod(
                ACC_PUBLIC, "run", LoopCode.descriptor(boolean.class, Batch.class), null,
                new String[] {Type.getInternalName(Exception.class)});
        LoopCode code = new LoopCode(type, typeName, run);
        run.visitCode();
        new LoopWriter(code, forms, isBatched).write();
        run.visitMaxs(0, 0);
        run.visitEnd();
        writeConstructor(type, forms.get(0), isBatched);
        writeConstants(type, typeName, code);
        type.visitEnd();
        return define(typeName.replace('/', '.'), type.toByteArray(), code.constants());
    }

    private static void writeConstructor(ClassWriter type, RowForm first, boolean isBatched) {
        String descriptor = LoopCode.descriptor(void.class, List.class);
        MethodVisitor method = type.visitMethod(ACC_PUBLIC, "<init>", descriptor, null, null);
        method.visitCode();
        method.visitVarInsn(ALOAD, 0);
        method.visitVarInsn(ALOAD, 1);
        method.visitMethodInsn(INVOKESPECIAL, LoopCode.LOOP, "<init>", descriptor, false);
        if (isBatched && first instanceof RowForm.LookedUp lookedUp) {
            LoopCode code = new LoopCode(type, "", method);
            code.loadThis();
            code.push(LookUpCode.kindOf(lookedUp) == KeyKind.OBJECT ? 0 : 1);
            code.callLoop("useKeys", void.class, boolean.class);
        }
        method.visitInsn(RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    /** Takes the constants from the class loader, when the class is initialized. */
    private static void writeConstants(ClassWriter type, String typeName, LoopCode code) {
        MethodVisitor method = type.visitMethod(ACC_STATIC, "<clinit>", "()V", null, null);
        LoopCode initializer = new LoopCode(type, typeName, method);
        method.visitCode();
        for (int i = 0; i < code.constants().size(); i++) {
            Class<?> constantType = code.constantTypes().get(i);
            method.visitLdcInsn(Type.getObjectType(typeName));
            initializer.push(i);
            initializer.callStatic(LoopLoader.class, "constant", Object.class, Class.class, int.class);
            method.visitTypeInsn(CHECKCAST, Type.getInternalName(constantType));
            method.visitFieldInsn(PUTSTATIC, typeName, "C" + i, Type.getDescriptor(constantType));
        }
        method.visitInsn(RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static Constructor<? extends RowLoop> define(String name, byte[] bytes, List<Object> constants) {
        try {
            return new LoopLoader(constants).define(name, bytes).asSubclass(RowLoop.class).getConstructor(List.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Computes frames without loading classes: what meets is of one type, or is used as an Object. */
    private static final class FramesWithoutLoading extends ClassWriter {

        private FramesWithoutLoading() {
            super(COMPUTE_FRAMES);
        }

        @Override
        protected String getCommonSuperClass(String type1, String type2) {
            return Type.getInternalName(Object.class);
        }
    }
}
