package io.penstock.grid.cluster;

import io.penstock.grid.Changes;
import io.penstock.grid.ChangesLostException;
import io.penstock.grid.MapChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A place in the journals of a map on a cluster. When it has given out what it took, it asks how far the journals go,
 * then takes some events of each partition that has more, all at once.
 *
 * <p><b>Why it is told of every gap.</b> Each read begins with the last event that was taken before, and compares the
 * two. After a member was lost, its backup has a journal that may lack the last events of the old one, those whose
 * writers had no answer yet, and goes on with others under the same numbers; and a partition of which nothing was left
 * begins at 0. Either the last event is then another one, or it is not there, and the reader says that it lost it. Only
 * if that was a removal, and the same value of the same key was removed again under the same number, it looks the same.
 */
final class ClusterReader<K, V> implements Changes.Reader<K, V> {

    /** In a {@link Changes.Position}: there is a gap before the next change, of which nobody was told yet. */
    static final long TORN = Long.MAX_VALUE;

    /** The most events that are taken of a partition at once. */
    private static final int TAKEN_MAX = 256;
    /** The most partitions from which events are taken at once. */
    private static final int READS_MAX = 32;
    /** Below this capacity, events are dropped too soon to compare them. */
    static final int CAPACITY_TO_COMPARE = 4;

    /** Says how far the journals of partitions go. */
    interface Heads {
        CompletionStage<JournalHeads> ask(BitSet partitions);
    }

    /**
     * What was taken.
     *
     * @param place the reader's place in the partition before this
     * @param change null for a gap
     */
    private record Taken<K, V>(int partition, long place, MapChange<K, V> change, ChangesLostException gap) {}

    /** @param mustCompare whether a member has left since the last event was compared */
    private record Read(int partition, boolean mustCompare, CompletionStage<List<JournalEvent>> events) {}

    private final FollowedMap<K, V> followed;
    private final Heads headsSource;
    private final int[] partitions;
    private final BitSet partitionSet = new BitSet();
    /** The next event to take, by partition, {@link Changes.Position#CONTENT}, or {@link #TORN}. */
    private final long[] next;
    /** {@link JournalEvent#print} of the event before; 0 if it is not known. */
    private final long[] prints;
    private final JournalHealth.Seen seen;
    /** What {@link JournalHealth#departures} were when the last event was last compared. */
    private final long[] departures;
    private final Deque<Taken<K, V>> taken = new ArrayDeque<>();
    /** How far the journals go, as it was last told; null before that. */
    private JournalHeads heads;
    /** Where in {@link #partitions} to take the next events from. */
    private int turn;
    private long lostCount;

    @SuppressWarnings("unchecked") // the position is of this map
    ClusterReader(FollowedMap<K, V> followed, Changes.Position position, Changes.PartitionSet set, Heads headsSource) {
        this.followed = followed;
        this.headsSource = headsSource;
        next = position.next().stream().mapToLong(Long::longValue).toArray();
        prints = new long[next.length];
        seen = followed.health().seen();
        departures = new long[next.length];
        int[] members = new int[next.length];
        int count = 0;
        for (int partition = 0; partition < next.length; partition++) {
            departures[partition] = followed.health().departures();
            if (set.contains(partition)) {
                partitionSet.set(partition);
                members[count++] = partition;
            }
        }
        partitions = Arrays.copyOf(members, count);
        for (MapChange<?, ?> listed : position.content()) {
            if (set.contains(listed.partition())) {
                taken.add(new Taken<>(listed.partition(), 0, (MapChange<K, V>) listed, null));
            }
        }
    }

    @Override
    public Changes.Position position() {
        followed.map().checkOpen();
        long[] places = next.clone();
        List<MapChange<?, ?>> content = new ArrayList<>();
        for (Iterator<Taken<K, V>> last = taken.descendingIterator(); last.hasNext();) {
            Taken<K, V> item = last.next();
            if (item.change() != null && item.change().kind() == MapChange.Kind.PRESENT) {
                content.add(0, item.change());
            } else {
                places[item.partition()] = item.place();
            }
        }
        return new Changes.Position(followed.journalId().getAsLong(), Arrays.stream(places).boxed().toList(), content);
    }

    @Override
    public long lostCount() {
        return lostCount;
    }

    @Override
    public void readContent(int partition) {
        Objects.checkIndex(partition, next.length);
        taken.removeIf(item -> item.partition() == partition);
        next[partition] = Changes.Position.CONTENT;
        prints[partition] = 0;
    }

    // ---- giving out

    @Override
    public MapChange<K, V> poll() {
        followed.map().checkOpen();
        if (taken.isEmpty() && !take()) {
            return null;
        }
        Taken<K, V> first = taken.poll();
        throwIfGap(first);
        return first.change();
    }

    @Override
    public int poll(Consumer<? super MapChange<K, V>> consumer, int changesMax) {
        followed.map().checkOpen();
        Objects.requireNonNull(consumer, () -> followed.text("the consumer is null; give one"));
        int count = 0;
        while (count < changesMax && (!taken.isEmpty() || take())) {
            if (count > 0 && taken.peek().change() == null) {
                return count;
            }
            Taken<K, V> first = taken.poll();
            throwIfGap(first);
            count++;
            consumer.accept(first.change());
        }
        return count;
    }

    private void throwIfGap(Taken<K, V> item) {
        if (item.gap() != null) {
            lostCount += Math.max(0, item.gap().lostCount());
            throw item.gap();
        }
    }

    // ---- taking

    /** Takes something, if there is something. What was known of the heads may do; otherwise asks for them. */
    private boolean take() {
        followed.check().run();
        findBreaks();
        if (heads != null) {
            takeBehind();
        }
        if (taken.isEmpty() && partitions.length > 0) {
            heads = followed.answers().to(() -> headsSource.ask(partitionSet));
            takeBehind();
        }
        return !taken.isEmpty();
    }

    private void findBreaks() {
        for (int partition : partitions) {
            if (seen.look(partition) != JournalHealth.Break.NONE) {
                heads = null;
                if (next[partition] != Changes.Position.CONTENT) {
                    next[partition] = TORN;
                }
            }
        }
    }

    /** Takes events of partitions that are behind what is known of the heads. */
    private void takeBehind() {
        List<Read> reads = new ArrayList<>();
        for (int i = 0; i < partitions.length && reads.size() < READS_MAX; i++) {
            int partition = partitions[turn];
            long place = next[partition];
            if (place == Changes.Position.CONTENT) {
                if (!reads.isEmpty()) {
                    break;
                }
                listContent(partition);
            } else if (isKnown(partition)) {
                if (goesOn(partition)) {
                    reads.add(read(partition));
                }
            }
            turn = turn + 1 == partitions.length ? 0 : turn + 1;
            if (!taken.isEmpty()) {
                break;
            }
        }
        for (Read read : reads) {
            take(read, followed.answers().to(read::events));
        }
    }

    private boolean compares(int partition) {
        return prints[partition] != 0 && followed.capacity() >= CAPACITY_TO_COMPARE;
    }

    private boolean mustCompare(int partition) {
        return compares(partition) && departures[partition] != followed.health().departures();
    }

    private Read read(int partition) {
        boolean mustCompare = mustCompare(partition);
        departures[partition] = followed.health().departures();
        long from = next[partition] - (compares(partition) ? 1 : 0);
        int countMax = Math.min(TAKEN_MAX, followed.capacity());
        return new Read(partition, mustCompare, followed.journal().read(partition, from, 0, countMax));
    }

    private void take(Read read, List<JournalEvent> events) {
        int partition = read.partition();
        int begin = 0;
        if (compares(partition)) {
            boolean goesOn = JournalEvents.beginWith(events, next[partition] - 1, prints[partition]);
            if (goesOn) {
                begin = events.get(0).sequence() < next[partition] ? 1 : 0;
            }
            if (!goesOn || begin == 0 && read.mustCompare()) { // the last event is another, or was dropped: who knows
                tear(partition);
                return;
            }
        }
        if (begin == events.size()) {
            return;
        }
        long first = events.get(begin).sequence();
        if (first < next[partition]) {
            tear(partition);
            return;
        }
        if (first > next[partition]) {
            ChangesLostException gap = followed.gap(partition, first - next[partition], first);
            taken.add(new Taken<>(partition, next[partition], null, gap));
        }
        for (JournalEvent event : events.subList(begin, events.size())) {
            taken.add(new Taken<>(partition, event.sequence(), followed.form().change(partition, event), null));
        }
        JournalEvent last = events.get(events.size() - 1);
        next[partition] = last.sequence() + 1;
        prints[partition] = last.print();
    }

    private boolean isKnown(int partition) {
        return heads.next()[partition] >= 0 || next[partition] == TORN;
    }

    /**
     * Whether there is something to read: more than before, or the last event once more, to compare it. If the journal
     * ends before this reader's place, finds out why.
     */
    private boolean goesOn(int partition) {
        if (next[partition] > heads.next()[partition]) {
            renewHead(partition); // for what is known may be old
            if (next[partition] > heads.next()[partition]) {
                addTear(partition);
                return false;
            }
        }
        return next[partition] < heads.next()[partition] || mustCompare(partition);
    }

    private void renewHead(int partition) {
        BitSet one = new BitSet();
        one.set(partition);
        JournalHeads present = followed.answers().to(() -> followed.journal().heads(one));
        heads.set(partition, present.oldest()[partition], present.next()[partition]);
    }

    /** What comes next in the partition does not go on from what was taken before. */
    private void tear(int partition) {
        renewHead(partition);
        addTear(partition);
    }

    private void addTear(int partition) {
        long oldest = heads.oldest()[partition];
        taken.add(new Taken<>(partition, TORN, null, followed.gap(partition, -1, oldest)));
        next[partition] = oldest;
        prints[partition] = 0;
    }

    private void listContent(int partition) {
        PartitionContent content = PartitionContent.list(
                followed.journal(), followed.answers(), partition, heads.next()[partition]);
        content.entries().forEach((key, value) -> {
            if (followed.form().isLive(value)) {
                MapChange<K, V> present = followed.form().present(partition, content.next(), key, value);
                taken.add(new Taken<>(partition, content.next(), present, null));
            }
        });
        next[partition] = content.next();
        prints[partition] = content.lastPrint();
        heads.set(partition, Math.min(heads.oldest()[partition], content.next()), content.next());
    }
}
