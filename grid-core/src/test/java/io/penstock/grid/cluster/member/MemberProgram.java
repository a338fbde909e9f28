package io.penstock.grid.cluster.member;

import io.penstock.grid.Grid;
import java.util.List;
import java.util.function.Consumer;

/** What a member process runs beside what all of them do. Has a constructor without parameters; used by one thread. */
public interface MemberProgram {

    /** Starts the member beside the known ones, as {@code host:port}, or the first; returns when it has joined. */
    Grid join(String cluster, List<String> addresses);

    /**
     * Answers a command of its own, in one line.
     *
     * @param words the command
     * @param faults is to be told what is wrong; may be kept and called by any thread
     */
    default String answer(Grid grid, List<String> words, Consumer<String> faults) {
        throw new IllegalArgumentException("there is no command " + words);
    }
}
