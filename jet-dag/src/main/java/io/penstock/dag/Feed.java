package io.penstock.dag;

/**
 * The way for a program into a {@link Sources#feed} of a running job. See {@link Job#feed(String, Class)}.
 *
 * <p>Thread-safe.
 *
 * @param <T> the type of the events
 */
public interface Feed<T> extends AutoCloseable {

    /** The name of the source. */
    String name();

    /**
     * Hands over an event, and never blocks. Events of one thread enter the job in the order in which it offers them.
     *
     * @return whether it was taken; false if the feed is full, because the job does not keep up
     * @throws IllegalArgumentException if the event is not of the type that the source takes
     * @throws IllegalStateException if the feed is closed, or the job does not run
     */
    boolean offer(T event);

    /**
     * Says that nothing more will come. The source ends when the job has taken all; a job whose sources have all ended
     * completes. An event that another thread offers meanwhile may be lost. Does nothing if it was called before.
     */
    @Override
    void close();
}
