package io.penstock.dag;

/** Takes what a source has read. */
public interface SourceBuffer<T> {

    void add(T event);

    /** Nothing will come any more. */
    void close();
}
