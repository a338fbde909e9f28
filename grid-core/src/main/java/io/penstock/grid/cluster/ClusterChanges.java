package io.penstock.grid.cluster;

import io.penstock.grid.Changes;
import io.penstock.grid.ChangesLostException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** The journals of all partitions of a map on a cluster. */
final class ClusterChanges<K, V> implements Changes<K, V> {

    private final FollowedMap<K, V> followed;

    ClusterChanges(FollowedMap<K, V> followed) {
        this.followed = followed;
    }

    @Override
    public int partitionCount() {
        followed.map().checkOpen();
        return followed.journal().partitionCount();
    }

    @Override
    public int partitionOf(K key) {
        followed.map().checkOpen();
        Objects.requireNonNull(key, () -> followed.text("the key is null; keys must not be null"));
        return followed.journal().partitionOf(followed.form().form().key(key));
    }

    @Override
    public int capacity() {
        followed.map().checkOpen();
        return followed.capacity();
    }

    @Override
    public Position now() {
        return position(heads().next());
    }

    @Override
    public Position oldest() {
        return position(heads().oldest());
    }

    private JournalHeads heads() {
        followed.map().checkOpen();
        BitSet all = new BitSet();
        all.set(0, followed.journal().partitionCount());
        return followed.answers().to(() -> followed.journal().heads(all));
    }

    private Position position(long[] places) {
        List<Long> next = new ArrayList<>(places.length);
        for (long place : places) {
            next.add(place);
        }
        return new Position(followed.journalId().getAsLong(), next, List.of());
    }

    @Override
    public Reader<K, V> fromContent(PartitionSet partitions) {
        followed.map().checkOpen();
        List<Long> next = Collections.nCopies(followed.journal().partitionCount(), Position.CONTENT);
        return reader(new Position(0, next, List.of()), partitions);
    }

    @Override
    public Reader<K, V> from(Position position, PartitionSet partitions) {
        followed.map().checkOpen();
        int partitionCount = followed.journal().partitionCount();
        if (position.journalId() != followed.journalId().getAsLong() || position.next().size() != partitionCount) {
            throw new ChangesLostException(
                    followed.text("the place to read from is of another journal: a journal starts anew with its"
                            + " cluster, and when a part of it was lost; read the map anew, with fromContent()"),
                    -1, -1);
        }
        long[] heads = heads().next();
        for (int partition = 0; partition < partitionCount; partition++) {
            long next = position.next().get(partition);
            if (next < Position.CONTENT || next > heads[partition] && next != ClusterReader.TORN) {
                throw new ChangesLostException(
                        followed.text("partition " + partition + " of its journal goes to before change "
                                + heads[partition] + ", and there is no change " + next
                                + "; use the position that a reader of this journal returned"),
                        partition, -1);
            }
        }
        return reader(position, partitions);
    }

    private Reader<K, V> reader(Position position, PartitionSet partitions) {
        return new ClusterReader<>(followed, position, partitions, followed.journal()::heads);
    }

    /**
     * A reader from now on that does not make sure that it has everything, but reads as far as somebody else knows that
     * the journals go.
     */
    ClusterReader<K, V> fromNow(ClusterReader.Heads known) {
        return new ClusterReader<>(followed, now(), new PartitionSet(0, 1), known);
    }
}
