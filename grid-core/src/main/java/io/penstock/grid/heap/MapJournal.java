package io.penstock.grid.heap;

import io.penstock.grid.Changes;
import io.penstock.grid.ChangesLostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** The journals of all partitions of a heap map. */
final class MapJournal<K, V> implements Changes<K, V> {

    private final HeapMap<K, V> map;
    private final HeapTable<K, V> table;
    private final List<Journal<K, V>> journals;
    private final int capacity;
    private final long id;

    /** @param id other than that of every other journal that somebody may have a position in */
    MapJournal(HeapMap<K, V> map, HeapTable<K, V> table, int capacity, long id) {
        this.map = map;
        this.table = table;
        this.capacity = capacity;
        this.id = id;
        journals = table.journals(capacity);
    }

    @Override
    public int partitionCount() {
        map.table();
        return journals.size();
    }

    @Override
    public int partitionOf(K key) {
        map.table();
        return table.partition(Objects.requireNonNull(key, () -> text("the key is null; keys must not be null"))).number;
    }

    @Override
    public int capacity() {
        map.table();
        return capacity;
    }

    @Override
    public Position now() {
        return position(Journal::nextSequence);
    }

    @Override
    public Position oldest() {
        return position(Journal::oldestSequence);
    }

    private Position position(ToLongFunction<Journal<K, V>> place) {
        map.table();
        List<Long> next = new ArrayList<>(journals.size());
        journals.forEach(journal -> next.add(place.applyAsLong(journal)));
        return new Position(id, next, List.of());
    }

    @Override
    public Reader<K, V> fromContent(PartitionSet partitions) {
        return new JournalReader<>(this, position(journal -> Position.CONTENT), partitions);
    }

    @Override
    public Reader<K, V> from(Position position, PartitionSet partitions) {
        map.table();
        if (position.journalId() != id || position.next().size() != journals.size()) {
            throw new ChangesLostException(
                    text("the place to read from is of another journal: a journal starts anew with its grid; read the"
                            + " map anew, with fromContent()"),
                    -1, -1);
        }
        for (int partition = 0; partition < journals.size(); partition++) {
            long next = position.next().get(partition);
            if (next < Position.CONTENT || next > journals.get(partition).nextSequence()) {
                throw new ChangesLostException(
                        text("partition " + partition + " of its journal goes to before change "
                                + journals.get(partition).nextSequence() + ", and there is no change " + next
                                + "; use the position that a reader of this journal returned"),
                        partition, -1);
            }
        }
        return new JournalReader<>(this, position, partitions);
    }

    // ---- for readers

    long id() {
        return id;
    }

    HeapTable<K, V> table() {
        return map.table();
    }

    List<Journal<K, V>> journals() {
        return journals;
    }

    int keptCount() {
        return journals.stream().mapToInt(Journal::keptCount).sum();
    }

    /** The share of the fullest partition's journal that is in use. */
    double fill() {
        return journals.stream().mapToInt(Journal::keptCount).max().orElse(0) / (double) capacity;
    }

    /** A reader of a partition fell behind. */
    ChangesLostException gap(int partition, long lostCount, long oldest) {
        map.counters().lostChanges.add(lostCount);
        return new ChangesLostException(
                text("a reader of its changes fell behind and lost " + lostCount + " of partition " + partition
                        + ", those before change " + oldest + "; read the partition anew with readContent(" + partition
                        + "), poll more often, or raise journalCapacity, which is " + capacity),
                partition, lostCount);
    }

    String text(String what) {
        return "map '" + map.ref().name() + "': " + what;
    }
}
