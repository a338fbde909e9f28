package io.penstock.grid;

import java.util.function.Consumer;

/**
 * The latest changes of a map in order, which makes a map a stream as well.
 *
 * <p>The journal is kept from the first {@link GridMap#changes()} until the grid closes, in memory: the last
 * {@link #capacity()} changes. The changes of a key come in the order in which they happened, and a change is in the
 * journal before the call that made it returns. Each reader goes at its own pace and holds up nobody: one that is
 * overtaken by the journal is told so with {@link GridException.Code#CHANGES_LOST}.
 *
 * <p><b>Threads.</b> Any thread may use this, and one thread at a time a {@link Reader}. Nothing blocks. After the grid
 * was closed, every method throws {@link GridException} with {@link GridException.Code#CLOSED}.
 */
public interface Changes<K, V> {

    /** The number of changes that are kept. */
    int capacity();

    /** The sequence number of the oldest change that is kept; {@link #nextSequence()} if there is none. */
    long oldestSequence();

    /** The sequence number that the next change will get. */
    long nextSequence();

    /** A reader of the changes from now on. */
    Reader<K, V> fromNow();

    /**
     * A reader whose first change is that of a sequence number, such as the one after the last change that another
     * reader read from this journal.
     *
     * @throws GridException with {@link GridException.Code#CHANGES_LOST} if the number is not from this journal, which
     *     has not got so far. A change that was dropped already is reported by the first poll
     */
    Reader<K, V> from(long sequence);

    /** A place in the journal. It needs no closing. */
    interface Reader<K, V> {

        /** The sequence number of the change that the next poll returns, or waits for. */
        long sequence();

        /**
         * The next change, or null if there is none yet.
         *
         * @throws GridException with {@link GridException.Code#CHANGES_LOST} if the next change was dropped, for others
         *     came; once for each gap. The reader then stands at the oldest change that was kept, and the message says
         *     how many it lost
         */
        MapChange<K, V> poll();

        /**
         * Gives the next changes to a consumer. If the consumer throws, the change that it was given counts as read.
         *
         * @param changesMax the most changes to give
         * @return the number of changes given; less than {@code changesMax} before a gap or the end of the journal
         * @throws GridException with {@link GridException.Code#CHANGES_LOST} if the first of them was dropped, as
         *     {@link #poll()}
         */
        int poll(Consumer<? super MapChange<K, V>> consumer, int changesMax);

        /** The number of changes that this reader lost so far. */
        long lostCount();
    }
}
