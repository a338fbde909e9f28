package io.penstock.dag.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test that runs on each {@link Host}, its parameter, but for one whose members are in JVMs of their own. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@EnumSource(value = Host.class, mode = EnumSource.Mode.EXCLUDE, names = "PROCESSES_3")
public @interface OnHostsOfThisJvm {

    /** What of the test is in this JVM only. */
    String because();
}
