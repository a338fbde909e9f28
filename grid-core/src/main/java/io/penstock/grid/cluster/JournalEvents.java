package io.penstock.grid.cluster;

import java.util.List;

/** What can be said of events that were read. */
final class JournalEvents {

    private JournalEvents() {}

    /**
     * Whether events that were read from a number on can follow the event of that number which was read before: they
     * begin with that very event, or with a later one, since it was dropped.
     */
    static boolean beginWith(List<JournalEvent> events, long sequence, long print) {
        if (events.isEmpty()) {
            return false; // the journal does not even go as far as before
        }
        JournalEvent first = events.get(0);
        return first.sequence() == sequence ? first.print() == print : first.sequence() > sequence;
    }
}
