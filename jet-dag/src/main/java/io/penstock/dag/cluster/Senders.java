package io.penstock.dag.cluster;

import io.penstock.dag.host.OperatorTree;
import io.penstock.dag.host.SenderTimes;
import java.util.Arrays;

/** Who sends to a processor, by input, and what they have said about time. Used by the thread that calls the processor. */
final class Senders {

    private static final int UNKNOWN = -1;

    private final SenderTimes times;
    /** By input and number of the sender: its place in the times. */
    private final int[][] places;

    /** @param senders by input: their numbers */
    Senders(OperatorTree tree, int[][] senders) {
        places = new int[senders.length][];
        int count = 0;
        for (int input = 0; input < senders.length; input++) {
            places[input] = new int[Arrays.stream(senders[input]).max().orElse(UNKNOWN) + 1];
            Arrays.fill(places[input], UNKNOWN);
            for (int sender : senders[input]) {
                places[input][sender] = count++;
            }
        }
        times = new SenderTimes(tree, count);
    }

    SenderTimes times() {
        return times;
    }

    void take(int input, Rows rows) {
        times.rowsFrom(place(input, rows.sender()));
    }

    void take(int input, TimeSignal signal) {
        int place = place(input, signal.sender());
        switch (signal.kind()) {
            case WATERMARK -> times.watermark(place, signal.watermarkMs());
            case IDLE -> times.idle(place, true);
            case ACTIVE -> times.idle(place, false);
            case END -> times.end(place);
        }
    }

    private int place(int input, int sender) {
        int place = sender < places[input].length ? places[input][sender] : UNKNOWN;
        if (place == UNKNOWN) {
            throw new IllegalStateException("input " + input + " got something from instance " + sender
                    + ", which does not send here: members disagree about where instances are");
        }
        return place;
    }
}
