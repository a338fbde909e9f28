package io.penstock.grid.cluster;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the journals of a map's partitions as they grow, on one thread, which runs while there is somebody to tell.
 *
 * <p>Of each partition one read is under way, which the owner answers as soon as there is something. As with
 * {@link ClusterReader}, it begins with the last event that was told of. Now and then a heartbeat asks how far the
 * journals go: it proves that nothing is missing, or finds a read that was lost on its way. Since an owner cannot be
 * told to forget a read that waits, one that is under way when the thread ends is used by the next.
 *
 * <p>The queue of answers holds at most one read for each partition, and one heartbeat.
 */
final class JournalTail {

    private static final Logger LOG = LoggerFactory.getLogger(JournalTail.class);

    /** The most events of one read. */
    private static final int EVENTS_MAX = 1_000;
    /** An answer with so many is worth its while; the next read need not wait. */
    private static final int EVENTS_MANY = 64;
    /** After so long a heartbeat that was not answered is given up. */
    private static final long HEARTBEAT_PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);

    private final FollowedMap<?, ?> followed;
    private final PartitionJournal journal;
    private final String threadName;
    private final int partitionCount;
    private final CopyOnWriteArrayList<TailFollower> followers = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> answers = new ConcurrentLinkedQueue<>();
    private final TailPlaces places;
    /** How long after an answer the next read of the partition is made, so that more events come together; mostly 0. */
    private final long paceNs;
    /** The longest time between two heartbeats. */
    private volatile long heartbeatNs = TimeUnit.MILLISECONDS.toNanos(200);
    private volatile boolean closed;
    /** Null while nobody follows; changed under this monitor. */
    private volatile Thread thread;

    // ---- used by the thread only
    private final long[] prints;
    private JournalHealth.Seen seen;
    private final boolean[] isReading;
    /** The partitions whose next read is put off, and until when. */
    private final BitSet paced = new BitSet();
    private final long[] readAtNs;
    /** Whether the partition was behind at the last heartbeat already. */
    private final boolean[] wasBehind;
    /** By partition, the number of the read that is waited for; what another brings is ignored. */
    private final long[] reads;
    private BitSet wanted = new BitSet();
    /** When the heartbeat that is under way was asked for, and which it is; others' answers are ignored. */
    private long askedNs;
    private long heartbeat;
    private boolean isAsking;
    private boolean isNewWanted;
    private long departures;
    /** So that what goes wrong for a while is logged once. */
    private boolean isFailing;

    JournalTail(FollowedMap<?, ?> followed, String threadName, long paceNs) {
        this.paceNs = paceNs;
        this.followed = followed;
        this.threadName = threadName;
        journal = followed.journal();
        partitionCount = journal.partitionCount();
        places = new TailPlaces(partitionCount);
        prints = new long[partitionCount];
        isReading = new boolean[partitionCount];
        readAtNs = new long[partitionCount];
        wasBehind = new boolean[partitionCount];
        reads = new long[partitionCount];
    }

    // ---- by any thread

    synchronized void add(TailFollower follower) {
        followers.add(follower);
        if (thread == null && !closed) {
            thread = new Thread(this::follow, threadName);
            thread.setDaemon(true);
            thread.start();
        } else {
            wake();
        }
    }

    synchronized void remove(TailFollower follower) {
        followers.remove(follower);
        wake();
    }

    synchronized void close() {
        closed = true;
        followers.clear();
        wake();
    }

    /** There may be work. */
    void wake() {
        LockSupport.unpark(thread);
    }

    void heartbeatNs(long periodNs) {
        heartbeatNs = periodNs;
        wake();
    }

    long heartbeatNs() {
        return heartbeatNs;
    }

    /** Asks for a heartbeat at once. */
    void hurry() {
        run(() -> isNewWanted = true);
    }

    /** Has something done by the thread, soon. */
    void run(Runnable task) {
        answers.add(task);
        wake();
    }

    TailPlaces places() {
        return places;
    }

    // ---- the thread

    private void follow() {
        seen = followed.health().seen();
        departures = followed.health().departures();
        while (!endsForWantOfFollowers()) {
            long waitNs;
            try {
                waitNs = round();
                isFailing = false;
            } catch (RuntimeException | Error e) { // whatever it is, those who follow are to be told of the rest
                if (!isFailing) {
                    LOG.warn(followed.text("following its changes failed; it is tried again until it works"), e);
                }
                isFailing = true;
                waitNs = heartbeatNs;
            }
            if (answers.isEmpty()) {
                LockSupport.parkNanos(this, Math.min(waitNs, Math.max(1, askedNs + heartbeatNs - System.nanoTime())));
            }
            Thread.interrupted(); // would keep it from waiting
        }
    }

    private synchronized boolean endsForWantOfFollowers() {
        if (!followers.isEmpty()) {
            return false;
        }
        thread = null;
        places.forgetAll();
        wanted = new BitSet();
        isAsking = false;
        heartbeat++;
        return true;
    }

    /** Returns in how many ns there is more to do. */
    private long round() {
        for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
            answer.run();
        }
        followed.check().run();
        findWanted();
        findLosses();
        findDepartures();
        askIfDue();
        long waitNs = readPaced();
        for (TailFollower follower : followers) {
            waitNs = Math.min(waitNs, follower.work());
        }
        return waitNs;
    }

    private void findWanted() {
        BitSet all = new BitSet();
        followers.forEach(follower -> all.or(follower.partitions()));
        if (all.equals(wanted)) {
            return;
        }
        for (int partition = wanted.nextSetBit(0); partition >= 0; partition = wanted.nextSetBit(partition + 1)) {
            if (!all.get(partition)) {
                places.forget(partition);
            }
        }
        wanted = all;
        isNewWanted = true;
    }

    private void findLosses() {
        for (int partition = wanted.nextSetBit(0); partition >= 0; partition = wanted.nextSetBit(partition + 1)) {
            switch (seen.look(partition)) {
                case LOSS -> gap(partition, true);
                case DOUBT -> gap(partition, false);
                case NONE -> { }
            }
        }
    }

    /** After a member has left, looks whether the last event of each journal is still there. */
    private void findDepartures() {
        long present = followed.health().departures();
        if (departures == present) {
            return;
        }
        departures = present;
        for (int partition = wanted.nextSetBit(0); partition >= 0; partition = wanted.nextSetBit(partition + 1)) {
            if (places.next(partition) != TailPlaces.UNKNOWN) {
                abandonRead(partition);
                read(partition, 0);
            }
        }
    }

    private void gap(int partition, boolean isLost) {
        places.forget(partition);
        abandonRead(partition);
        isNewWanted = true;
        followers.forEach(follower -> follower.onGap(partition, isLost));
    }

    // ---- heartbeats

    private void askIfDue() {
        long nowNs = System.nanoTime();
        if (isAsking ? nowNs - askedNs < HEARTBEAT_PATIENCE_NS : !isNewWanted && nowNs - askedNs < heartbeatNs) {
            return;
        }
        if (wanted.isEmpty()) { // nothing to ask for, and so nothing is behind
            askedNs = nowNs;
            isNewWanted = false;
            followers.forEach(follower -> follower.onHeads(nowNs, new JournalHeads(partitionCount)));
            return;
        }
        isAsking = true;
        isNewWanted = false;
        askedNs = nowNs;
        long number = ++heartbeat;
        long[] nextWhenAsked = places.allNext();
        BitSet asked = (BitSet) wanted.clone();
        journal.heads(asked).whenComplete(
                (heads, failure) -> run(() -> onHeads(number, asked, nextWhenAsked, heads, failure)));
    }

    private void onHeads(long number, BitSet asked, long[] nextWhenAsked, JournalHeads heads, Throwable failure) {
        if (number != heartbeat) {
            return;
        }
        isAsking = false;
        if (failure != null) {
            LOG.debug("{}", followed.text("a heartbeat of its journals failed; the next is tried"), failure);
            return;
        }
        asked.and(wanted);
        for (int partition = asked.nextSetBit(0); partition >= 0; partition = asked.nextSetBit(partition + 1)) {
            places.oldest(partition, heads.oldest()[partition]);
            onHead(partition, heads.next()[partition], nextWhenAsked[partition]);
        }
        followers.forEach(follower -> follower.onHeads(askedNs, heads));
    }

    private void onHead(int partition, long head, long nextWhenAsked) {
        long present = places.next(partition);
        if (present == TailPlaces.UNKNOWN) {
            prints[partition] = 0;
            places.next(partition, head);
            read(partition);
        } else if (head < nextWhenAsked) {
            gap(partition, false);
        } else {
            boolean isBehind = head > present;
            boolean isReadLost = isBehind && wasBehind[partition] && present == nextWhenAsked;
            if (isReadLost) {
                abandonRead(partition);
            }
            read(partition);
            wasBehind[partition] = isBehind;
        }
    }

    // ---- reads

    /** Makes the reads that were put off until now; returns in how many ns there are more. */
    private long readPaced() {
        long nowNs = System.nanoTime();
        for (int partition = paced.nextSetBit(0); partition >= 0; partition = paced.nextSetBit(partition + 1)) {
            if (nowNs - readAtNs[partition] >= 0) {
                paced.clear(partition);
                if (places.next(partition) != TailPlaces.UNKNOWN) {
                    read(partition);
                }
            }
        }
        return paced.isEmpty() ? Long.MAX_VALUE : paceNs;
    }

    /**
     * Reads what comes next, or waits for it. The very first read of a place looks at the event before, to compare it
     * later, and does not wait.
     */
    private void read(int partition) {
        read(partition, 1);
    }

    /** @param newMin 0 for an answer at once */
    private void read(int partition, int newMin) {
        long from = places.next(partition);
        if (isReading[partition]) {
            return; // one that waits since before this thread began
        }
        boolean overlaps = followed.capacity() >= ClusterReader.CAPACITY_TO_COMPARE && from > places.oldest(partition);
        boolean isFirst = overlaps && prints[partition] == 0;
        isReading[partition] = true;
        long number = ++reads[partition];
        journal.read(partition, overlaps ? from - 1 : from, isFirst ? 0 : overlaps ? newMin + 1 : newMin,
                Math.min(EVENTS_MAX, followed.capacity())).whenComplete(
                        (events, failure) -> run(() -> onRead(partition, number, from, overlaps, events, failure)));
    }

    private void abandonRead(int partition) {
        reads[partition]++;
        isReading[partition] = false;
    }

    private void onRead(int partition, long number, long from, boolean overlaps, List<JournalEvent> events,
            Throwable failure) {
        if (number != reads[partition]) {
            return;
        }
        isReading[partition] = false;
        if (failure != null) {
            LOG.debug("{}", followed.text("a read of its journals failed; it is repeated"), failure);
            return; // by the next heartbeat that is answered
        }
        if (places.next(partition) == TailPlaces.UNKNOWN) {
            return;
        }
        if (places.next(partition) != from) { // it found a new place meanwhile
            read(partition);
            return;
        }
        tell(partition, from, overlaps, events);
    }

    private void tell(int partition, long from, boolean overlaps, List<JournalEvent> events) {
        int begin = 0;
        if (overlaps) {
            long print = prints[partition];
            boolean fits = print == 0 ? isFrom(events, from - 1) : JournalEvents.beginWith(events, from - 1, print);
            if (!fits || events.get(0).sequence() >= from) {
                gap(partition, false);
                return;
            }
            begin = 1;
        } else if (!events.isEmpty() && !isFrom(events, from)) {
            gap(partition, false);
            return;
        }
        if (events.isEmpty()) { // without a comparison, when nothing was to be waited for
            read(partition);
            return;
        }
        prints[partition] = events.get(events.size() - 1).print();
        if (begin < events.size()) {
            places.next(partition, events.get(events.size() - 1).sequence() + 1);
            List<JournalEvent> told = new ArrayList<>(events.subList(begin, events.size()));
            followers.forEach(follower -> follower.onEvents(partition, told));
        }
        wasBehind[partition] = false;
        if (paceNs > 0 && begin < events.size() && events.size() < EVENTS_MANY) {
            paced.set(partition);
            readAtNs[partition] = System.nanoTime() + paceNs;
        } else {
            read(partition);
        }
    }

    private static boolean isFrom(List<JournalEvent> events, long sequence) {
        return !events.isEmpty() && events.get(0).sequence() == sequence;
    }
}
