package io.penstock.grid;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The latest changes of a map, which make the map a stream as well.
 *
 * <p>Each partition has a journal of its own, in which the changes are numbered from 0. It holds the last
 * {@link #capacity()} changes, in memory, from the first {@link GridMap#changes()} until the grid closes. All changes
 * of a key are in one partition and in the order in which they happened; between partitions there is no order. A
 * change is in the journal before the call that made it returns. Each reader goes at its own pace and holds up nobody:
 * one that is overtaken by the journal is told so with {@link ChangesLostException}.
 *
 * <p><b>Threads.</b> Any thread may use this, and one thread at a time a {@link Reader}. On an embedded grid nothing
 * blocks, but for the moment in which the content of a partition is listed. After the grid was closed, every method
 * throws {@link GridException} with {@link GridException.Code#CLOSED}.
 *
 * <p><b>On a cluster</b> the journals are kept by the owners of the partitions and their backups, from the opening of
 * the map on, and the partitions are the cluster's. {@link #now}, {@link #oldest}, {@link #from}, and a reader that
 * has given out what it fetched, ask the cluster, and wait for the answer: about a millisecond, or up to {@code
 * callTimeout} while a member is lost. A journal survives what the map's entries survive. When a partition was lost, a
 * split cluster was merged, or the map was destroyed, readers are told by a {@link ChangesLostException} whose {@code
 * lostCount} is -1, and places that were kept from before are refused; so are they after a restart of the whole
 * cluster. A change whose call has not returned yet may be read, and be lost with the member that crashes just then:
 * readers that go on are told so in the same way; one that begins at a place which was kept over the crash is not.
 */
public interface Changes<K, V> {

    /** The number of partitions, and of journals. */
    int partitionCount();

    /** The partition of a key, from 0. */
    int partitionOf(K key);

    /** The most changes that the journal of each partition keeps. */
    int capacity();

    /** The place before the next change of every partition. */
    Position now();

    /** The place before the oldest change that is kept, in every partition. */
    Position oldest();

    /** A reader of the changes from now on. */
    default Reader<K, V> fromNow() {
        return from(now());
    }

    /** A reader of all changes that are still kept, and of those to come. */
    default Reader<K, V> fromOldest() {
        return from(oldest());
    }

    /**
     * A reader of all entries that are present, as changes of kind {@link MapChange.Kind#PRESENT}, and of all that
     * changes afterwards: partition by partition, with no gap and no repeat between the two. The content of a partition
     * is listed when the reader comes to it; its writers wait meanwhile, some 50 ns for each of its entries.
     */
    default Reader<K, V> fromContent() {
        return fromContent(new PartitionSet(0, 1));
    }

    /** {@link #fromContent()} of some partitions. */
    Reader<K, V> fromContent(PartitionSet partitions);

    /** {@link #from(Position, PartitionSet)} for all partitions. */
    default Reader<K, V> from(Position position) {
        return from(position, new PartitionSet(0, 1));
    }

    /**
     * A reader that goes on at a place, such as {@link Reader#position()} of another.
     *
     * @throws ChangesLostException if the place is of another journal, such as that of this map before its grid was
     *     restarted, or ahead of this one. A change that was dropped already is reported by the first poll
     */
    Reader<K, V> from(Position position, PartitionSet partitions);

    /**
     * A place in the journals of a map.
     *
     * @param journalId by which a map recognizes its own journals: other for each opening of a map
     * @param next the number of the next change to read, by partition. For a partition whose content is still to be
     *     listed, {@link #CONTENT}
     * @param content what was listed of the content of a partition and not given out yet; usually nothing
     */
    record Position(long journalId, List<Long> next, List<MapChange<?, ?>> content) implements Serializable {

        /** Stands for "the content comes first". */
        public static final long CONTENT = -1;

        public Position {
            next = List.copyOf(next);
            content = List.copyOf(content);
        }
    }

    /**
     * Those partitions p for which {@code p % count == index}; so that {@code count} readers share a map's partitions.
     *
     * @param index from 0 to {@code count - 1}
     */
    record PartitionSet(int index, int count) implements Serializable {

        public PartitionSet {
            Objects.checkIndex(index, count);
        }

        /** Whether it has that partition. */
        public boolean contains(int partition) {
            return partition % count == index;
        }
    }

    /** A place in the journals, which goes round over the partitions. It needs no closing. */
    interface Reader<K, V> {

        /** The place before the next change of each partition that {@link #poll} has not given out yet. */
        Position position();

        /**
         * The next change, or null if there is none yet: then there was none at some moment of this call. To be sure of
         * that, a cluster is asked whenever all that was fetched is given out; so poll many at once.
         *
         * @throws ChangesLostException if the next change of a partition was dropped, for others came; once for each
         *     gap. The reader then stands at the oldest change that this partition kept
         */
        MapChange<K, V> poll();

        /**
         * Gives the next changes to a consumer. If the consumer throws, the change that it was given counts as read.
         *
         * @param changesMax the most changes to give
         * @return the number of changes given; less than {@code changesMax} before a gap or the end of the journals
         * @throws ChangesLostException if the first of them was dropped, as {@link #poll()}
         */
        int poll(Consumer<? super MapChange<K, V>> consumer, int changesMax);

        /**
         * Reads the content of a partition anew, as {@link #fromContent()} does: the way on after a gap for whoever
         * keeps a copy of the map. Forget first what you have of the partition's keys ({@link Changes#partitionOf}).
         */
        void readContent(int partition);

        /** The number of changes that this reader lost so far. */
        long lostCount();
    }
}
