package io.penstock.dag.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.KeyedWindowResult;
import io.penstock.dag.step.Partial;
import io.penstock.grid.GridException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventFormsPropertyTest {

    private static final int ROWS_MAX = 256;

    private final EventForms forms = new EventForms();

    private byte[] written(Object... events) {
        EventWriter writer = forms.writer();
        writer.events(events, events.length, () -> "an event");
        byte[] bytes = Arrays.copyOf(writer.out().bytes(), writer.out().size());
        forms.done(writer);
        return bytes;
    }

    private static Object[] read(byte[] bytes, int count, EventForms forms) throws IOException {
        WireInput in = new WireInput(bytes, 0, bytes.length);
        Object[] events = new EventReader(forms, in).events(count);
        assertEquals(0, in.left());
        return events;
    }

    private Object[] there(Object... events) throws IOException {
        return read(written(events), events.length, forms);
    }

    private static void assertSameEvents(Object[] expected, Object[] found) {
        assertEquals(expected.length, found.length);
        for (int i = 0; i < expected.length; i++) {
            assertSameEvent(expected[i], found[i]);
        }
    }

    private static void assertSameEvent(Object expected, Object found) {
        if (expected instanceof Samples.Pair<?, ?> pair) {
            assertSameEvent(pair.a(), ((Samples.Pair<?, ?>) found).a());
            assertSameEvent(pair.b(), ((Samples.Pair<?, ?>) found).b());
        } else if (expected instanceof Samples.SerializablePair<?, ?> pair) {
            assertSameEvent(pair.a(), ((Samples.SerializablePair<?, ?>) found).a());
            assertSameEvent(pair.b(), ((Samples.SerializablePair<?, ?>) found).b());
        } else {
            assertTrue(Objects.deepEquals(expected, found), () -> "sent " + expected + ", but got " + found);
            assertSame(expected == null ? null : expected.getClass(), found == null ? null : found.getClass());
        }
    }

    @Test
    void anyEventsComeBackAsTheyWere() throws IOException {
        long seed = seed("anyEventsComeBackAsTheyWere");
        Random random = new Random(seed);
        for (int batch = 0; batch < 3_000; batch++) {
            Object[] events = new Object[random.nextInt(8) == 0 ? ROWS_MAX : random.nextInt(12)];
            boolean isOfOneClass = random.nextBoolean();
            long ownSeed = random.nextLong();
            for (int i = 0; i < events.length; i++) {
                events[i] = Samples.any(isOfOneClass ? new Alike(ownSeed, i) : random, 3);
            }
            assertSameEvents(events, there(events));
        }
    }

    /** The same choices first, so that the events of a batch are mostly of one class. */
    private static final class Alike extends Random {
        private static final long serialVersionUID = 1L;
        private final transient Random own;
        private int choices;

        Alike(long seed, int row) {
            super(seed);
            own = new Random(seed + row);
        }

        @Override
        protected int next(int bits) {
            return own == null || choices++ == 0 ? super.next(bits) : own.nextInt() >>> 32 - bits;
        }
    }

    @Test
    void numbersTakeTheBytesThatTheyNeed() throws IOException {
        Object[] events = new Object[ROWS_MAX];
        Arrays.setAll(events, i -> 1_000_000_000_000L + i % 2);
        assertEquals(1 + 6 + 1 + ROWS_MAX, written(events).length);
        Arrays.fill(events, 5L);
        assertEquals(1 + 1 + 1, written(events).length);
    }

    @Test
    void namesAreWrittenOnce() throws IOException {
        Object[] events = new Object[ROWS_MAX];
        Random random = new Random(1);
        Arrays.setAll(events, i -> new Samples.Trade(
                i, "ABCD", random.nextDouble(), random.nextInt(100), Samples.Side.BUY, 1_000L * i));
        int perRow = written(events).length / ROWS_MAX;
        assertTrue(perRow <= 1 + 4 + 8 + 1 + 3, () -> perRow + " bytes");
    }

    @Test
    void aPartialResultIsWrittenByItsParts() throws IOException {
        Object[] events = new Object[ROWS_MAX];
        Arrays.setAll(events, i -> new Partial("key" + i, 60_000, new long[] {i}));
        byte[] bytes = written(events);
        assertTrue(bytes.length < 10 * ROWS_MAX, () -> bytes.length + " bytes");
        Object[] found = read(bytes, ROWS_MAX, forms);
        for (int i = 0; i < ROWS_MAX; i++) {
            Partial partial = (Partial) found[i];
            assertEquals("key" + i, partial.key());
            assertEquals(60_000, partial.endMs());
            assertSameEvent(new long[] {i}, partial.accumulator());
        }
    }

    @Test
    void resultsOfWindowsComeBack() throws IOException {
        Object[] events = {
            new KeyedWindowResult<>(0, 10, "a", 5L), new KeyedWindowResult<>(0, 10, UUID.randomUUID(), 5.0),
            new KeyedWindowResult<>(0, 10, "b", null)
        };
        assertSameEvents(events, there(events));
    }

    @Test
    void classesOfOursHaveNumbers() throws Exception {
        for (String name : ClassNames.KNOWN) {
            Class<?> type = Class.forName(name);
            assertTrue(ClassNames.written(type).length() <= 2, name);
            assertEquals(name, ClassNames.read(ClassNames.written(type)));
        }
        assertEquals(Samples.Trade.class.getName(), ClassNames.read(ClassNames.written(Samples.Trade.class)));
    }

    @Test
    void anObjectInTwoPlacesOfAnEventStaysOne() throws IOException {
        List<String> list = new ArrayList<>(List.of("a"));
        Samples.SerializablePair<?, ?> pair =
                (Samples.SerializablePair<?, ?>) there(new Samples.SerializablePair<>(list, list))[0];
        assertSame(pair.a(), pair.b());
        long[] array = {1};
        Samples.SerializablePair<?, ?> arrays =
                (Samples.SerializablePair<?, ?>) there(new Samples.SerializablePair<>(array, array))[0];
        assertSame(arrays.a(), arrays.b());
        Samples.Pair<?, ?> unserializable = (Samples.Pair<?, ?>) there(new Samples.Pair<>(array, array))[0];
        assertNotSame(unserializable.a(), unserializable.b()); // known, and said in the documentation
    }

    @Test
    void aRecordThatSaysHowItIsWrittenIsAsked() throws IOException {
        assertEquals(new Samples.Named("!bc"), there(new Samples.Named("abc"))[0]);
    }

    @Test
    void longChainsOfRecordsComeBack() throws IOException {
        Samples.Chain chain = null;
        for (int i = 0; i < 500; i++) {
            chain = new Samples.Chain(i, chain);
        }
        assertEquals(chain, there(chain)[0]);
    }

    @Test
    void namesTheClassThatCannotBeSentAndTheWayOut() {
        GridException direct = assertThrows(GridException.class, () -> written(new Samples.Unsendable()));
        assertEquals(GridException.Code.BAD_TYPE, direct.code());
        assertEquals("an event cannot be sent to other members or saved: io.penstock.dag.wire.Samples$Unsendable is"
                + " neither a record nor serializable (io.penstock.dag.wire.Samples$Unsendable); make it a record, or"
                + " let it implement java.io.Serializable", direct.getMessage());
        GridException within = assertThrows(
                GridException.class, () -> written(5L, new Samples.Pair<>("a", new Samples.Unsendable())));
        assertTrue(within.getMessage().startsWith("an event cannot be sent to other members or saved: java.lang.Long or"
                + " io.penstock.dag.wire.Samples$Pair.b is neither a record nor serializable"), within.getMessage());
    }

    @Test
    void aWriterCanBeUsedAgainAfterAFailure() throws IOException {
        assertThrows(GridException.class, () -> written("a", new Samples.Unsendable()));
        assertEquals("b", there("b")[0]);
    }

    /** Has classes of its own of everything in this package. */
    private static final class OtherLoader extends ClassLoader {

        OtherLoader() {
            super(EventFormsPropertyTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(Samples.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void classesAreThoseOfTheContextClassLoader() throws IOException {
        Object[] events = {
            Samples.trade(new Random(3)), Samples.Side.SELL, new Samples.Box(5L), new Samples.Plain(1, "a", null)
        };
        ClassLoader other = new OtherLoader();
        Object[] found = inLoader(other, written(events), events.length);
        for (int i = 0; i < events.length; i++) {
            assertEquals(EventWriter.typeOf(events[i]).getName(), EventWriter.typeOf(found[i]).getName());
            assertSame(other, found[i].getClass().getClassLoader());
        }
        assertEquals(events[0].toString(), found[0].toString());
    }

    private Object[] inLoader(ClassLoader loader, byte[] bytes, int count) throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return read(bytes, count, forms);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void namesTheClassThatIsMissingAndTheWayOut() {
        byte[] bytes = written(Samples.trade(new Random(3)));
        byte[] java = written(new Samples.Box(1L));
        for (byte[] sent : List.of(bytes, java)) {
            IOException e = assertThrows(
                    IOException.class, () -> inLoader(ClassLoader.getPlatformClassLoader(), sent, 1));
            assertTrue(e.getMessage().contains("this member has no class io.penstock.dag.wire.Samples$")
                    && e.getMessage().contains("o.addClass(...)"), e.getMessage());
        }
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void damagedBytesGiveAnErrorAndNothingElse() {
        long seed = seed("damagedBytesGiveAnErrorAndNothingElse");
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            Object[] events = new Object[1 + random.nextInt(6)];
            Arrays.setAll(events, i -> Samples.any(random, 2));
            byte[] bytes = written(events);
            for (int i = 0; i < 50; i++) {
                refused += isRefused(damaged(bytes, random), events.length) ? 1 : 0;
            }
        }
        assertTrue(refused > 40_000, "refused " + refused);
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(damaged, random.nextInt(damaged.length));
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xFF);
        }
        return damaged;
    }

    private boolean isRefused(byte[] damaged, int count) {
        try {
            read(damaged, count, forms);
            return false;
        } catch (IOException | GridException e) {
            return true;
        } catch (AssertionError e) {
            return true; // bytes are left
        }
    }

    static long seed(String test) {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println(test + ": -Dpenstock.seed=" + seed);
        return seed;
    }
}
