package io.penstock.grid.heap;

import io.penstock.grid.Changes;
import io.penstock.grid.ChangesLostException;
import io.penstock.grid.MapChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A place in the journals of a map. It takes some changes of one partition, gives them out, and goes on to the next
 * partition.
 */
final class JournalReader<K, V> implements Changes.Reader<K, V> {

    /** The most changes that are taken from a partition at once. */
    private static final int TAKEN_MAX = 256;

    private final MapJournal<K, V> journal;
    private final int[] partitions;
    /** The next change to take, by partition; {@link Changes.Position#CONTENT} if the content is to be listed first. */
    private final long[] next;
    /** What was taken and not given out yet. */
    private final Deque<MapChange<K, V>> taken = new ArrayDeque<>();
    private final List<MapChange<K, V>> batch = new ArrayList<>();
    /** Null until the content of a partition is to be listed. */
    private ContentListing<K, V> listing;
    /** Where in {@link #partitions} to take the next changes from. */
    private int turn;
    private long lostCount;

    @SuppressWarnings("unchecked") // the position is of this map
    JournalReader(MapJournal<K, V> journal, Changes.Position position, Changes.PartitionSet set) {
        this.journal = journal;
        next = position.next().stream().mapToLong(Long::longValue).toArray();
        int[] members = new int[next.length];
        int count = 0;
        for (int partition = 0; partition < next.length; partition++) {
            if (set.contains(partition)) {
                members[count++] = partition;
            }
        }
        partitions = Arrays.copyOf(members, count);
        for (MapChange<?, ?> listed : position.content()) {
            if (set.contains(listed.partition())) {
                taken.add((MapChange<K, V>) listed);
            }
        }
    }

    @Override
    public Changes.Position position() {
        journal.table();
        List<Long> places = new ArrayList<>(next.length);
        for (long place : next) {
            places.add(place);
        }
        List<MapChange<?, ?>> content = new ArrayList<>();
        for (MapChange<K, V> change : taken) {
            if (change.kind() == MapChange.Kind.PRESENT) {
                content.add(change);
            } else { // the first of its partition that was not given out
                places.set(change.partition(), Math.min(places.get(change.partition()), change.sequence()));
            }
        }
        return new Changes.Position(journal.id(), places, content);
    }

    @Override
    public long lostCount() {
        return lostCount;
    }

    @Override
    public void readContent(int partition) {
        Objects.checkIndex(partition, next.length);
        taken.removeIf(change -> change.partition() == partition);
        next[partition] = Changes.Position.CONTENT;
    }

    @Override
    public MapChange<K, V> poll() {
        journal.table().expire();
        return taken.isEmpty() && !take(true) ? null : taken.poll();
    }

    @Override
    public int poll(Consumer<? super MapChange<K, V>> consumer, int changesMax) {
        Objects.requireNonNull(consumer, () -> journal.text("the consumer is null; give one"));
        journal.table().expire();
        int count = 0;
        while (count < changesMax && (!taken.isEmpty() || take(count == 0))) {
            count++;
            consumer.accept(taken.poll());
        }
        return count;
    }

    /**
     * Takes changes of the next partition that has some.
     *
     * @param isFirst whether this poll has given out nothing yet, so that a gap can be thrown; otherwise the reader
     * stays
     *     before the gap
     */
    private boolean take(boolean isFirst) {
        for (int i = 0; i < partitions.length; i++) {
            int partition = partitions[turn];
            if (next[partition] == Changes.Position.CONTENT) {
                listContent(partition);
            } else if (next[partition] != journal.journals().get(partition).nextSequence()) {
                if (takeChanges(partition) == 0) {
                    if (!isFirst) {
                        return false;
                    }
                    throw gap(partition);
                }
            }
            turn = turn + 1 == partitions.length ? 0 : turn + 1;
            if (!taken.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void listContent(int partition) {
        if (listing == null || !listing.has(partition)) {
            List<Integer> toList = Arrays.stream(partitions).filter(p -> next[p] == Changes.Position.CONTENT)
                    .boxed().toList();
            listing = new ContentListing<>(journal.table(), journal.journals(), Set.copyOf(toList));
        }
        next[partition] = listing.list(partition, taken);
    }

    /** Returns the number of changes; 0 if the first of them was dropped. */
    private int takeChanges(int partition) {
        int count = journal.journals().get(partition).read(next[partition], TAKEN_MAX, batch);
        next[partition] += count;
        taken.addAll(batch);
        batch.clear();
        return count;
    }

    /** Goes on to the oldest change that is kept. */
    private ChangesLostException gap(int partition) {
        long oldest = journal.journals().get(partition).oldestSequence();
        long lost = oldest - next[partition];
        next[partition] = oldest;
        lostCount += lost;
        return journal.gap(partition, lost, oldest);
    }
}
