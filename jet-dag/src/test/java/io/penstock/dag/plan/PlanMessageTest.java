package io.penstock.dag.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.Guarantee;
import io.penstock.dag.Pipeline;
import io.penstock.dag.PipelinePlans;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.step.PassThrough;
import io.penstock.grid.MapRef;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanMessageTest {

    private static final long COPIED_MAX = 5;

    private static final String ORDERS = """
            package acme;

            import io.penstock.dag.*;

            public class Orders {
                static abstract class Fees {
                    long of(long amount) { return amount + 1; }
                }

                static class Taxes extends Fees implements java.io.Serializable {}

                record Order(long amount) implements java.io.Serializable {}

                static class Rounding {
                    static long of(long amount) { return amount / 10; }
                }

                public static Pipeline pipeline() {
                    Pipeline pipeline = Pipeline.create();
                    Taxes taxes = new Taxes();
                    pipeline.readFrom(Sources.generator(9, index -> index))
                            .map(index -> new Order(index), o -> o.name("order"))
                            .map(order -> Rounding.of(taxes.of(order.amount())), o -> o.name("tax"))
                            .writeTo(Sinks.noop());
                    return pipeline;
                }
            }
            """;

    @TempDir
    private Path folder;

    private Build build(String name, String source) {
        return new Build(folder.resolve(name), source);
    }

    private static byte[] sent(ClassLoader from) throws ReflectiveOperationException {
        return message(Build.plan(from)).toBytes();
    }

    private static PlanMessage message(LogicalPlan logical) {
        return PlanMessage.of(logical, MapSizes.unknown(), false, COPIED_MAX, Guarantee.NONE);
    }

    private static PlanException refused(byte[] bytes, ClassLoader loader) {
        return assertThrows(PlanException.class, () -> PlanMessage.read(bytes, loader));
    }

    @Test
    void arrivesWithAllThatThePlanDependsOn() {
        MapRef<Long, String> big = MapRef.of("big", Long.class, String.class);
        MapRef<Long, String> small = MapRef.of("small", Long.class, String.class);
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(1, index -> index))
                .custom("first", lookUp(big))
                .custom("second", lookUp(small))
                .custom("third", lookUp(big))
                .writeTo(Sinks.noop());
        List<String> asked = new ArrayList<>();

        PlanMessage sent = PlanMessage.of(PipelinePlans.of(pipeline), ref -> {
            asked.add(ref.name());
            return ref == big ? COPIED_MAX + 1 : COPIED_MAX;
        }, true, COPIED_MAX, Guarantee.AT_LEAST_ONCE);
        PlanMessage read = PlanMessage.read(sent.toBytes(), getClass().getClassLoader());

        assertEquals(List.of("big", "small"), asked, "a size that is asked twice may differ");
        assertEquals(Map.of("big", COPIED_MAX + 1, "small", COPIED_MAX), read.mapSizes());
        assertTrue(read.isInterpreted());
        assertEquals(COPIED_MAX, read.copiedEntriesMax());
        assertEquals(Guarantee.AT_LEAST_ONCE, read.guarantee());
        assertEquals(sent.fingerprint(), read.fingerprint());
        assertEquals(PlanText.explain(sent.plan()), PlanText.explain(read.plan()));
        assertTrue(read.plan().vertexOf("first").root().isExchanged());
    }

    private static OperatorSpec lookUp(MapRef<?, ?> ref) {
        return OperatorSpec.of("look-up", PassThrough::new).withRowForm(new RowForm.LookedUp(ref, x -> x, (x, y) -> x));
    }

    @Test
    void arrivesWhereTheSameBuildIs() throws ReflectiveOperationException {
        Build build = build("one", ORDERS);

        PlanMessage read = PlanMessage.read(sent(build.loader()), build.loader());

        assertEquals(List.of("generator", "order", "tax", "noop"),
                read.logical().stages().stream().map(StageNode::name).toList());
        assertEquals(List.of(
                        "acme.Orders", "acme.Orders$Fees", "acme.Orders$Order", "acme.Orders$Rounding",
                        "acme.Orders$Taxes"),
                List.copyOf(read.fingerprint().classDigests().keySet()));
    }

    @Test
    void namesAClassThatIsMissingAndItsStage() throws Exception {
        byte[] bytes = sent(build("one", ORDERS).loader());

        PlanException all = refused(bytes, getClass().getClassLoader());
        PlanException captured = refused(bytes, build("other", ORDERS).without("acme.Orders$Taxes").loader());

        assertEquals("generator", all.stage());
        assertEquals("stage 'generator': class acme.Orders is missing on this member; send it with"
                + " o.addClass(acme.Orders.class) or o.addJar(path), or put it on the class path of all members",
                all.getMessage());
        assertTrue(captured.getMessage().contains(
                "class acme.Orders$Taxes is missing on this member; send it with o.addClass(acme.Orders.class)"),
                captured.getMessage());
    }

    /** Has none of the user's classes, and says so as Jet's loaders of jobs do. */
    private static final class Talkative extends ClassLoader {

        private Talkative() {
            super(PlanMessageTest.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            throw new ClassNotFoundException(
                    name + ". Add it using JobConfig or start all members with it on classpath");
        }
    }

    @Test
    void saysItsOwnWayOutWhateverTheClassLoaderSays() throws Exception {
        byte[] bytes = sent(build("one", ORDERS).loader());

        assertEquals(refused(bytes, getClass().getClassLoader()).getMessage(),
                refused(bytes, new Talkative()).getMessage());
    }

    @Test
    void namesAMissingClassThatOnlyTheCodeOfAFunctionNeeds() throws Exception {
        byte[] bytes = sent(build("one", ORDERS).loader());

        PlanException refused = refused(bytes, build("other", ORDERS).without("acme.Orders$Rounding").loader());

        assertTrue(refused.getMessage().startsWith("class acme.Orders$Rounding is missing on this member; send it with"
                + " o.addClass(acme.Orders.class)"), refused.getMessage());
    }

    @Test
    void refusesAnotherBuildOfTheClassThatMadeTheFunctions() throws Exception {
        byte[] bytes = sent(build("one", ORDERS).loader());

        Build other = build("other", ORDERS.replace("order.amount()", "order.amount() + 7"));
        PlanException refused = refused(bytes, other.loader());

        assertEquals("class acme.Orders is another build on this member than where the job was submitted, and may do"
                + " something else; put the same build on the class path of all members and of whoever submits",
                refused.getMessage());
        assertNull(refused.stage());
    }

    @Test
    void refusesAnotherBuildOfAClassThatAFunctionCalls() throws Exception {
        byte[] bytes = sent(build("one", ORDERS).loader());

        assertNames("acme.Orders$Rounding", refused(bytes, build("nested", ORDERS.replace("/ 10", "/ 20")).loader()));
        assertNames("acme.Orders$Fees", refused(bytes, build("parent", ORDERS.replace("+ 1;", "+ 2;")).loader()));
    }

    @Test
    void namesTheBuildWhereAFunctionIsGone() throws Exception {
        byte[] bytes = sent(build("one", ORDERS).loader());

        PlanException refused = refused(
                bytes, build("other", ORDERS.replace(
                        ".map(order -> Rounding.of(taxes.of(order.amount())), o -> o.name(\"tax\"))", "")).loader());

        assertEquals("tax", refused.stage());
        assertTrue(refused.getMessage().startsWith("stage 'tax': class acme.Orders is another build on this member"),
                refused.getMessage());
    }

    private static void assertNames(String className, PlanException refused) {
        assertTrue(refused.getMessage().startsWith("class " + className + " is another build on this member"),
                refused.getMessage());
    }

    /** Cannot be read back. */
    private record Stubborn() implements Serializable {
        private Object readResolve() {
            throw new IllegalStateException("not me");
        }
    }

    @Test
    void namesTheStageOfWhateverElseCannotBeRead() {
        byte[] bytes = capturing(new Stubborn()).toBytes();

        PlanException refused = refused(bytes, getClass().getClassLoader());

        assertEquals("stage 'map': cannot be read: java.lang.IllegalStateException: not me", refused.getMessage());
    }

    private static PlanMessage capturing(Object captured) {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(1, index -> index)).map(index -> captured).writeTo(Sinks.noop());
        return message(PipelinePlans.of(pipeline));
    }

    /** What is called of a proxy. */
    private record Nothing() implements java.lang.reflect.InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
            return null;
        }
    }

    @Test
    void takesPrimitiveTypesArraysAndProxiesAlong() {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Supplier.class}, new Nothing());
        byte[] bytes = capturing(new Object[] {int.class, new long[0][0], proxy, Nothing[].class}).toBytes();

        assertEquals(3, PlanMessage.read(bytes, getClass().getClassLoader()).logical().stages().size());
    }

    @Test
    void refusesBytesThatAreNone() {
        byte[] bytes = capturing("text").toBytes();
        byte[] otherFormat = bytes.clone();
        otherFormat[3]++;

        assertTrue(refused(Arrays.copyOf(bytes, 40), getClass().getClassLoader()).getMessage()
                .startsWith("the plan cannot be read: java.io.EOFException"));
        assertTrue(refused(otherFormat, getClass().getClassLoader()).getMessage().startsWith(
                "the plan was sent in format 2, but this member reads format 1; run the same version of Penstock"));
    }

    @Test
    void refusesToCarryDataThatBelongsInAMap() {
        PlanMessage message = capturing(new byte[1_000]);

        assertFalse(message.toBytes(100_000).length < 1_000);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> message.toBytes(1_000)).getMessage()
                .endsWith("bytes of data, more than 1000; put the data into a map, and look it up"));
    }

    @Test
    void refusesWhatCannotBeSerialized() {
        PlanMessage message = new PlanMessage(
                PipelinePlans.of(unserializable()), Map.of(), false, 0, Guarantee.NONE,
                new PlanFingerprint("", new java.util.TreeMap<>()));

        assertEquals("stage 'map': cannot be serialized: java.io.NotSerializableException: java.lang.Object",
                assertThrows(IllegalArgumentException.class, message::toBytes).getMessage());
    }

    private static Pipeline unserializable() {
        Object captured = new Object();
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.generator(1, index -> index)).map(index -> captured).writeTo(Sinks.noop());
        return pipeline;
    }
}
