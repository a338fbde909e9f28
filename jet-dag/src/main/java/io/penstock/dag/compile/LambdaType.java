package io.penstock.dag.compile;

import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;

/** What is known of a function beyond its interface: a serializable lambda tells what its caller declared. */
final class LambdaType {

    private LambdaType() {}

    /** The class of a function's results as its lambda declares it; null if the function does not tell. */
    static Class<?> resultOf(Object function) {
        SerializedLambda lambda = serialized(function);
        if (lambda == null) {
            return null;
        }
        try {
            return MethodType.fromMethodDescriptorString(
                    lambda.getInstantiatedMethodType(), function.getClass().getClassLoader()).returnType();
        } catch (TypeNotPresentException | IllegalArgumentException e) {
            return null;
        }
    }

    /** What a serializable lambda turns into when it is written, or null if the object is no lambda. */
    static SerializedLambda serialized(Object function) {
        if (!function.getClass().isHidden() && !function.getClass().isSynthetic()) {
            return null;
        }
        try {
            Method replace = function.getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            return replace.invoke(function) instanceof SerializedLambda lambda ? lambda : null;
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return null;
        }
    }
}
