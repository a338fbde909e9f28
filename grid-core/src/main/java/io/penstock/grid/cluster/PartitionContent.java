package io.penstock.grid.cluster;

import io.penstock.grid.ChangesLostException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * The entries of a partition as they were at one moment, and the place in its journal at which the moment is.
 *
 * <p>A scan takes a while, and shows some entries as they were before a write that it met, and others as they were
 * after. But each of these writes is in the journal, between where it stood before the scan and where it stood
 * afterwards. So the events in between, applied to what the scan found, give the entries as they were at the end of
 * them: a key that was written meanwhile has what its last event says, and the others did not change.
 *
 * @param next the number of the first event after the moment
 * @param lastPrint {@link JournalEvent#print} of the last event before it; 0 if it is not known
 */
record PartitionContent(Map<Stored, Stored> entries, long next, long lastPrint) {

    private static final int EVENTS_AT_ONCE = 1_000;
    private static final int ATTEMPTS_MAX = 20;

    /**
     * Lists a partition. Waits for the answers.
     *
     * @param begin where its journal stood at some moment before
     */
    static PartitionContent list(PartitionJournal journal, Answers answers, int partition, long begin) {
        long from = begin;
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            Map<Stored, Stored> entries = answers.calls().read(() -> journal.scan(partition));
            long to = next(journal, answers, partition);
            PartitionContent content = replay(journal, answers, partition, entries, from, to);
            if (content != null) {
                return content;
            }
            from = next(journal, answers, partition);
        }
        throw new ChangesLostException(
                "map '" + answers.mapName() + "': the content of partition " + partition + " cannot be listed, since"
                        + " its journal drops events while they are read; raise journalCapacity", partition, -1);
    }

    private static long next(PartitionJournal journal, Answers answers, int partition) {
        BitSet one = new BitSet();
        one.set(partition);
        return answers.to(() -> journal.heads(one)).next()[partition];
    }

    /** Null if the journal has not all events from one number to the other. */
    private static PartitionContent replay(PartitionJournal journal, Answers answers, int partition,
            Map<Stored, Stored> entries, long from, long to) {
        if (to < from) {
            return null; // it has begun anew, or what was known of it is old
        }
        long next = Math.max(0, from - 1); // if nothing was written meanwhile, the event before is the last
        long lastPrint = 0;
        while (next < to) {
            long start = next;
            List<JournalEvent> events = answers.to(
                    () -> journal.read(partition, start, 0, (int) Math.min(EVENTS_AT_ONCE, to - start)));
            if (events.isEmpty() || events.get(0).sequence() > from || events.get(0).sequence() < next) {
                return null;
            }
            for (JournalEvent event : events) {
                if (event.sequence() >= from) {
                    apply(event, entries);
                }
            }
            next = events.get(events.size() - 1).sequence() + 1;
            lastPrint = events.get(events.size() - 1).print();
        }
        return next == to ? new PartitionContent(entries, next, lastPrint) : null; // else it has begun anew
    }

    static void apply(JournalEvent event, Map<Stored, Stored> entries) {
        if (event.after() == null) {
            entries.remove(event.key());
        } else {
            entries.put(event.key(), event.after());
        }
    }
}
