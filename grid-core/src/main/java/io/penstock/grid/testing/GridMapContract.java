package io.penstock.grid.testing;

import io.penstock.grid.GridMap;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What every {@link GridMap} does, wherever its entries live; as checks, each of one claim. Whoever writes a store or a
 * host of grids runs them all:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> doesWhatEveryMapDoes() {
 *     return GridMapContract.checks().stream()
 *             .map(check -> dynamicTest(check.toString(), () -> check.run(new MyHost())));
 * }
 * }</pre>
 *
 * <p>Needs no test framework: a claim that does not hold is thrown as an {@link AssertionError} that names the check,
 * what was expected and what was found.
 */
public final class GridMapContract {

    /** Each static method that is not private and takes a {@link TestBed} only is a check; its name is the claim. */
    private static final List<Class<?>> THEMES = List.of(
            SingleKeyChecks.class,
            ConditionChecks.class,
            FunctionChecks.class,
            ProcessorChecks.class,
            CollectionChecks.class,
            SeveralKeysChecks.class,
            PredicateChecks.class,
            LimitChecks.class,
            TimeToLiveChecks.class,
            AsyncChecks.class,
            ChangesChecks.class,
            ReaderChecks.class,
            ListenerChecks.class,
            LocalViewChecks.class,
            WrongUseChecks.class,
            ClosedChecks.class);

    private GridMapContract() {}

    /** All checks, by theme and name. */
    public static List<Check> checks() {
        return THEMES.stream().flatMap(GridMapContract::checksOf).toList();
    }

    private static Stream<Check> checksOf(Class<?> theme) {
        return Arrays.stream(theme.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {TestBed.class}))
                .sorted(Comparator.comparing(Method::getName))
                .map(Check::new);
    }

    /** One claim about maps. */
    public static final class Check {

        private final Method method;

        private Check(Method method) {
            this.method = method;
        }

        /** What it is about, such as {@code SingleKey}. */
        public String theme() {
            return method.getDeclaringClass().getSimpleName().replaceFirst("Checks$", "");
        }

        /** The claim, such as {@code putReturnsThePreviousValue}. */
        public String name() {
            return method.getName();
        }

        /**
         * Opens grids, tries the claim, and closes them.
         *
         * @throws AssertionError if the claim does not hold; with the exception, if it was one, as its cause
         */
        public void run(GridHost host) {
            try (TestBed bed = new TestBed(host)) {
                method.invoke(null, bed);
            } catch (InvocationTargetException e) {
                throw failed(e.getCause());
            } catch (IllegalAccessException e) {
                throw failed(e);
            }
        }

        private AssertionError failed(Throwable cause) {
            String why = cause instanceof AssertionError ? cause.getMessage() : cause.toString();
            return new AssertionError("check " + this + ": " + why, cause);
        }

        @Override
        public String toString() {
            return theme() + "." + name();
        }
    }
}
