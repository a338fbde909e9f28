package io.penstock.dag.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFingerprintTest {

    private static final String SOURCE = """
            package acme;

            import io.penstock.dag.*;

            public class Orders {
                static long half(long amount) { return amount / 2; }

                public static Pipeline pipeline() {
                    Pipeline pipeline = Pipeline.create();
                    pipeline.readFrom(Sources.generator(9, index -> index)).map(Orders::half).writeTo(Sinks.noop());
                    return pipeline;
                }
            }
            """;

    @TempDir
    private Path folder;

    private static PlanFingerprint fingerprint(ClassLoader loader) throws ReflectiveOperationException {
        LogicalPlan logical = Build.plan(loader);
        return PlanFingerprint.of(logical, plan(logical));
    }

    private static Plan plan(LogicalPlan logical) {
        return Planner.forCluster(logical, MapSizes.unknown(), 1);
    }

    @Test
    void isTheSameWhereverTheSameBuildIs() throws Exception {
        PlanFingerprint one = fingerprint(new Build(folder.resolve("one"), SOURCE).loader());
        ClassLoader other = new Build(folder.resolve("other"), SOURCE).loader();

        assertEquals(one, fingerprint(other));
        assertEquals(one, one.here(plan(Build.plan(other)), other));
        assertNull(one.differenceTo(fingerprint(other)));
    }

    @Test
    void differsFromAnotherBuildAndNamesTheClass() throws Exception {
        PlanFingerprint one = fingerprint(new Build(folder.resolve("one"), SOURCE).loader());
        PlanFingerprint other = fingerprint(new Build(folder.resolve("other"), SOURCE.replace("/ 2", "/ 3")).loader());

        assertEquals("class acme.Orders is another build on this member than where the job was submitted, and may do"
                + " something else; put the same build on the class path of all members and of whoever submits",
                one.differenceTo(other));
    }

    @Test
    void namesTheVersionOfPenstockWhereThePlanDiffers() {
        PlanFingerprint one = new PlanFingerprint("a", new TreeMap<>(Map.of("acme.Orders", "x")));
        PlanFingerprint other = new PlanFingerprint("b", one.classDigests());

        assertEquals("this member plans the job in another way than where it was submitted, as another version of"
                + " Penstock would; run the same version on all members and where jobs are submitted",
                one.differenceTo(other));
        assertNotEquals(one, other);
    }

    /** A loader with classes that have no files. */
    private static final class Generated extends ClassLoader {

        private Generated(Build build) throws IOException {
            super(PlanFingerprintTest.class.getClassLoader());
            byte[] bytes = build.bytesOf("acme.Orders");
            defineClass("acme.Orders", bytes, 0, bytes.length);
        }
    }

    @Test
    void doesNotCompareAClassThatHasNoFile() throws Exception {
        Build build = new Build(folder, SOURCE);

        PlanFingerprint generated = fingerprint(new Generated(build));

        assertEquals(Map.of("acme.Orders", ClassDigests.NO_FILE), generated.classDigests());
        assertNull(generated.differenceTo(fingerprint(build.loader())));
        assertEquals("class acme.Orders is missing on this member; send it with o.addClass(acme.Orders.class) or"
                + " o.addJar(path), or put it on the class path of all members",
                fingerprint(build.loader()).differenceTo(generated));
    }

    @Test
    void leavesOutTheJdkAndPenstock() {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.items(1L)).map(Object::toString).writeTo(Sinks.noop());
        LogicalPlan logical = pipeline.forHost();

        assertEquals(Map.of(), PlanFingerprint.of(logical, plan(logical)).classDigests());
    }
}
