package io.penstock.bench.work;

/**
 * A workload on a system, with its reference data loaded, ready to run any number of times.
 *
 * <p>Not thread-safe; may use threads of its own, which live until it is closed.
 */
public interface Contender extends AutoCloseable {

    /** Processes the events 0 to {@code count - 1}, up to complete results. Only this is measured. */
    void run(long count) throws Exception;

    /** The answer of the last run, whose results are then forgotten. */
    Answer takeAnswer();

    /**
     * Puts the entry of a key anew into the live map that is looked up: the same content, where it can be in another
     * object. Called by one thread while others run.
     *
     * @param index of the entry, modulo the number of entries
     */
    default void rewrite(long index) {
        throw new UnsupportedOperationException("this system looks up no live map");
    }

    /** How the system does it, and has done it the last time, for people; may be empty. */
    default String explain() {
        return "";
    }

    @Override
    void close();
}
