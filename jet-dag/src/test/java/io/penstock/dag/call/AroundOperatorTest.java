package io.penstock.dag.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.Output;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is new in the border between operators and hosts must not get lost between the two. */
class AroundOperatorTest {

    /** The short forms of others, which come to these. */
    private static final Set<String> SHORT_FORMS = Set.of("emit/2", "fail/4");

    @Test
    void handsOnEveryCallOfTheHost() {
        assertEquals(List.of(), missing(Operator.class, CarriesCalls.class));
        assertEquals(List.of(), missing(Operator.class, WithoutCalls.class));
    }

    @Test
    void handsOnAllThatAStepEmits() throws ClassNotFoundException {
        assertEquals(List.of(), missing(Output.class, Class.forName(CarriesCalls.class.getName() + "$RowOutput")));
    }

    private static List<String> missing(Class<?> border, Class<?> around) {
        List<String> missing = new ArrayList<>();
        for (Method method : border.getDeclaredMethods()) {
            String name = method.getName() + "/" + method.getParameterCount();
            if (!method.isSynthetic() && !SHORT_FORMS.contains(name) && !hasOwn(around, method)) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static boolean hasOwn(Class<?> around, Method method) {
        for (Class<?> type = around; type != Object.class; type = type.getSuperclass()) {
            if (Arrays.stream(type.getDeclaredMethods()).anyMatch(own -> own.getName().equals(method.getName())
                    && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()))) {
                return true;
            }
        }
        return false;
    }
}
