package io.penstock.dag.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a logical plan with the classes that a class loader has. */
final class PlanInput extends ObjectInputStream {

    private static final Map<String, Class<?>> PRIMITIVES = Stream.of(
                    boolean.class, byte.class, char.class, short.class, int.class, long.class, float.class,
                    double.class, void.class)
            .collect(Collectors.toMap(Class::getName, Function.identity()));

    private final ClassLoader loader;
    private String stage;

    PlanInput(InputStream in, ClassLoader loader) throws IOException {
        super(in);
        this.loader = loader;
    }

    LogicalPlan readPlan() throws IOException, ClassNotFoundException {
        int count = readInt();
        List<StageNode> stages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stage = readUTF();
            stages.add((StageNode) readObject());
        }
        stage = null;
        return new LogicalPlan(stages);
    }

    /** The stage that is being read, or null. */
    String stage() {
        return stage;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
        Class<?> primitive = PRIMITIVES.get(type.getName());
        return primitive != null ? primitive : Class.forName(type.getName(), false, loader);
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws ClassNotFoundException {
        Class<?>[] types = new Class<?>[interfaces.length];
        for (int i = 0; i < interfaces.length; i++) {
            types[i] = Class.forName(interfaces[i], false, loader);
        }
        return Proxy.newProxyInstance(loader, types, (proxy, method, arguments) -> null).getClass();
    }
}
