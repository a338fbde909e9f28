package io.penstock.bench.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Measures with so few entries that figures mean nothing; what is looked at is whether results are checked. */
class MapRunTest {

    private static final int ENTRIES = 5_000;

    private static MapOrder order(MapSystem system, int threads, int writesPerSecond) {
        return new MapOrder(MapHost.EMBEDDED, 0, system, threads, ENTRIES, 20, 30, writesPerSecond,
                List.of(MapOp.values()));
    }

    static List<MapSystem> embedded() {
        return Arrays.stream(MapSystem.values()).filter(system -> system.isOn(MapHost.EMBEDDED)).toList();
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void everySystemHasWhatItMustHaveAfterEachOperation(MapSystem system) throws Exception {
        int threads = system.isConcurrent() ? 2 : 1;
        MapOrder order = order(system, threads, 20_000);
        MapFigures figures = MapRun.measure(order);
        for (MapFigures.OfOp figure : figures.ops()) {
            assertNull(figure.fault(), () -> system.text() + " " + figure.op().text() + ": " + figure.fault());
            assertTrue(figure.timing().count() >= ENTRIES / order.slowness(), figure::toString);
            assertTrue(figure.rate() > 0, figure::toString);
            boolean isWritten = figure.op().isLookup() && system.isConcurrent();
            assertEquals(isWritten, figure.writesPerSecond() > 0, figure::toString);
        }
        // of all together: the system counts processor time in steps of 10 ms
        assertTrue(figures.ops().stream().mapToLong(figure -> figure.timing().cpuNs()).sum() > 0, figures::toString);
        List<MapOp> ops = figures.ops().stream().map(MapFigures.OfOp::op).toList();
        assertEquals(List.of(MapOp.values()).stream().filter(order::has).toList(), ops);
    }

    @Test
    void noticesALookUpOfAnotherKeysValue() {
        Loop loop = new Loops.Get(new Faulty() {
            @Override
            public Item get(Long key) {
                return DATA.items()[0];
            }
        }, DATA, 0, ENTRIES);
        loop.step();
        assertTrue(loop.fault().startsWith("the ids of the values found add up to "), loop::fault);
    }

    @Test
    void noticesThatALookUpOfManyLeavesSomeOut() {
        Loop loop = new Loops.GetAll(new Faulty() {
            @Override
            public Map<Long, Item> getAll(Set<Long> keys) {
                return Map.of();
            }
        }, DATA, 0, ENTRIES);
        loop.step();
        assertTrue(loop.fault().startsWith("the ids of the values found add up to 0, not to "), loop::fault);
    }

    @Test
    void putsOfManyLeaveWhatTheyAreExpectedToLeave() {
        Faulty map = new Faulty();
        MapRun run = new MapRun(order(MapSystem.CHM, 1, 0), DATA);
        Loop loop = new Loops.PutAll(map, DATA, 0, ENTRIES, true);
        loop.step(150);
        assertTrue(run.faultOf(map).startsWith("key " + DATA.asked()[0] + " has Item["), () -> run.faultOf(map));
        run.expect(loop);
        assertNull(run.faultOf(map));
    }

    @Test
    void noticesAPutOfAPresentKeyThatWasMissed() {
        Loop loop = new Loops.Put(new Faulty(), DATA, 0, ENTRIES, true);
        loop.step();
        assertNull(loop.fault());
        loop = new Loops.Put(new OfConcurrentMap(new ConcurrentHashMap<>(), () -> {}), DATA, 0, ENTRIES, true);
        loop.step();
        assertEquals("a present key was not found", loop.fault());
    }

    @Test
    void noticesANewKeyThatWasThere() {
        Loop loop = new Loops.Fill(new Faulty(), DATA, 0, ENTRIES);
        loop.step();
        assertEquals("a new key was there already", loop.fault());
    }

    @Test
    void noticesAScanThatMissesEntries() {
        Loop loop = new Loops.Scan(new OfConcurrentMap(new ConcurrentHashMap<>(), () -> {}), ENTRIES, 1);
        loop.step();
        assertEquals("1 scans visited 0 entries, not " + ENTRIES, loop.fault());
    }

    @Test
    void noticesAScanOfOtherValues() {
        Loop loop = new Loops.Scan(new Faulty(), ENTRIES, -1);
        loop.step();
        assertTrue(loop.fault().startsWith("the amounts of 1 scans add up to "), loop::fault);
    }

    @Test
    void noticesLostUpdates() {
        Faulty map = new Faulty() {
            @Override
            public void increment(Long key) {}
        };
        MapRun run = new MapRun(order(MapSystem.CHM, 1, 0), DATA);
        assertNull(run.faultOf(map));
        Loop loop = new Loops.Update(map, DATA, 0, ENTRIES);
        loop.step();
        run.expect(loop);
        assertTrue(run.faultOf(map).startsWith("key " + DATA.asked()[0] + " has Item["), () -> run.faultOf(map));
    }

    @Test
    void countsHowOftenAPlaceWasVisited() {
        Loop loop = new Loops.Get(new Faulty(), DATA, 10, 15);
        loop.step(3);
        loop.step(100);
        loop.step(1);
        assertEquals(List.of(2L, 1L, 1L, 1L, 1L), List.of(loop.visits(10), loop.visits(11), loop.visits(12),
                loop.visits(13), loop.visits(14)));
        assertEquals(6, loop.count());
        assertNull(loop.fault());
    }

    private static final MapData DATA = MapData.of(ENTRIES);

    /** A right map, of which tests make something else. */
    private static class Faulty extends OfConcurrentMap {
        Faulty() {
            super(new ConcurrentHashMap<>(), () -> {});
            load(DATA.keys(), DATA.items());
        }
    }
}
