package io.penstock.dag;

/**
 * A step, or several, that a library or an application offers to pipelines: what {@link Stage#apply} takes.
 *
 * @param <T> the type of the events that go in
 * @param <R> the type of the events that come out
 */
@FunctionalInterface
public interface Transform<T, R> {

    /** Adds the step to a pipeline and returns its last stage. */
    Stage<R> applyTo(Stage<T> stage);
}
