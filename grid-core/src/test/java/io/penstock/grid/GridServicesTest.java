package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.GridException.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GridServicesTest {

    private static final MapRef<String, String> MAP = MapRef.of("m", String.class, String.class);

    private final Grid grid = Grid.embedded();
    private final List<String> closed = Collections.synchronizedList(new ArrayList<>());

    private class Noting implements AutoCloseable {
        @Override
        public void close() throws IOException {
            closed.add(getClass().getSimpleName());
        }
    }

    private final class First extends Noting {}

    private final class Second extends Noting {}

    private final class Third extends Noting {}

    private final class Runs extends Noting implements GridRunner {}

    private final class FailsChecked extends Noting {
        @Override
        public void close() throws IOException {
            super.close();
            throw new IOException("disk");
        }
    }

    private final class FailsBadly extends Noting {
        @Override
        public void close() throws IOException {
            super.close();
            throw new AssertionError("bug");
        }
    }

    @Test
    void closesWhatRunsWorkBeforeWhatTheWorkUses() {
        grid.service(First.class, g -> new First());
        grid.service(Runs.class, g -> new Runs());
        grid.service(Second.class, g -> new Second());

        grid.close();

        assertEquals(List.of("Runs", "Second", "First"), closed);
    }

    @Test
    void isMadeOnceAndGivenToAll() {
        First first = grid.service(First.class, g -> new First());
        assertSame(first, grid.service(First.class, g -> {
            throw new AssertionError("made twice");
        }));
        grid.close();
    }

    @Test
    void isMadeOnceForThreadsThatAskTogether() throws Exception {
        AtomicInteger made = new AtomicInteger();
        for (int i = 1; i <= 200; i++) {
            try (Grid own = Grid.embedded()) {
                List<First> given = Race.run(4, thread -> own.service(First.class, g -> {
                    made.incrementAndGet();
                    Thread.yield();
                    return new First();
                }));
                assertEquals(1, new HashSet<>(given).size());
                assertEquals(i, made.get());
            }
        }
    }

    @Test
    void factoryMayUseMapsAndOtherServices() {
        grid.service(Third.class, g -> {
            g.map(MAP).put("a", "b");
            assertNotNull(g.service(Second.class, h -> {
                assertNotNull(h.service(First.class, i -> new First()));
                return new Second();
            }));
            return new Third();
        });
        grid.close();
        assertEquals(List.of("Third", "Second", "First"), closed);
    }

    @Test
    void threadsThatNeedEachOthersServicesDoNotWaitForever() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (Grid own = Grid.embedded()) {
                Race.run(2, thread -> thread == 0
                        ? own.service(First.class, g -> {
                            g.service(Second.class, h -> new Second());
                            return new First();
                        })
                        : own.service(Second.class, g -> {
                            g.service(First.class, h -> new First());
                            return new Second();
                        }));
            }
        }
    }

    @Test
    void refusesAServiceThatNeedsItself() {
        IllegalStateException refusal = assertThrows(IllegalStateException.class,
                () -> grid.service(First.class, g -> {
                    g.service(Second.class, h -> {
                        h.service(First.class, i -> new First());
                        return new Second();
                    });
                    return new First();
                }));
        assertTrue(refusal.getMessage().contains(First.class.getName()), refusal.getMessage());
        assertNotNull(grid.service(First.class, g -> new First()), "a failed attempt must not block the next");
        grid.close();
    }

    @Test
    void factoryThatFailedMayTryAgain() {
        assertThrows(ArithmeticException.class, () -> grid.service(First.class, g -> {
            throw new ArithmeticException();
        }));
        NullPointerException refusal =
                assertThrows(NullPointerException.class, () -> grid.service(First.class, g -> null));
        assertTrue(refusal.getMessage().contains(First.class.getName()), refusal.getMessage());
        assertNotNull(grid.service(First.class, g -> new First()));
        grid.close();
    }

    @Test
    void oneFailureDoesNotKeepTheOthersOpen() {
        grid.service(First.class, g -> new First());
        grid.service(FailsChecked.class, g -> new FailsChecked());
        grid.service(Second.class, g -> new Second());
        grid.service(FailsBadly.class, g -> new FailsBadly());
        GridMap<String, String> map = grid.map(MAP);
        IllegalStateException failure = assertThrows(IllegalStateException.class, grid::close);
        assertEquals(List.of("FailsBadly", "Second", "FailsChecked", "First"), closed);
        assertTrue(failure.getMessage().contains(FailsBadly.class.getName()), failure.getMessage());
        assertEquals("bug", failure.getCause().getMessage());
        assertEquals("disk", failure.getSuppressed()[0].getMessage());
        Refused.with(Code.CLOSED, map::size);
        grid.close();
        assertEquals(4, closed.size());
    }

    @Test
    void serviceUsesTheGridWhileItClosesButOpensNoOther() {
        class Flushing implements AutoCloseable {
            @Override
            public void close() {
                assertTrue(grid.isClosed());
                assertNotNull(grid.service(First.class, g -> new First()));
                grid.map(MAP).put("flushed", "yes");
                closed.add(grid.map(MAP).get("flushed"));
                Refused.with(Code.CLOSED, () -> grid.service(Second.class, g -> new Second()), Second.class.getName());
                grid.close();
            }
        }
        grid.service(First.class, g -> new First());
        grid.service(Flushing.class, g -> new Flushing());
        grid.close();
        assertEquals(List.of("yes", "First"), closed);
    }

    @Test
    void whatAFactoryMadeWhileItClosedTheGridIsClosedToo() {
        Refused.with(Code.CLOSED, () -> grid.service(First.class, g -> {
            g.close();
            return new First();
        }), First.class.getName());
        assertEquals(List.of("First"), closed);
    }

    @Test
    void closeWaitsForAServiceThatIsBeingMadeAndClosesIt() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread maker = new Thread(() -> {
            try {
                grid.service(First.class, g -> {
                    making.countDown();
                    awaitQuietly(mayEnd);
                    return new First();
                });
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        maker.start();
        assertTrue(making.await(60, TimeUnit.SECONDS));
        Thread closer = new Thread(grid::close);
        closer.start();
        while (!grid.isClosed()) {
            Thread.onSpinWait();
        }
        assertFalse(closed.contains("First"));
        mayEnd.countDown();
        maker.join(60_000);
        closer.join(60_000);
        assertEquals(List.of("First"), closed);
        assertEquals(null, failure.get());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
