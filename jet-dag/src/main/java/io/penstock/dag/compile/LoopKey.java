package io.penstock.dag.compile;

import io.penstock.dag.operator.RowForm;
import io.penstock.dag.plan.StageNode;
import io.penstock.grid.MapRef;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes two loops the same, so that the second one, of another job or another instance, can use the class of the
 * first, which the JIT has compiled already: the same stages with the same functions. Two lambdas are the same if they
 * come from the same place of the code and have captured equal constants or the same objects.
 */
record LoopKey(List<Object> parts) {

    /** An object that is the same only as itself. */
    private record Identity(Object object) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Identity identity && identity.object == object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }
    }

    private record Lambda(Class<?> type, List<Object> captured) {}

    static LoopKey of(List<StageNode> stages) {
        List<Object> parts = new ArrayList<>();
        for (StageNode stage : stages) {
            parts.add(stage.name());
            parts.add(stage.isBatched());
            parts.add(stage.spec().rowForm().getClass());
            addComponents(stage.spec().rowForm(), parts);
        }
        return new LoopKey(parts);
    }

    private static void addComponents(RowForm form, List<Object> parts) {
        for (RecordComponent component : form.getClass().getRecordComponents()) {
            try {
                parts.add(keyOf(component.getAccessor().invoke(form)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Object keyOf(Object object) {
        if (object == null || object instanceof String || object instanceof Number || object instanceof Boolean
                || object instanceof Character || object instanceof Class || object instanceof Enum
                || object instanceof MapRef) {
            return object == null ? Void.class : object;
        }
        SerializedLambda lambda = LambdaType.serialized(object);
        if (lambda == null) {
            return new Identity(object);
        }
        List<Object> captured = new ArrayList<>();
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            captured.add(keyOf(lambda.getCapturedArg(i)));
        }
        return new Lambda(object.getClass(), captured);
    }
}
