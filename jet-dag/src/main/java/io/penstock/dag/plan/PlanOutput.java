package io.penstock.dag.plan;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.Type;

/** Writes a logical plan, stage by stage, and notes which classes of the user's its functions name. */
final class PlanOutput extends ObjectOutputStream {

    /** By name; with the class loader that has it. */
    private final Map<String, ClassLoader> classes = new TreeMap<>();
    /** The names that lambdas tell, with the class that made the lambda, which is written itself a moment later. */
    private final Map<String, String> namedByLambdas = new TreeMap<>();

    PlanOutput(OutputStream out) throws IOException {
        super(out);
        enableReplaceObject(true);
    }

    /** @throws IllegalArgumentException if something in it cannot be serialized; the message names the stage */
    void writePlan(LogicalPlan plan) {
        String stageName = null;
        try {
            writeInt(plan.stages().size());
            for (StageNode stage : plan.stages()) {
                stageName = stage.name();
                writeUTF(stageName);
                writeObject(stage);
            }
            flush();
        } catch (IOException e) {
            throw new IllegalArgumentException("stage '" + stageName + "': cannot be serialized: " + e, e);
        }
    }

    /** The classes that the functions of what was written name, with the class loaders that have them. */
    Map<String, ClassLoader> classes() {
        Map<String, ClassLoader> all = new TreeMap<>(classes);
        namedByLambdas.forEach((name, madeBy) -> {
            ClassLoader loader = classes.get(madeBy);
            if (loader != null) { // not if the JDK made the lambda
                all.putIfAbsent(name, loader);
            }
        });
        return all;
    }

    @Override
    protected void annotateClass(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element.getClassLoader() != null) {
            classes.put(element.getName(), element.getClassLoader());
        }
    }

    @Override
    protected void annotateProxyClass(Class<?> proxy) {
        for (Class<?> type : proxy.getInterfaces()) {
            annotateClass(type);
        }
    }

    /** A lambda is written as the names of the class that made it, of the method that it runs, and of its types. */
    @Override
    protected Object replaceObject(Object object) {
        if (object instanceof SerializedLambda lambda) {
            String madeBy = lambda.getCapturingClass().replace('/', '.');
            note(Type.getObjectType(lambda.getImplClass()), madeBy);
            note(Type.getObjectType(lambda.getFunctionalInterfaceClass()), madeBy);
            noteTypesOf(lambda.getImplMethodSignature(), madeBy);
            noteTypesOf(lambda.getInstantiatedMethodType(), madeBy);
        }
        return object;
    }

    private void noteTypesOf(String signature, String madeBy) {
        note(Type.getReturnType(signature), madeBy);
        for (Type type : Type.getArgumentTypes(signature)) {
            note(type, madeBy);
        }
    }

    private void note(Type type, String madeBy) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        if (element.getSort() == Type.OBJECT) {
            namedByLambdas.putIfAbsent(element.getClassName(), madeBy);
        }
    }
}
