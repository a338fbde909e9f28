package io.penstock.grid.cluster.process;

import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.grid.cluster.process.Book.Kind;
import io.penstock.grid.cluster.process.Book.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Threads that write all the time and note in a {@link Book} what they were told, each for the keys that are its own.
 * They can be made to stand still.
 */
final class Writers implements AutoCloseable {

    private static final Duration TTL = Duration.ofMillis(1_500);
    private static final int BULK = 8;
    private static final long PAUSE_MICROS = 200;

    private final GridMap<Integer, Tally> map;
    private final Book book;
    private final int threadCount;
    private final Collection<String> faults;
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);
    private final List<Worker> threads = new ArrayList<>();
    private final AtomicLong writeCount = new AtomicLong();
    private final AtomicLong doubtCount = new AtomicLong();
    private final AtomicLong refusedCount = new AtomicLong();

    Writers(GridMap<Integer, Tally> map, Book book, int threadCount, Collection<String> faults) {
        this.map = map;
        this.book = book;
        this.threadCount = threadCount;
        this.faults = faults;
    }

    /** Writes every key once, and begins. */
    void start(SplittableRandom random) {
        for (int key = 0; key < book.keyCount(); key++) {
            put(key);
        }
        for (int thread = 0; thread < threadCount; thread++) {
            int own = thread;
            SplittableRandom ownRandom = random.split();
            threads.add(
                    new Worker("writer " + thread, () -> writeOne(own, ownRandom), PAUSE_MICROS, faults).start());
        }
    }

    private void writeOne(int own, SplittableRandom random) {
        gate.readLock().lock();
        try {
            write(random.nextInt(book.keyCount() / threadCount) * threadCount + own, random);
        } finally {
            gate.readLock().unlock();
        }
    }

    /** @param key of a thread's own */
    private void write(int key, SplittableRandom random) {
        if (book.isInDoubt(key)) {
            return;
        }
        switch (Kind.of(key)) {
            case PUT -> {
                switch (random.nextInt(3)) {
                    case 0 -> put(key);
                    case 1 -> putSome(key);
                    default -> replace(key);
                }
            }
            case COUNT -> count(key);
            case COME_AND_GO -> {
                if (book.told(key).isPresent()) {
                    remove(key);
                } else if (random.nextBoolean()) {
                    put(key);
                } else {
                    putIfAbsent(key);
                }
            }
            case LEASE -> lease(key);
        }
    }

    private void put(int key) {
        long version = book.begin(key);
        attempt(key, version, true, () -> {
            map.put(key, Tally.of(key, version));
            return State.present(version);
        });
    }

    private void replace(int key) {
        Tally expected = Tally.of(key, book.told(key).version());
        long version = book.begin(key);
        attempt(key, version, true, () -> {
            if (!map.replace(key, expected, Tally.of(key, version))) {
                faults.add("replace(" + key + ") of the acknowledged version " + expected.version() + " said false");
            }
            return State.present(version);
        });
    }

    /** Of its writer's next keys of this kind. */
    private void putSome(int first) {
        Map<Integer, Tally> some = new HashMap<>();
        int step = threadCount * Kind.values().length;
        for (int key = first; key < book.keyCount() && some.size() < BULK; key += step) {
            if (!book.isInDoubt(key)) {
                some.put(key, Tally.of(key, book.begin(key)));
            }
        }
        try {
            map.putAll(some);
            some.forEach((key, tally) -> book.tell(key, State.present(tally.version())));
            writeCount.addAndGet(some.size());
        } catch (GridException e) {
            checkCode(e); // some may have been written, whatever it says
            some.forEach((key, tally) -> book.doubt(key, State.present(tally.version())));
        }
    }

    private void count(int key) {
        long version = book.begin(key);
        attempt(key, version, true, () -> State.present(map.update(key, before -> Tally.next(key, before)).version()));
    }

    private void putIfAbsent(int key) {
        long version = book.begin(key);
        attempt(key, version, true, () -> {
            Tally present = map.putIfAbsent(key, Tally.of(key, version));
            if (present != null) {
                faults.add("putIfAbsent(" + key + ") of version " + version + " found " + present
                        + ", though the acknowledged state is " + book.told(key));
            }
            return State.present(version);
        });
    }

    private void remove(int key) {
        long version = book.begin(key);
        attempt(key, version, false, () -> {
            map.remove(key);
            return State.absent(version);
        });
    }

    private void lease(int key) {
        long version = book.begin(key);
        attempt(key, version, true, () -> {
            long beforeNs = System.nanoTime();
            map.put(key, Tally.of(key, version), TTL);
            long afterNs = System.nanoTime();
            long ttlNs = TTL.toNanos();
            long roundingNs = TimeUnit.MILLISECONDS.toNanos(2);
            return new State(version, true, afterNs, beforeNs + ttlNs - roundingNs, afterNs + ttlNs + roundingNs);
        });
    }

    private interface Write {
        State make();
    }

    private void attempt(int key, long version, boolean isPresent, Write write) {
        try {
            book.tell(key, write.make());
            writeCount.incrementAndGet();
        } catch (GridException e) {
            if (checkCode(e) == GridException.Code.OUTCOME_UNKNOWN) {
                book.doubt(key, isPresent ? State.present(version) : State.absent(version));
            }
        } catch (RuntimeException e) {
            book.doubt(key, isPresent ? State.present(version) : State.absent(version));
            throw e;
        }
    }

    private GridException.Code checkCode(GridException e) {
        switch (e.code()) {
            case UNAVAILABLE -> refusedCount.incrementAndGet();
            case OUTCOME_UNKNOWN -> doubtCount.incrementAndGet();
            default -> throw e;
        }
        return e.code();
    }

    /** Lets the writes under way end, compares the map with the book, and lets the writers go on. */
    void check() {
        gate.writeLock().lock();
        try {
            List<Integer> keys = new ArrayList<>();
            for (int key = 0; key < book.keyCount(); key++) {
                keys.add(key);
            }
            long fromNs = System.nanoTime();
            Map<Integer, Tally> found = map.getAll(keys);
            long toNs = System.nanoTime();
            for (int key : keys) {
                String fault = book.check(key, found.get(key), fromNs, toNs);
                if (fault != null) {
                    faults.add(fault);
                }
            }
        } finally {
            gate.writeLock().unlock();
        }
    }

    @Override
    public String toString() {
        return writeCount + " writes acknowledged, " + doubtCount + " in doubt, " + refusedCount + " refused";
    }

    @Override
    public void close() {
        threads.forEach(Worker::close);
    }
}
