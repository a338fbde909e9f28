/**
 * Pipelines and jobs. Start at {@link io.penstock.dag.Pipeline}.
 *
 * <p>Time is event time in ms since the epoch. A watermark {@code w} says that no event before {@code w} will come.
 */
package io.penstock.dag;
