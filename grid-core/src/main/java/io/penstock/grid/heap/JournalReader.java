package io.penstock.grid.heap;

import io.penstock.grid.Changes;
import io.penstock.grid.GridException;
import io.penstock.grid.MapChange;
import java.util.Objects;
import java.util.function.Consumer;

/** A place in a journal. */
final class JournalReader<K, V> implements Changes.Reader<K, V> {

    private final HeapMap<K, V> map;
    private final Journal<K, V> journal;
    private long sequence;
    private long lostCount;

    JournalReader(HeapMap<K, V> map, Journal<K, V> journal, long sequence) {
        this.map = map;
        this.journal = journal;
        this.sequence = sequence;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long lostCount() {
        return lostCount;
    }

    @Override
    public MapChange<K, V> poll() {
        map.table();
        MapChange<K, V> change = journal.read(sequence);
        if (change != null) {
            sequence++;
        } else if (journal.dropped(sequence)) {
            throw gap();
        }
        return change;
    }

    @Override
    public int poll(Consumer<? super MapChange<K, V>> consumer, int changesMax) {
        Objects.requireNonNull(consumer, () -> "map '" + map.ref().name() + "': the consumer is null; give one");
        map.table();
        int count = 0;
        while (count < changesMax) {
            MapChange<K, V> change = journal.read(sequence);
            if (change == null) {
                break;
            }
            sequence++;
            count++;
            consumer.accept(change);
        }
        if (count == 0 && changesMax > 0 && journal.dropped(sequence)) {
            throw gap();
        }
        return count;
    }

    /** Goes on to the oldest change that is kept. */
    private GridException gap() {
        long oldest = journal.oldestSequence();
        long lost = oldest - sequence;
        sequence = oldest;
        lostCount += lost;
        return new GridException(
                GridException.Code.CHANGES_LOST,
                "map '" + map.ref().name() + "': a reader of its changes fell behind and lost " + lost
                        + ", those before change " + oldest + "; read the map anew and go on, poll more often, or raise"
                        + " journalCapacity, which is " + journal.capacity());
    }
}
